"""What is no text is named; what only begins like a known format, and is text, is text."""

from __future__ import annotations

import array
import bz2
import gzip
import io
import lzma
import pickle
import random
import sqlite3
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest
import zstandard

from validator import check_bytes
from validator.encoding.binary import NUL_TAIL, Binary, recognise

from .support import codes, profile

DEFAULTS = profile({})
TRAPS = [
    "BMW is a maker of cars",
    "MZ stands for a name",
    "ID3 is a tag",
    "BZh9 opens a stream",
    "PAR1 stands at both ends",
    "OggS opens a page",
    "GIF89a is older than PNG",
    "GIF87a",
    "%PDF-1.7\nis how the file begins",
    "wOFF is a font",
    "PK is a zip's signature",
    "7z is an archiver",
    "SQLite format 3 is a format",
    "ustar",
]
DAMAGE = [b"caf\xe9\n", b"a\0b\n", b"\x01\n", "été".encode("cp1252") * 40, b"\xff\xfe"]


def archive() -> bytes:
    """A tar of one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return out.getvalue()


def zipped() -> bytes:
    """A zip of one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    return out.getvalue()


def database(folder: Path) -> bytes:
    """An SQLite database of one table."""
    with sqlite3.connect(folder / "a.db") as connection:
        connection.execute("create table a (b)")
    connection.close()
    return (folder / "a.db").read_bytes()


@pytest.mark.parametrize("begin", TRAPS)
@pytest.mark.parametrize("damage", DAMAGE)
def test_text_that_begins_like_a_format_is_text_even_when_it_is_damaged(
    begin: str, damage: bytes
) -> None:
    text = f"{begin}, says the text.\n".encode()
    assert not check_bytes(text, DEFAULTS)
    assert "FIL105" not in codes(check_bytes(text + damage, DEFAULTS))
    assert recognise(text + b"More of it.\n" * 300 + damage) is None


def test_known_formats_have_their_names(tmp_path: Path) -> None:
    text = b"Title\nText.\n" * 9
    parquet = b"PAR1\x15\x04\x15\x10\x15\x14L\x15\x02\x15\0"
    kinds = {
        "gzip": gzip.compress(text),
        "bzip2": bz2.compress(text),
        "xz": lzma.compress(text),
        "zstd": zstandard.compress(text),
        "zip": zipped(),
        "tar": archive(),
        "SQLite": database(tmp_path),
        "Parquet": parquet,
        "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
        "ELF": b"\x7fELF\x02\x01\x01" + bytes(9),
    }
    for kind, data in kinds.items():
        (finding,) = check_bytes(data, DEFAULTS)
        assert finding.code == "FIL105"
        assert kind in finding.message


def test_data_without_a_signature_is_no_text() -> None:
    source = random.Random(3)
    numbers = array.array("d", (source.random() for _ in range(400)))
    unknown = [
        zlib.compress(source.randbytes(3000)),
        numbers.tobytes(),
        array.array("i", range(400)).tobytes(),
        pickle.dumps([float(number) for number in numbers]),
        *(source.randbytes(1 << 12) for _ in range(200)),
    ]
    for data in unknown:
        assert recognise(data) == Binary("")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", ["Title\nText of a line.\n" * 40, "Название\nСтрока.\n" * 40])
def test_wide_text_is_told_as_such(encoding: str, text: str) -> None:
    assert codes(check_bytes(text.encode(encoding), DEFAULTS)) == ["ENC006"]
    assert codes(check_bytes(("\ufeff" + text).encode(encoding), DEFAULTS)) == ["ENC006"]


@pytest.mark.parametrize(
    "encoding", ["cp1252", "cp1251", "koi8-r", "cp437", "shift_jis", "gb18030", "euc_kr", "big5"]
)
def test_legacy_text_is_text(encoding: str) -> None:
    text = "Déjà vu. Текст. 日本語の本文。".encode(encoding, "ignore") * 40
    assert recognise(text) is None


def test_a_lost_write() -> None:
    text = "Titre\nLe texte était là".encode()
    for size in (NUL_TAIL, 4096, 1 << 20):
        (finding,) = check_bytes(text + bytes(size), DEFAULTS)
        assert finding.code == "FIL106"
        assert finding.data == {"offset": len(text), "count": size}
    for size in (1, 100, 1 << 21):
        (finding,) = check_bytes(bytes(size), DEFAULTS)
        assert finding.data == {"offset": 0, "count": size}
    inside = check_bytes(text + bytes(4096) + b" encore.\n", DEFAULTS)
    assert codes(inside) == ["TXT001"]
    assert codes(check_bytes(text + bytes(NUL_TAIL - 1), DEFAULTS)) == ["TXT001"]


def test_a_lost_write_larger_than_a_window(tmp_path: Path) -> None:
    from validator import check_paths

    (tmp_path / "a.txt").write_bytes(b"Title\nText" + bytes(3 << 20))
    (tmp_path / "b.txt").write_bytes(b"Title\nText\n" * 30_000 + bytes(1 << 20) + b"x")
    found = list(check_paths([str(tmp_path)], DEFAULTS).diagnostics())
    assert [one.code for one in found if one.path.endswith("a.txt")] == ["FIL106"]
    assert found[0].data == {"offset": 10, "count": 3 << 20}
    assert {one.code for one in found if one.path.endswith("b.txt")} == {"TXT001"}
