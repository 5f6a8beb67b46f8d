"""One search for all names of a directory finds no other names than one look at each."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from validator import ConfigError, UsageError
from validator.file.gitignore import ignored_in, patterns_of

from .support import run_cli, write

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
    assert asked.verdict(f"folder{number - 1}/x/a.of-many-names-{number - 1}") is True
    assert asked.verdict("x/a.log") is True
    assert asked.verdict("x/b.log") is False
    assert asked.verdict("x/a.txt") is None
    (tmp_path / ".gitignore").write_text("\n".join([*patterns, "*.log"]), "utf-8")
    ignored = ignored_in(os.fsencode(tmp_path), None)
    assert ignored is not None
    assert ignored.not_covered(os.fsencode(tmp_path), [b"a.log", b"a.txt"]) == [b"a.txt"]


@pytest.mark.parametrize("range_", ["[z-a]", r"[a-\]", "[[:alpha:]", "[[", "a[b-a]c"])
def test_brackets_that_hold_no_range_end_no_run(
    range_: str, tmp_path: Path, recwarn: pytest.WarningsRecorder
) -> None:
    write(tmp_path, {".git/HEAD": b"", "a.txt": b"Text.\n", "b.txt": b"Text.\n"})
    (tmp_path / ".gitignore").write_text(f"{range_}\nb.*\n", "utf-8")
    code, out, err = run_cli(str(tmp_path), profile="text")
    assert (code, err) == (0, "")
    assert "1 file, 1 document" in out
    assert not recwarn.list  # `re` warns of such brackets on the terminal


BACKTRACKS = "*a" * 25 + "b"
"""Python's `re` needs hours to see that it does not fit a name of many `a`."""


def test_many_patterns_are_asked_in_linear_time(tmp_path: Path) -> None:
    name = "a" * 200 + ".txt"
    many = [f"x{at}*.md" for at in range(2500)]
    write(tmp_path, {".git/HEAD": b"", name: b"Text.\n", "b.txt": b"Text.\n"})
    (tmp_path / ".gitignore").write_text("\n".join(["*.txt", *many, BACKTRACKS, "!a*"]), "utf-8")
    code, out, _ = run_cli(str(tmp_path), profile="text")
    assert (code, "1 file, 1 document" in out) == (0, True)
    asked = patterns_of(["b*.txt", *many, BACKTRACKS])
    assert asked.verdict(name) is None


@given(lines.filter(any), names)
def test_sets_say_what_the_library_says(lines: list[str], names: list[str]) -> None:
    try:
        known = GitIgnoreSpec.from_lines(lines)
    except ValueError:
        with pytest.raises(ValueError, match=r"pattern"):
            patterns_of(lines)
        return
    asked = patterns_of(lines)
    for name in names:
        assert asked.verdict(name) == known.check_file(name).include
        assert asked.verdict(f"x/{name}") == known.check_file(f"x/{name}").include


@pytest.mark.parametrize("line", ["!", "\\", "[z-a]", "a\\"])
@pytest.mark.parametrize("key", ["files", "exclude", "archives"])
def test_what_is_no_pattern_is_said_in_a_line(key: str, line: str, tmp_path: Path) -> None:
    table = "" if key == "archives" else "[profiles.a]\n"
    config = f"{table}{key} = ['*.md', '{line}']\n"
    write(tmp_path, {"a.md": b"Text.\n", "seed-validator.toml": config.encode()})
    said = re.escape(f"has `{line}`, which is no .gitignore pattern")
    with pytest.raises(ConfigError, match=f":{1 + bool(table)}:1: .*{said}"):
        run_cli(str(tmp_path))
    if key != "files":
        words: dict[str, object] = {key: [line]}
        with pytest.raises(UsageError, match=f"--{key} {said}"):
            run_cli(str(tmp_path), profile="text", isolated=True, **words)
