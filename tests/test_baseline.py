"""A baseline: what is known is not told, what is new is, wherever files and lines have gone."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import linear, profile, run_cli, write
from validator import check_paths
from validator.cli.check_request import request_of
from validator.cli.keep_baseline import keep, show
from validator.cli.news import NAME
from validator.cli.outputs import Streams
from validator.errors import ConfigError, UsageError, ValidatorError
from validator.rules.catalog import catalog
from validator.run.baseline import Baseline, below
from validator.run.baseline_file import FIRST, Entry, read_entries, written

ZERO = "\u200b"
OLD = {
    "posts/a.md": f"---\ntitle: A\n---\n\nThe first{ZERO}one.\nThe second{ZERO}one.\n",
    "posts/b.md": f"---\ntitle: B\n---\n\nThe third{ZERO}one.\n",
    "notes/c.md": "---\ntags: [a, b\n---\n\nText.\n",
}


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with four findings, which are all known."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {name: text.encode() for name, text in OLD.items()})
    assert baseline("create") == f"{NAME}: 4 findings of 2 rules in 3 files\n"
    return tmp_path


def baseline(how: str, *paths: str, **options: object) -> str:
    """What a command about the baseline says."""
    out = io.StringIO()
    request = request_of(paths or (".",), jobs=1, no_progress=True, **options)
    assert keep(how, request, Streams(out, io.StringIO(), {})) == 0
    return out.getvalue()


def told(*paths: str, **options: object) -> tuple[int, list[str], dict[str, object]]:
    """The exit code, the findings (`path: CODE`) and the figures of the baseline of a check."""
    options.setdefault("no_progress", True)
    code, out, _ = run_cli(*(paths or (".",)), output_format="json", **options)
    envelope = json.loads(out)
    found = [f"{one['path']}: {one['code']}" for one in envelope["diagnostics"]]
    summary = envelope["summary"]
    assert summary["exit_code"] == code
    assert sum(summary["findings"][one] for one in ("error", "warning", "info")) == len(found)
    return code, found, summary.get("baseline")


def test_what_is_known_is_counted(old: Path) -> None:
    assert told() == (0, [], {"known": 4, "gone": []})
    code, out, _ = run_cli(".")
    assert code == 0
    assert out.endswith(
        "4 known findings of the baseline: not shown.\n"
        "All checks passed! 3 files, 3 documents (0 valid, 3 rejected), 115 bytes.\n"
    )
    assert told(no_baseline=True)[0] == 1


def test_it_is_sorted_text(old: Path) -> None:
    lines = (old / NAME).read_text().split("\n")
    assert lines[0] == FIRST
    assert [line.split("\t")[:2] for line in lines[1:-1]] == [
        ["notes/c.md", "MET010"],
        ["posts/a.md", "TXT206"],
        ["posts/a.md", "TXT206"],
        ["posts/b.md", "TXT206"],
    ]


def test_a_bad_edit_is_told_alone(old: Path) -> None:
    text = (old / "posts/a.md").read_text()
    (old / "posts/a.md").write_text(text.replace("\nThe first", f"\nA new{ZERO}one.\n\nThe first"))
    assert told() == (1, ["posts/a.md: TXT206"], {"known": 4, "gone": []})


def test_moved_files_and_lines_are_known(old: Path) -> None:
    os.makedirs(old / "blog")
    (old / "posts/a.md").rename(old / "blog/a.md")  # elsewhere
    (old / "notes/c.md").rename(old / "notes/d.md")  # under another name
    (old / "posts/b.md").rename(old / "blog/x.md")  # both
    text = (old / "blog/x.md").read_text()
    (old / "blog/x.md").write_text(text.replace("title: B", "title: B\nlang: en"))
    assert told() == (0, [], {"known": 4, "gone": []})


def test_one_mended_and_one_made_is_seen(old: Path) -> None:
    a, b = (old / "posts/a.md"), (old / "posts/b.md")
    a.write_text(a.read_text().replace(f"first{ZERO}one", "first one"))
    b.write_text(b.read_text() + f"The first{ZERO}one.\n")  # the very words
    code, found, figures = told()
    gone = [{"path": "posts/a.md", "code": "TXT206", "count": 1}]
    assert (code, found, figures) == (1, ["posts/b.md: TXT206"], {"known": 3, "gone": gone})


def test_a_field_that_lacks_is_another_than_one_that_lacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.md": b"---\ntitle: A\n---\n\nText.\n"})
    (tmp_path / "seed-validator.toml").write_text(
        "[profiles.p]\nextends = 'markdown'\nfiles = ['*.md']\n"
        "metadata.schema.required = ['title', 'license']\n"
    )
    baseline("create")
    assert told()[:2] == (0, [])
    (tmp_path / "a.md").write_text("---\nlicense: A\n---\n\nText.\n")
    assert told()[:2] == (1, ["a.md: MET100"])


def test_names_of_files_are_known_by_path_or_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a b?.md": b"# One\n", "c d?.md": b"# Two\n"})
    found = told(select=["FIL"])[1]
    assert found
    baseline("create", select=["FIL"])
    (tmp_path / "a b?.md").write_text("# One, edited\n")
    (tmp_path / "c d?.md").rename(tmp_path / "e f?.md")
    assert told(select=["FIL"])[:2] == (0, [])
    write(tmp_path, {"g h?.md": b"# Three\n"})
    assert told(select=["FIL"], fail_on="warning")[:2] == (1, [f"g h?.md: {found[0][-6:]}"])


def test_records_are_known_by_their_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seed-validator.toml").write_text(
        "[profiles.p]\nextends = 'jsonl'\nfiles = ['*.jsonl']\nmetadata.id = 'id'\n"
    )
    long = "and so on, for as long as a sentence in a record may well be"
    record = '{"id": "x1", "text": "one' + ZERO + f'two, {long}", "more": "%s"}}\n'
    other = '{"id": "x2", "text": "well"}\n'
    (tmp_path / "a.jsonl").write_text(other + record % "a")
    (tmp_path / "b.jsonl").write_text('{"id": "x3", "text": "well"}\n')
    baseline("create")
    assert told()[:2] == (0, [])
    (tmp_path / "a.jsonl").write_text(other)
    (tmp_path / "b.jsonl").write_text(record % ("a" * 200))  # another shard, another field
    assert told()[:2] == (0, [])
    (tmp_path / "b.jsonl").write_text((record % "a").replace("x1", "x4"))
    assert told()[:2] == (1, ["b.jsonl: TXT206"])


def test_what_is_gone_fails_where_that_is_wanted(old: Path) -> None:
    assert told(strict_baseline=True)[0] == 0
    (old / "posts/b.md").write_text("---\ntitle: B\n---\n\nText.\n")
    assert told()[0] == 0
    assert told(strict_baseline=True) == (
        1,
        [],
        {"known": 3, "gone": [{"path": "posts/b.md", "code": "TXT206", "count": 1}]},
    )
    assert told("notes", strict_baseline=True)[0] == 0  # not looked for
    assert told(strict_baseline=True, select=["MET"])[0] == 0
    _, out, _ = run_cli(".")
    assert (
        "1 finding of the baseline gone: posts/b.md TXT206; `seed-validator baseline prune` takes "
        "them out.\n"
    ) in out


def test_prune_takes_out_and_adds_nothing(old: Path) -> None:
    (old / "posts/b.md").write_text("---\ntitle: B\n---\n\nText.\n")
    (old / "posts/a.md").write_text((old / "posts/a.md").read_text() + f"A new{ZERO}one.\n")
    said = baseline("prune")
    assert said == f"{NAME}: 0 added, 1 removed, 3 findings now\n- posts/b.md TXT206\n"
    assert told()[:2] == (1, ["posts/a.md: TXT206"])


def test_update_says_what_it_does(old: Path) -> None:
    (old / "posts/b.md").write_text("---\ntitle: B\n---\n\nText.\n")
    (old / "posts/a.md").write_text((old / "posts/a.md").read_text() + f"A new{ZERO}one.\n")
    (old / "notes/c.md").rename(old / "posts/c.md")
    assert baseline("update", "posts").split("\n")[:3] == [
        f"{NAME}: 1 added, 1 removed, 4 findings now",
        "+ posts/a.md TXT206",
        "- posts/b.md TXT206",
    ]
    assert told() == (0, [], {"known": 4, "gone": []})
    assert "posts/c.md\tMET010" in (old / NAME).read_text()


def test_of_other_paths_and_rules_nothing_changes(old: Path) -> None:
    for path in ("posts/b.md", "notes/c.md"):
        (old / path).write_text("---\ntitle: B\n---\n\nText.\n")
    assert baseline("update", "notes").startswith(f"{NAME}: 0 added, 1 removed, 3 ")
    assert baseline("update", select=["MET"]).startswith(f"{NAME}: 0 added, 0 removed, 3 ")


def test_many_known_findings_leave_room_for_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [f"word {number}{ZERO}more\n" for number in range(120)]
    (tmp_path / "a.md").write_text("".join(lines))
    assert baseline("create").startswith(f"{NAME}: 120 findings")
    assert told(limit=2)[0] == 0
    (tmp_path / "a.md").write_text("".join([*lines, *(f"new {n}{ZERO}more\n" for n in range(5))]))
    code, out, _ = run_cli(".", limit=2, output_format="json")
    summary = json.loads(out)["summary"]
    assert (code, summary["findings"]["error"], summary["findings"]["omitted"]) == (1, 5, 3)
    shown = json.loads(out)["diagnostics"]
    assert [one["data"].get("omitted") for one in shown] == [None, 3]
    assert shown[-1]["notes"] == [
        "3 more of these in this file are not shown (`--limit 0` shows all)"
    ]


def test_no_fingerprint_knows_the_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the rule: what it quotes, and what it stands at, is not where the file lies."""
    for rule in catalog().rules.values():
        known = []
        for place in ("one/corpus", "two/three/corpus") if rule.bad else ():
            folder = tmp_path / rule.code / place
            folder.mkdir(parents=True)
            write(folder, rule.bad)
            monkeypatch.chdir(tmp_path / rule.code)
            found = check_paths([place], profile(rule.profile)).diagnostics()
            known.append(sorted((one.code, one.fingerprint) for one in found))
        assert known[:1] == known[1:], rule.code


def test_show_counts(old: Path) -> None:
    lines = list(show(request_of((".",))))
    assert "".join(lines) == (
        f"{NAME}: 4 findings in 3 files\n"
        "\nby rule\n  3  TXT206 invisible-character\n  1  MET010 unparsable-metadata\n"
        "\nby directory\n  3  posts/\n  1  notes/\n"
    )


def test_it_may_lie_elsewhere(old: Path) -> None:
    (old / "ci").mkdir()
    (old / NAME).unlink()
    (old / "seed-validator.toml").write_text('baseline = "ci/known.txt"\n')
    with pytest.raises(UsageError, match="`seed-validator baseline create` writes one"):
        told()
    baseline("create")
    assert (old / "ci/known.txt").read_text().split("\n")[1].startswith("../notes/c.md\t")
    assert told()[2] == {"known": 4, "gone": []}
    assert told(baseline="ci/known.txt")[2] == {"known": 4, "gone": []}


def test_it_is_found_from_below_and_from_elsewhere(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(old / "posts")
    assert told(".") == (0, [], {"known": 3, "gone": []})
    monkeypatch.chdir(old.parent)
    assert told(str(old)) == (0, [], {"known": 4, "gone": []})


def test_it_is_not_checked_itself(old: Path) -> None:
    (old / "seed-validator.toml").write_text("[profiles.all]\ntext.tabs = 'forbid'\n")
    assert not [one for one in told()[1] if NAME in one]


def test_create_does_not_write_over_one(old: Path) -> None:
    with pytest.raises(UsageError, match="is there already; `baseline update` changes it"):
        baseline("create")
    (old / NAME).unlink()
    with pytest.raises(UsageError, match="is not there"):
        baseline("prune")
    with pytest.raises(UsageError, match="no baseline to be strict about"):
        told(strict_baseline=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "1: this is not a baseline"),
        ("# Notes\n", "1: this is not a baseline"),
        ("# seed-validator baseline 2\n", "1: this baseline is of another version"),
        (f"{FIRST}\na.md\tTXT101\n", "2: `a.md␉TXT101` is no line of a baseline"),
        (f"{FIRST}\na.md\tTXT101\t0123456789abcdef\tx\n", "2: "),
        (f"{FIRST}\n\na.md\tTXT101\t0123456789ABCDEF\n", "3: "),
        (f"{FIRST}\n<<<<<<< HEAD\n", "2: a merge was not resolved (`<<<<<<<`): keep the lines"),
        ("<<<<<<< HEAD\n", "1: a merge was not resolved"),
        (f"{FIRST}\n" + "x" * 5000, "2: `" + "x" * 60 + "…`"),
        (f"{FIRST}\n\x1b[31m\n", "2: `␛[31m` is no line"),
    ],
)
def test_a_damaged_one_is_refused_with_its_line(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_text(text)
    with pytest.raises(ConfigError) as error:
        read_entries(str(path))
    assert str(error.value).startswith(f"{path}:{words}")


def test_one_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="byte 0 is not UTF-8"):
        read_entries(str(tmp_path / NAME))
    with pytest.raises(ValidatorError, match="cannot be read"):
        read_entries(str(tmp_path))


ENTRY = st.builds(
    Entry,
    st.binary(min_size=1).map(os.fsdecode),
    st.from_regex(r"[A-Z]{3}[0-9]{3}", fullmatch=True),
    st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    st.booleans(),
)


@given(st.lists(ENTRY))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    text = "".join(written(entries))
    assert text.encode().decode() == text
    read = "/dev/shm/b" if os.path.isdir("/dev/shm") else "b"
    path = f"{read}{os.getpid()}"
    Path(path).write_text(text, newline="")
    try:
        assert sorted(read_entries(path), key=repr) == sorted(entries, key=repr)
    finally:
        os.unlink(path)


def test_many_entries_are_quick(tmp_path: Path) -> None:
    entries = [Entry(f"d{n % 300}/f{n % 9000}.md", "TXT101", f"{n:016x}") for n in range(100_000)]
    with linear():
        path = tmp_path / NAME
        path.write_text("".join(written(entries)))
        known = Baseline(read_entries(str(path)), str(tmp_path))
        assert len(known.gone(lambda one: one.code == "TXT101")) == 100_000


def test_paths_below() -> None:
    base = os.getcwd()
    assert below(["."], base)("a/b.md")
    assert below(["a"], base)("a/b.md")
    assert below(["a/b.md"], base)("a/b.md")
    assert not below(["a"], base)("ab/b.md")
    assert below([".."], base)("x.md")
    assert not below([], base)("x.md")


@pytest.fixture
def merged(old: Path) -> Iterator[Path]:
    """The repository under git, with two branches."""
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "old")
    git("branch", "other")
    return old  # type: ignore[return-value]


def git(*words: str) -> None:
    """Run git as nobody in particular."""
    own = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *words], check=True, capture_output=True)


def test_two_branches_merge(merged: Path) -> None:
    (merged / "posts/b.md").write_text("---\ntitle: B\n---\n\nText.\n")
    baseline("prune")
    git("commit", "-qam", "one is mended")
    git("checkout", "-q", "other")
    (merged / "notes/c.md").write_text("---\ntitle: C\n---\n\nText.\n")
    write(merged, {"about/z.md": f"A{ZERO}z\n".encode()})
    baseline("update")
    git("add", "-A")
    git("commit", "-qm", "one is mended, one made")
    git("merge", "-q", "main", "-m", "both")
    assert told(strict_baseline=True) == (0, [], {"known": 3, "gone": []})


def test_neighbours_merge_with_the_lines_of_both(merged: Path) -> None:
    (merged / ".git/info/attributes").write_text(f"{NAME} merge=union\n")
    for branch, name in ("main", "posts/x.md"), ("other", "posts/y.md"):
        git("checkout", "-q", branch)
        write(merged, {name: f"{name[-4]}{ZERO}z\n".encode()})
        baseline("update")
        git("add", "-A")
        git("commit", "-qm", name)
    git("merge", "-q", "main", "-m", "both")
    assert told(strict_baseline=True) == (0, [], {"known": 6, "gone": []})
