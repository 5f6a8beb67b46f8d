"""`encodings`: what files are in, without judging them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli.commands import cli
from validator.encoding.inventory import BINARY, DAMAGED, EMPTY, UNKNOWN, Kind, inspect, inventory
from validator.file.passed_by import PassedBy
from validator.file.reading import SMALL, Pages
from validator.text.lines import Window

from .support import write

GERMAN = "Das ist schön.\nDie Vögel fliegen früh über die Brücke.\n"
KINDS = {
    b"": Kind(EMPTY),
    b"a": Kind("US-ASCII"),
    b"a\nb\n": Kind("US-ASCII", newline="LF"),
    b"a\r\nb\r\n": Kind("US-ASCII", newline="CRLF"),
    b"a\rb": Kind("US-ASCII", newline="CR"),
    b"a\r\nb\n": Kind("US-ASCII", newline="mixed"),
    GERMAN.encode(): Kind("UTF-8", newline="LF"),
    GERMAN.encode("utf-8-sig"): Kind("UTF-8", bom=True, newline="LF"),
    GERMAN.encode("utf-16"): Kind("UTF-16LE", bom=True, newline="LF"),
    GERMAN.replace("\n", "\r\n").encode("utf-16-be"): Kind("UTF-16BE", newline="CRLF"),
    GERMAN.encode("cp1252"): Kind("windows-1252", "most likely", newline="LF"),
    GERMAN.encode() + b"\xff\n": Kind(DAMAGED, newline="LF"),
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01": Kind(BINARY),
    bytes(range(1, 256)): Kind(BINARY),
    b"\x81\x8d\x8f\x90\x9d\xfe \xff\x81\n": Kind(UNKNOWN, newline="LF"),
}


@pytest.mark.parametrize("data", KINDS, ids=lambda data: repr(data[:12]))
def test_kinds(data: bytes) -> None:
    assert inspect([Window(data)]) == KINDS[data]


def test_large_files_are_of_the_same_kind(tmp_path: Path) -> None:
    for data, kind in KINDS.items():
        if kind.encoding in {"UTF-8", "UTF-16BE", "windows-1252", "US-ASCII"} and kind.newline:
            path = tmp_path / "large.txt"
            path.write_bytes(data * (2 * SMALL // len(data) * 3))
            found = inspect(Pages(str(path).encode()))
            assert (found.encoding, found.newline) == (kind.encoding, kind.newline)


def test_by_directory(tmp_path: Path) -> None:
    files = {"a/1": b"x\n", "a/b/2": b"x\n", "a/c": GERMAN.encode(), "a/d": b"yy\n"}
    write(tmp_path, files)
    found = inventory([str(tmp_path / "a")], PassedBy())
    told = [(Path(one.folder).name, one.kind.encoding, one.files, one.bytes) for one in found]
    assert told == [("a", "US-ASCII", 2, 5), ("a", "UTF-8", 1, 60), ("b", "US-ASCII", 1, 2)]
    assert found[0].example.endswith("/a/1")


def test_the_table_ends_with_all_directories(tmp_path: Path) -> None:
    files = {"a/1": b"x\n", "b/2": b"x\n", "b/3": GERMAN.encode()}
    write(tmp_path, files)
    shown = CliRunner().invoke(cli, ["encodings", str(tmp_path)]).output
    _, _, sums = shown.partition("all directories\n")
    assert [" ".join(line.split()) for line in sums.splitlines()] == [
        "US-ASCII LF 2 files 4 bytes",
        "UTF-8 LF 1 file 60 bytes",
        "3 files in 2 directories, 64 bytes.",
    ]
    one = CliRunner().invoke(cli, ["encodings", str(tmp_path / "a")]).output
    assert "all directories" not in one


def test_the_table_is_narrow_and_harmless(tmp_path: Path) -> None:
    write(tmp_path, {f"\x1b[31m{'deep' * 30}/a": b"x\n"})
    result = CliRunner().invoke(cli, ["encodings", str(tmp_path)])
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) < 80
    assert "\x1b" not in result.output


def test_json(tmp_path: Path) -> None:
    write(tmp_path, {"a": GERMAN.encode("cp1252"), "b": b"x\n"})
    result = CliRunner().invoke(cli, ["encodings", str(tmp_path), "--output-format", "json"])
    told = json.loads(result.output)["encodings"]
    assert [(one["encoding"], one["certainty"]) for one in told] == [
        ("US-ASCII", None),
        ("windows-1252", "most likely"),
    ]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["encodings", str(tmp_path / "x")])
    assert result.exit_code == 2


def test_compressed_files_are_read_through(tmp_path: Path) -> None:
    packed = gzip.compress(GERMAN.encode("cp1252"))
    write(tmp_path, {"a.txt.gz": packed, "cut.txt.gz": packed[:-9]})
    result = CliRunner().invoke(cli, ["encodings", str(tmp_path)])
    assert "windows-1252 (most likely)" in result.output
    assert "unreadable" in result.output
