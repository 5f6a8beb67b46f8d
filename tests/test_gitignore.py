"""One search for all names of a directory finds no other names than one look at each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from validator.file.gitignore import ignored_in, patterns_of

from .support import run_cli

PARTS = ["a", "b.txt", "*", "?", "**", "!", "/", "[ab]", "#", ".", "\\", " ", "build/", "*.log"]

lines = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("".join), max_size=4)
names = st.lists(st.sampled_from(["a", "b", "a.log", "b.txt", "a\nb", "é", "ab", "build/"]))


@given(lines, names)
def test_joined_and_one_by_one(lines: list[str], names: list[str]) -> None:
    import tempfile

    try:
        spec = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return  # git would not take the pattern, either
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, ".gitignore").write_text("\n".join(lines), "utf-8")
        ignored = ignored_in(os.fsencode(folder), None)
        assert ignored is not None
        kept = ignored.not_covered(os.fsencode(folder), [os.fsencode(name) for name in names])
    assert kept == [os.fsencode(name) for name in names if not spec.check_file(name).include]


def test_a_line_that_is_no_pattern_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("a.log\n!\n///\nb.*\n", "utf-8")
    ignored = ignored_in(os.fsencode(tmp_path), None)
    assert ignored is not None
    assert ignored.not_covered(os.fsencode(tmp_path), [b"a.log", b"a.txt", b"b.txt"]) == [b"a.txt"]


def test_the_library_waits_until_a_pattern_may_match(tmp_path: Path) -> None:
    written = "**/build/\n*.log\n/out[0-9].txt\nodd\\ name\nvenv\nq?\n"
    (tmp_path / ".gitignore").write_text(written, "utf-8")
    ignored = ignored_in(os.fsencode(tmp_path), None)
    assert ignored is not None
    (spec,) = ignored.specs
    assert spec.search(b"a.txt\nvenv.md\nlog/\nbuilding/", 0) is None
    for path in (b"build/", b"a/\xff.log", b"out7.txt", b"odd name", b"x/venv/", "qé".encode()):
        assert spec.search(b"a.txt\n" + path + b"\nb.md", 0) is not None


def test_names_that_are_not_utf8_are_held_against_patterns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".gitignore").write_text("*.log\n?.md\n", "utf-8")
    ignored = ignored_in(os.fsencode(tmp_path), None)
    assert ignored is not None
    names = [b"\xfe.log", b"\xff.md", b"\xff.txt"]
    assert ignored.not_covered(os.fsencode(tmp_path), names) == [b"\xff.txt"]
    Path("seed-validator.toml").write_text("[profiles.a]\nfiles = ['*.txt']\nexclude = ['x*']\n")
    for name in (b"\xff.txt", b"x\xff.txt", b"y\xff.md"):
        Path(os.fsdecode(name)).write_bytes(b"Text.\n")
    code, out, _ = run_cli(".")
    assert code == 0
    assert "1 file, 1 document" in out


@pytest.mark.parametrize("number", [1, 1500, 4000])
def test_any_number_of_patterns_is_taken(number: int, tmp_path: Path) -> None:
    """RE2 has room for some thousands in a set, and raises an error of its own for more."""
    patterns = [f"folder{at}/**/*.of-many-names-{at}" for at in range(number)]
    asked = patterns_of([*patterns, "*.log", "!b.log"])
    assert asked.match_file(f"folder{number - 1}/x/a.of-many-names-{number - 1}")
    assert asked.match_file("x/a.log")
    assert not asked.match_file("x/b.log")
    (tmp_path / ".gitignore").write_text("\n".join([*patterns, "*.log"]), "utf-8")
    ignored = ignored_in(os.fsencode(tmp_path), None)
    assert ignored is not None
    assert ignored.not_covered(os.fsencode(tmp_path), [b"a.log", b"a.txt"]) == [b"a.txt"]
