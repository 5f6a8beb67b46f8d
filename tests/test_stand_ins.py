"""What stands in the place of a document is said once, whatever its size, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from validator import check_paths
from validator.file.conflicts import conflicts
from validator.file.doubled import CLUES, doubled
from validator.file.reading import SMALL, WINDOW
from validator.model import Diagnostic
from validator.text.lines import Window
from validator.text.screen.screen import Screen

from .support import profile, run_cli, write

JSON_LINES: dict[str, dict[str, object]] = {"delimiters": {"kind": "json-lines"}}
CONFLICT = b"<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> topic\n"
LINE = b"A line of %d that is not like the others.\n"


def lines(size: int) -> bytes:
    """At least so many bytes of different lines."""
    return b"".join(LINE % number for number in range(size // len(LINE) + 2))


def checked(
    folder: Path, name: str, data: bytes, tables: dict[str, dict[str, object]] | None = None
) -> list[Diagnostic]:
    """What is said of one file."""
    write(folder, {name: data})
    return list(check_paths([str(folder)], profile(tables or {})).diagnostics())


@pytest.mark.parametrize("size", [1000, SMALL, 3 * WINDOW], ids=["small", "one window", "windows"])
@pytest.mark.parametrize("gap", [b"", b"\n"], ids=["at once", "behind a blank line"])
def test_a_doubled_document_of_any_size(tmp_path: Path, size: int, gap: bytes) -> None:
    text = b"# Title\n\n" + lines(size)
    (found,) = checked(tmp_path, "a.md", text + gap + text)
    assert (found.code, found.byte_offset) == ("FIL111", len(text + gap))
    assert found.location.row == (text + gap).count(b"\n") + 1
    assert checked(tmp_path, "a.md", text + gap + text.replace(b"others", b"first")) == []
    assert checked(tmp_path, "a.md", text + gap + text + b"More.\n") == []


def test_the_screen_sees_what_is_doubled() -> None:
    may_be_doubled = Screen(CLUES).any
    for text in (lines(130), b"---\ntitle: A\n---\n\n" + lines(200), lines(5000)):
        assert not may_be_doubled([b"o", text])
        gaps = (b"", b"\n", b"\r\n", b"\n\n\n", b" \r\n\r\n")
        copies = [text + gap + text for gap in gaps]
        for copy in (*copies, text + text.rstrip(), text + b"\n\n" + text + b"\n"):
            assert doubled(copy) is not None
            assert may_be_doubled([b"other", copy])


def test_a_file_of_many_documents_may_hold_one_twice(tmp_path: Path) -> None:
    records = b"".join(b'{"text": "record number %d, which is long"}\n' % n for n in range(9))
    assert checked(tmp_path, "a.jsonl", records + records, JSON_LINES) == []


@pytest.mark.parametrize("before", [0, 3 * WINDOW], ids=["first window", "later window"])
def test_a_conflict_in_any_window_is_the_only_finding(tmp_path: Path, before: int) -> None:
    records = b"".join(b'{"id": %d}\n' % number for number in range(before // 9))
    (found,) = checked(tmp_path, "a.jsonl", records + CONFLICT + b"not JSON\n", JSON_LINES)
    assert (found.code, found.byte_offset) == ("FIL110", len(records))
    assert found.data["rows"] == [records.count(b"\n") + row for row in (1, 3, 5)]
    assert [one.location for one in found.related if one.location]


def test_a_rule_that_is_switched_off_does_not_silence_the_others(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": CONFLICT + b"\x01\n"})
    path = str(tmp_path / "a.txt")
    for ignored, told in (((), "FIL110"), (("FIL110",), "TXT002")):
        _, out, _ = run_cli(path, isolated=True, output_format="concise", ignore=ignored)
        assert told in out
        assert "Found 1 error" in out


def test_a_pointer_is_never_read_as_what_it_stands_for(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize 1\n" % (b"a" * 64)
    write(tmp_path, {"a.jsonl": pointer})
    code, out, _ = run_cli(str(tmp_path), isolated=True, ignore=("FIL107",))
    assert code == 0
    assert "Not checked to the end: 1 file" in out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.md", b"<!DOCTYPE html>\n<p>\x01</p>\n"),
        (
            "a.md",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize 1\n" % (b"a" * 64),
        ),
        ("a.md", CONFLICT + b"a\xc2\xadb\x01\n"),
        ("a.jsonl", b"<html>\n\n</html>\n"),
    ],
    ids=["page", "pointer", "conflict", "page of lines"],
)
def test_nothing_else_is_said(tmp_path: Path, name: str, data: bytes) -> None:
    tables = JSON_LINES if name.endswith("l") else {}
    assert len(checked(tmp_path, name, data, tables)) == 1


@pytest.mark.parametrize(
    "text",
    [
        b"Text\n=======\nText\n>>>>>>> quoted by seven\n",
        b"a <<<<<<< HEAD\n=======\n>>>>>>> topic\n",
        b"<<<<<<<\n",
        b"|||||||\n=======\n",
        b"<<<<<<<HEAD\n=======\n>>>>>>>topic\n",
    ],
)
def test_what_only_looks_like_a_conflict(text: bytes) -> None:
    assert not list(conflicts(Window(text)))


def test_a_long_line_that_goes_on_begins_no_marker() -> None:
    data = b"<<<<<<< HEAD\n"
    assert list(conflicts(Window(data)))
    assert not list(conflicts(Window(data, column=9)))
