"""What is not told by request: of the configuration, and of comments; and what is said of those."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tests.support import linear, run_cli, write
from validator import check_bytes, load_profile
from validator.check.suppression_comments import Comment, CommentReader
from validator.cli.check_request import request_of
from validator.cli.keep_baseline import keep
from validator.cli.outputs import Streams
from validator.errors import ConfigError
from validator.text.lines import Window

ZERO = "\u200b"
TWO = f"One{ZERO}two.\n\nThree{ZERO}four. \n"


def told(folder: Path, files: Mapping[str, str], *paths: str, **options: object) -> list[str]:
    """The findings of a check of these files, `path:row code`."""
    write(folder, {name: text.encode() for name, text in files.items()})
    code, out, _ = run_cli(*(paths or (".",)), output_format="json", **options)
    envelope = json.loads(out)
    errors = envelope["summary"]["findings"]["error"]
    assert (code == 1) == bool(errors)
    found = envelope["diagnostics"]
    assert errors == sum(one["severity"] == "error" for one in found)
    rejected = {one["path"] for one in found if one["severity"] == "error"}
    assert envelope["summary"]["documents"]["rejected"] == len(rejected - {"seed-validator.toml"})
    return [f"{one['path']}:{one['location']['row']} {one['code']}" for one in found]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the run."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


CONFIG = """
[[suppress]]
files = ["old/"]
rules = ["TXT206"]
reason = "scanned; nobody reads it"
until = "2026-06-30"
"""


def test_the_configuration_says_what_is_not_told(here: Path) -> None:
    files = {"seed-validator.toml": CONFIG, "old/a.md": TWO, "b.md": TWO}
    day = date(2026, 6, 30)
    assert told(here, files, today=day) == ["b.md:1 TXT206", "b.md:3 TXT206"]
    _, out, _ = run_cli(".", today=day)
    assert "2 suppressed findings: not shown.\n" in out
    _, out, _ = run_cli(".", today=day, output_format="json")
    assert json.loads(out)["summary"]["suppressed"] == 2


def test_until_its_last_day(here: Path) -> None:
    files = {"seed-validator.toml": CONFIG, "old/a.md": TWO}
    assert told(here, files, today=date(2026, 7, 1)) == [
        "old/a.md:1 TXT206",
        "old/a.md:3 TXT206",
        "seed-validator.toml:2 FIL302",
    ]


def test_one_that_is_of_no_use_is_told(here: Path) -> None:
    config = CONFIG.replace('until = "2026-06-30"', "")
    files = {"seed-validator.toml": config, "b.md": "Well.\n", "old/a.md": "Well.\n"}
    assert told(here, files) == ["seed-validator.toml:2 FIL301"]
    _, out, _ = run_cli(".", output_format="concise")
    assert out.startswith(
        "seed-validator.toml:2:3: FIL301 (warning) nothing of `TXT206` is found in `old/` that is "
        "not told because of this\n"
    )
    assert told(here, files, "old") == []  # it may be of use elsewhere
    assert told(here, files, select=["TXT"]) == []  # nor are its own rules on
    assert told(here, files, ignore=["TXT206"]) == []
    assert told(here, files, ignore=["FIL301"]) == []


def test_a_prefix_and_more_than_one(here: Path) -> None:
    config = CONFIG.replace('["TXT206"]', '["TXT", "MET014"]').replace(
        '["old/"]', '["*.md", "!new.md"]'
    )
    files = {"seed-validator.toml": config, "a.md": TWO, "new.md": TWO}
    assert told(here, files, today=date(2026, 1, 1)) == ["new.md:1 TXT206", "new.md:3 TXT206"]


def test_more_than_there_is_room_for(here: Path) -> None:
    config = CONFIG.replace("old/", "*.md")
    files = {"seed-validator.toml": config, "a.md": f"One{ZERO}two.\n" * 90}
    assert told(here, files, today=date(2026, 1, 1), limit=3) == []


def test_a_nested_configuration_has_its_own(here: Path) -> None:
    files = {"o/seed-validator.toml": CONFIG, "o/old/a.md": TWO, "old/a.md": TWO}
    assert told(here, files, today=date(2026, 1, 1)) == ["old/a.md:1 TXT206", "old/a.md:3 TXT206"]


CORPUS = """
[profiles.p]
extends = "markdown"
files = ["*.md"]
metadata.id = "id"
corpus.unique = ["id"]
"""


def test_what_the_corpus_says(here: Path) -> None:
    page = "---\nid: one\n---\n\nText.\n"
    files = {"a.md": page, "old/b.md": page, "seed-validator.toml": CORPUS}
    assert told(here, files) == ["old/b.md:2 COR001"]
    files["seed-validator.toml"] += CONFIG.replace("TXT206", "COR001")
    assert told(here, files, today=date(2026, 1, 1)) == []
    files["seed-validator.toml"] = CORPUS
    files["old/b.md"] = page.replace("one", "one # seed-validator: ignore COR001 -- a copy")
    assert told(here, files) == []


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (CONFIG.replace("reason", "reasons"), "`suppress[1]` has the unknown key `reasons`"),
        (
            CONFIG.replace('reason = "scanned; nobody reads it"', ""),
            "`suppress[1]` needs the key `reason`: why they are not told",
        ),
        (CONFIG.replace("scanned; nobody reads it", " "), "must say with `reason` why"),
        (CONFIG.replace("TXT206", "TXT999"), "4:1: unknown rule `TXT999` in `suppress[1].rules`"),
        (CONFIG.replace("2026-06-30", "June"), "`suppress[1].until`"),
        (CONFIG.replace('["old/"]', "[]"), "`suppress[1].files`"),
    ],
)
def test_what_a_configuration_must_mend(config: str, words: str, here: Path) -> None:
    with pytest.raises(ConfigError) as error:
        told(here, {"seed-validator.toml": config, "a.md": TWO})
    assert words in str(error.value)


def comments(text: str, name: bytes = b"a.md") -> list[Comment]:
    """The comments of a text."""
    reader = CommentReader(name)
    reader.read(Window(text.encode()))
    return reader.comments


SAID = "<!-- seed-validator: ignore X -- r -->"
LINE = "# seed-validator: ignore X -- r"


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (f"A\n{SAID}\nB\nC\n", f"{SAID}\nB\n"),
        (f"{SAID}\r\n \r\nB\r\n", None),
        (f"A\nB {SAID} b\nC\n", f"B {SAID} b\n"),
        ("<!--seed-validator: ignore X-->", None),
        (f"---\n{LINE}\na: 1\n---\n", f"---\n{LINE}\na: 1\n"),
        (f"---\na: 1 {LINE}\n---\n", f"a: 1 {LINE}\n"),
    ],
)
def test_what_a_comment_is_about(text: str, about: str | None) -> None:
    (comment,) = comments(text)
    assert text.encode()[comment.first : comment.stop].decode() == (about or text)
    assert comment.rules == ("X",)


@pytest.mark.parametrize(
    "text",
    [
        "# seed-validator: ignore X -- a heading\n",
        "```\n<!-- seed-validator: ignore X -- code -->\n```\n",
        "`<!-- seed-validator: ignore X -- r -->`\n",
        "seed-validator: ignore X\n",
        "---\na: 1\n---\n# seed-validator: ignore X -- a heading\n",
    ],
)
def test_what_is_no_comment(text: str) -> None:
    assert comments(text) == []


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        (b"a.conllu", "# seed-validator: ignore X -- r\n1\ta # seed-validator: ignore X\n", 1),
        (b"a.rst", ".. seed-validator: ignore X -- r\n\nText .. seed-validator: ignore X\n", 1),
        (b"a.yaml", "a: 1 # seed-validator: ignore X -- r\n", 1),
        (b"a.toml.gz", "a = 1 # seed-validator: ignore X -- r\n", 1),
        (b"a.json", '{"a": "# seed-validator: ignore X"}\n', 0),
        (b"a.txt", "# seed-validator: ignore X\n", 0),
        (b"A.MD", "<!-- seed-validator: ignore X -->\n", 1),
    ],
)
def test_each_format_has_its_comments(name: bytes, text: str, count: int) -> None:
    assert len(comments(text, name)) == count


def test_what_a_comment_says() -> None:
    (one,) = comments("<!-- seed-validator: ignore A1, b-c until 2027-01-31 -- as -- it is -->\n")
    assert (one.rules, one.until, one.reason) == (("A1", "b-c"), date(2027, 1, 31), "as -- it is")


def test_a_comment_at_the_end_of_a_window_is_about_the_next() -> None:
    reader = CommentReader(b"a.md")
    first, second = b"<!-- seed-validator: ignore X -- r -->\n\n", b"\nText.\nMore.\n"
    reader.read(Window(first, last=False))
    reader.read(Window(second, offset=len(first), first=False))
    assert reader.comments[0].stop == len(first) + len(b"\nText.\n")


def test_comments_below_each_other_are_about_the_same_line(here: Path) -> None:
    second = "<!-- seed-validator: ignore TXT101 -- quoted, too -->"
    config = "[profiles.p]\nextends = 'markdown'\ntext.trailing-blanks = 'forbid'\n"
    text = (
        f"<!-- seed-validator: ignore TXT206 -- quoted -->\n{second}\n\nOne{ZERO}two. \nThree. \n"
    )
    assert told(here, {"a.md": text, "seed-validator.toml": config}) == ["a.md:5 TXT101"]


def test_very_many_comments(here: Path) -> None:
    line = f"One{ZERO}two. <!-- seed-validator: ignore TXT206 -- quoted -->\n"
    stacked = "<!-- seed-validator: ignore TXT206 -- quoted -->\n"
    with linear():
        assert told(here, {"a.md": line * 5000}) == []
        assert len(told(here, {"a.md": stacked * 5000 + f"One{ZERO}two.\n"})) == 50


def test_a_large_file(here: Path) -> None:
    line = "A line of words that is about as long as lines are wont to be in prose.\n"
    text = "# Title\n\n" + line * 9000
    text += f"<!-- seed-validator: ignore TXT206 -- quoted -->\nOne{ZERO}two.\n" + line * 9000
    text += f"<!-- seed-validator: ignore TXT206 -- quoted -->\nWell.\nThree{ZERO}four.\n"
    rows = 2 + 9000 + 2 + 9000
    assert told(here, {"a.md": text}) == [f"a.md:{rows + 1} FIL301", f"a.md:{rows + 3} TXT206"]


def test_a_document_in_memory() -> None:
    text = f"One{ZERO}two. <!-- seed-validator: ignore TXT206 -- quoted -->\n".encode()
    profile = load_profile("markdown")
    assert check_bytes(text, profile, name="a.md") == ()
    assert len(check_bytes(text, profile, name="a.txt")) == 1


def test_a_field_that_is_missing_is_ignored_at_the_fence(here: Path) -> None:
    files = {
        "seed-validator.toml": "[profiles.p]\nextends = 'markdown'\nfiles = ['*.md']\n"
        "metadata.schema.required = ['license']\n",
        "a.md": "---\n# seed-validator: ignore MET100 -- it is not ours\ntitle: A\n---\n\nText.\n",
    }
    assert told(here, files) == []


def test_a_baseline_may_know_what_is_wrong_with_one(here: Path) -> None:
    files = {"seed-validator.toml": CONFIG, "old/a.md": "Well.\n"}
    day = date(2027, 1, 1)
    assert told(here, files, today=day) == ["seed-validator.toml:2 FIL302"]
    request = request_of((".",), jobs=1, no_progress=True, today=day)
    keep("create", request, Streams(io.StringIO(), io.StringIO(), {}))
    assert told(here, files, today=day, strict_baseline=True) == []


def test_suppressed_findings_are_no_matter_of_a_baseline(here: Path) -> None:
    files = {"a.md": f"<!-- seed-validator: ignore TXT206 -- quoted -->\nOne{ZERO}two.\n"}
    files["seed-validator.baseline"] = "# seed-validator baseline 1\n"
    assert told(here, files, strict_baseline=True) == []
