"""Before the first file: little is imported, and plain words are read as click reads them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from validator.cli import check as command
from validator.cli import commands, plain
from validator.cli.check_request import Request
from validator.render import formats

MOST_OF_OURS, MOST_AT_ALL = 147, 247
"""Modules that a check of one clean file imports, of the package and at all: it was 370 of 520."""

NEVER = {
    *("click", "re2", "yaml", "chardet", "jsonschema_rs", "subprocess", "pathspec", "tomllib"),
    *("tempfile", "shutil", "bz2", "lzma", "random", "inspect", "typing_extensions"),
    *("validator.check.exact", "validator.check.corpus_stage", "validator.check.surveyor"),
    *("validator.delimiters.options", "validator.metadata", "validator.body"),
    *("validator.corpus.facts", "validator.file.archive", "validator.file.zip"),
}
"""What it does without: all that only a dirty file, a division or a corpus needs."""

OF_VERSION = {"validator", "validator.__main__", "validator.cli", "validator.cli.main"} | {
    "validator.cli.ending",
    "validator.cli.stopping",
    "validator.errors",
}

CONFIGURATION = """
[profiles.notes]
files = ["*.md"]

[profiles.notes.delimiters]
block = "front-matter"

[profiles.notes.metadata.schema]
required = ["id", "title"]
properties.id = { type = "string", pattern = "^[a-z]+$" }
"""

LISTED = """
import json, os, sys
sys.argv[1:] = {words!r}
def told(code):
    os.write(2, json.dumps([*sys.modules]).encode())
    leave(code)
leave, os._exit = os._exit, told
from validator.__main__ import main
main()
"""


def imported(*words: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-S", "-c", _with_path(LISTED.format(words=[*words]))],
        capture_output=True,
        check=True,
    )
    modules: list[str] = json.loads(done.stderr)
    return modules


def _with_path(program: str) -> str:
    """Without `site`, whose hooks import what tools for tests have put there."""
    return f"import sys; sys.path[:] = {sys.path!r}\n{program}"


@pytest.mark.parametrize("words", [("--isolated", "--profile", "text"), ()])
def test_few_modules_are_imported_for_a_clean_file(words: tuple[str, ...], tmp_path: Path) -> None:
    """Under a profile that is named, and under those that are built in, of which one is found."""
    (tmp_path / "a.txt").write_bytes(b"A title\nSome words.\n")
    found = imported("check", *words, "-q", str(tmp_path / "a.txt"))
    assert not NEVER & {*found}
    assert len([name for name in found if name.startswith("validator")]) <= MOST_OF_OURS
    assert len(found) <= MOST_AT_ALL


def test_a_configuration_with_front_matter_and_a_schema_imports_what_it_asks(
    tmp_path: Path,
) -> None:
    (tmp_path / "seed-validator.toml").write_text(CONFIGURATION)
    (tmp_path / "a.md").write_bytes(b"---\nid: abc\ntitle: A title\n---\nSome words.\n")
    found = imported("check", "-q", str(tmp_path / "a.md"))
    assert {"yaml", "jsonschema_rs", "validator.check.surveyor"} <= {*found}
    assert not {"pathspec", "inspect", "tempfile", "click", "chardet"} & {*found}
    assert not {"validator.check.exact", "validator.check.corpus_stage"} & {*found}
    assert len([name for name in found if name.startswith("validator")]) <= 275


def test_a_clean_file_that_is_to_be_fixed_needs_nothing_that_fixes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"A title\nSome words.\n")
    words = ("check", "--isolated", "--profile", "text", "--jobs", "1", "-q", "--fix")
    found = {*imported(*words, str(tmp_path / "a.txt"))}
    assert not {"validator.check.exact", "validator.fix.fixer", "validator.fix.rounds"} & found
    (tmp_path / "a.txt").write_bytes(b"A title\nSome words.")
    assert "validator.fix.rounds" in {*imported(*words, str(tmp_path / "a.txt"))}


def test_what_a_start_leaves_out_can_be_imported_later() -> None:
    program = (
        "import sys\n"
        "from validator.cli.lean import import_msgspec\n"
        "import_msgspec()\n"
        "assert 'msgspec' in sys.modules and 'typing_extensions' not in sys.modules\n"
        "import typing_extensions\n"
        "import_msgspec()\n"
        "print(typing_extensions.__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"typing_extensions"]


def test_next_to_nothing_is_imported_for_the_version() -> None:
    found = imported("version")
    assert {name for name in found if name.startswith("validator")} == OF_VERSION
    assert "click" not in found
    assert "msgspec" not in found


@pytest.mark.parametrize("words", [["version"], ["--version"], ["-V"]])
def test_the_version_is_that_of_the_command_line(words: list[str]) -> None:
    program = f"import sys; sys.argv[1:] = {words!r}; from validator.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == CliRunner().invoke(commands.cli, words).output.encode()


def by_click(words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> Request | None:
    """What click makes of the words; None where it complains."""
    asked: list[Any] = []

    def check(request: Request, streams: object) -> int:
        asked.append(request)
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(command, "check", check)
        CliRunner().invoke(commands.cli, [*words])
    return asked[0] if asked else None


WORDS = (
    *("a.txt", "-", "--", "-x", "-qs", "-j2", "-j", "2", "0", "-1", "٣", "99999", "docs/", ""),
    *("--jobs", "--jobs=3", "--profile", "--profile=text", "--profile=", "text", "--prof"),
    *("--output-format", "--output-format=concise", "json", "xml", "--fail-on", "error", "--color"),
    *("never", "--help", "-h", "--today", "2026-01-01", "--select=ENC", "--limit", "-o"),
    *plain.FLAGS,
)


@given(st.lists(st.sampled_from(WORDS), max_size=6))
def test_plain_words_are_read_as_click_reads_them(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        found = plain.plain_request(["check", *words], {})
        assert found is None or found == by_click(["check", *words], monkeypatch)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["a", "b"],
        ["--isolated", "--profile", "text", "-j", "1", "-q", "a"],
        ["--profile=text", "--jobs=0", "docs", "--fail-on", "warning"],
        *(["--output-format", name] for name in formats()),
    ],
)
def test_what_most_people_type_is_plain(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = plain.plain_request(["check", *words], {})
    assert found is not None
    assert found == by_click(["check", *words], monkeypatch)


def test_the_environment_and_other_commands_are_for_click() -> None:
    assert plain.plain_request(["check"], {plain.VARIABLE: "json"}) is None
    assert plain.plain_request(["rule", "ENC001"], {}) is None
    assert plain.plain_request([], {}) is None
