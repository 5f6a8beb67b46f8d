"""One fault is one finding: what follows from it is not told beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from validator import check_bytes, check_paths
from validator.model import Diagnostic

from .support import profile, write

RECORD = b'{"a": 1, "t": "x"}\n'
JSON_LINES: Mapping[str, Mapping[str, object]] = {
    "delimiters": {"kind": "json-lines"},
    "metadata": {"types": "one"},
}
FRONT_MATTER: Mapping[str, Mapping[str, object]] = {
    "delimiters": {"block": "front-matter", "formats": ["yaml", "toml"]},
    "encoding": {"newline": "one-style"},
}


def told(data: bytes, tables: Mapping[str, Mapping[str, object]]) -> list[Diagnostic]:
    """What is said of a file with this content."""
    return list(check_bytes(data, profile(tables)))


@pytest.mark.parametrize(
    ("data", "code", "at"),
    [
        (b"\xef\xbb\xbf" + RECORD * 3, "ENC101", 0),
        (RECORD + b"\xef\xbb\xbf" + RECORD, "TXT201", len(RECORD)),
        (b"\xff\xfe" + (RECORD * 3).decode().encode("utf-16-le"), "ENC006", 0),
        ((RECORD * 3).decode().encode("utf-16-be"), "ENC006", 0),
        (RECORD + b'{"t": "x\0y"}\n' + RECORD, "TXT001", len(RECORD) + 8),
        (RECORD + b"\0\0\n" + RECORD, "TXT001", len(RECORD)),
        (RECORD + b'{"t": "x\ry"}\n' + RECORD, "ENC202", len(RECORD) + 8),
        ((RECORD * 3).replace(b"\n", b"\r"), "ENC201", len(RECORD) - 1),
        (RECORD + RECORD[:-1] + b"\r" + RECORD * 2, "ENC202", 2 * len(RECORD) - 1),
        (RECORD + b'{"t": "\x1b[31mx"}\n', "TXT004", len(RECORD) + 7),
        (RECORD + b'{"t": "\x0cx"}\n', "TXT002", len(RECORD) + 7),
        (RECORD + "\u200b".encode() + RECORD, "TXT206", len(RECORD)),
        (RECORD + b'{"a": NaN, "t": "x"}\n' + RECORD, "MET023", len(RECORD) + 6),
        (b'{"a": "x"}\n{"a": NaN}\n{"a": "y"}\n', "MET023", 17),
        (b'[{"a": 1},\n{"a": 2},\n{"a": 3}]\n', "DEL042", 0),
        (b'\n[\n  {"a": 1}\n  ,\n  {"a": 2}\n]', "DEL042", 1),
        (b'[{"a": 1}\n,{"a": 2}\n,{"a": 3}]\n', "DEL042", 0),
        (b'{"a": 1},\n{"a": 2},\n{"a": 3}\n', "DEL042", 8),
        (b'{"n": [["a", 1]]}\n{"n": [["a", 1, 2]]}\n', "MET040", 6),
    ],
)
def test_in_records(data: bytes, code: str, at: int) -> None:
    (found,) = told(data, JSON_LINES)
    assert (found.code, found.byte_offset) == (code, at)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\ntitle: x\x01y\n---\nText\n", "TXT002"),
        (b"---\n\x00title: x\n---\nText\n", "TXT001"),
        (b"---\ntitle: a\rb: c\n---\nText\n", "ENC202"),
        (b'+++\ntitle = "a\x1b[1mb"\n+++\nText\n', "TXT004"),
        (b"---\n\xef\xbb\xbftitle: x\n---\nText\n", "TXT201"),
    ],
)
def test_in_front_matter(data: bytes, code: str) -> None:
    assert [one.code for one in told(data, FRONT_MATTER)] == [code]


def test_a_parser_speaks_where_nobody_else_has() -> None:
    for data in (RECORD + b'{"t": "x\ty"}\n', b'{"t": "\x01"}\n{"a": }\n'):
        assert "MET010" in [one.code for one in told(data, JSON_LINES)]
    loose = {**JSON_LINES, "encoding": {"newline": "any"}}
    for line in (b'{"t": "x\ry"}\n', RECORD.replace(b"\n", b"\r") * 2):
        (found,) = told(line, loose)
        assert found.code in ("MET010", "MET026")


def test_the_records_are_rejected_all_the_same(tmp_path: Path) -> None:
    lines = RECORD + b'{"t": "x\ry"}\n{"t": "z\rz"}\n{"t": "\0"}\n' + RECORD
    write(tmp_path, {"a.jsonl": lines})
    run = check_paths([str(tmp_path)], profile(JSON_LINES))
    assert [one.code for one in run.diagnostics()] == ["ENC202", "TXT001"]
    assert (run.summary.totals.documents, run.summary.totals.rejected) == (5, 3)


def test_a_number_beside_nan_is_still_a_number() -> None:
    data = b'{"a": "x"}\n{"a": NaN}\n{"a": 1.5}\n'
    assert [one.code for one in told(data, JSON_LINES)] == ["MET023", "MET040"]


@pytest.mark.parametrize(
    ("data", "lost"),
    [
        (b'{"t": "\\frac{1}{2}"}\n', True),
        (b'{"t": "\\beta"}\n', True),
        (b'{"t": "a page\\f"}\n', False),
        (b'{"t": "\\u0001x"}\n', False),
    ],
)
def test_a_lost_backslash_is_told_as_one(data: bytes, lost: bool) -> None:
    (found,) = told(data, JSON_LINES)
    assert found.code == "TXT002"
    assert ("a backslash was lost" in found.help) == lost


def test_many_odd_line_ends_are_one_finding() -> None:
    lines = [b"Line.\r\n" if number % 10 == 3 else b"Line.\n" for number in range(100)]
    (found,) = told(b"".join(lines), {})
    assert found.code == "ENC202"
    assert "10 lines end with CRLF" in found.message
    assert "lines 4, 14, 24, 34, 44 and 5 more" in found.message
    assert found.fix is not None
    assert len(found.fix.edits) == 10
    many = told(b"Line.\n" * 9000 + b"Line.\r\n" * 2000, {})
    assert [(one.code, one.fix and one.fix.edits) for one in many] == [("ENC202", ())]
