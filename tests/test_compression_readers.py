"""Compressed files and the readers of a profile: what these dispute is found, and nothing else."""

from __future__ import annotations

import gzip
import io
import random
import struct
from array import array
from pathlib import Path

import pytest
import zstandard

from validator import Diagnostic, Severity, check_bytes, check_paths, load_profile, parse_profile
from validator.file.compression import bounds, packing_of
from validator.file.streams import Inflated
from validator.readers.disputed.compressed_files import QUESTIONS
from validator.readers.options import READERS
from validator.readers.roll import names, reader_named
from validator.settings.options import Settings

from .readers.adapters_compressed import read_gzip, read_lzma, read_zlib, read_zstandard
from .readers.formats import FORMATS
from .readers.proof import passing, under

NAMED = {one.name: one for one in QUESTIONS}
READERS_OF_COMPRESSED = [n for n in names() if "compressed" in reader_named(n).formats]
FORM = next(one for one in FORMATS if one.name == "compressed")
THERE = {
    "gzip": read_gzip,
    "zlib": read_zlib,
    "lzma": read_lzma,
    "zstandard": read_zstandard,
}
"""The readers that a development install has."""

RECORD = b'{"id":"a","text":"b"}\n'


def packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def framed(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


SKIPPABLE = struct.pack("<II", 0x184D2A5F, 3) + b"abc"


def asked(data: bytes, *readers: str, profile: str = "text") -> list[str]:
    """The questions that are found disputed in a file."""
    own = under(load_profile(profile), readers)
    found = check_bytes(data, own, name=f"a.txt{FORM.suffix_of(data)}")
    return [str(one.data["question"]) for one in found if one.code == "FIL208"]


@pytest.mark.parametrize("name", NAMED)
def test_a_question_is_found_in_its_example(name: str) -> None:
    other = [n for n in READERS_OF_COMPRESSED if reader_named(n).answer(name, "")]
    usual = [n for n in READERS_OF_COMPRESSED if n not in other]
    assert usual
    refuses = {n for n in other if name.partition("-")[0] in reader_named(n).refuses}
    assert name not in asked(NAMED[name].example, *usual)
    for one in {*other} - refuses:
        assert asked(NAMED[name].example, usual[0], one) == [name]
    for one in refuses:  # no part of a file is disputed before the file is
        assert asked(NAMED[name].example, usual[0], one) == [f"{name.partition('-')[0]}-file"]


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("reader", THERE)
def test_a_reader_does_what_is_written_down(reader: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(NAMED[name].example)
    answer = reader_named(reader).answer(name, NAMED[name].usual)
    whole = [{"id": "a", "text": "b"}, {"id": "e", "text": "f"}]
    try:
        read = THERE[reader](str(path))
    except Exception:  # noqa: BLE001 - whatever it raises is its answer
        read = "an error"
    two = "second" in name and answer == NAMED[name].usual
    assert read == ("an error" if answer == "an error" else whole[: 1 + two])


def test_what_follows_one_another() -> None:
    both = ("zstd", "zstandard")
    assert asked(framed(b"A\n") + SKIPPABLE, *both) == []
    assert asked(framed(b"A\n") + SKIPPABLE + framed(b"B\n"), *both) == ["zstd-second-frame"]
    assert asked(SKIPPABLE + framed(b"A\n"), *both) == ["zstd-skippable-frame"]
    assert asked(SKIPPABLE + framed(b"A\n") + framed(b"B\n"), "zstd") == []
    assert asked(packed(b"A\n") + bytes(2) + packed(b"B\n"), "gzip", "go-gzip") == ["gzip-padding"]
    assert asked(packed(b"A\n") + packed(b""), "gzip", "ruby-zlib") == ["gzip-second-member"]


def test_a_cut_frame_is_named_as_cut() -> None:
    for size in range(1, 9):
        own = under(load_profile("text"), ("zstd", "zstandard"))
        found = check_bytes(framed(b"A\n")[:size], own, name="a.txt.zst")
        assert {one.code for one in found} <= {"FIL202", "FIL203"}
        assert found


def test_what_is_said_and_where() -> None:
    data = packed(RECORD) + packed(RECORD)
    (found,) = check_bytes(data, under(load_profile("text"), ("gzip", "zlib")), name="a.txt.gz")
    at = len(packed(RECORD))
    assert found.message == (
        f"a second member of gzip (byte {at} of the file) is a part of the file to gzip, left out "
        "to zlib"
    )
    assert found.data["readings"] == {"a part of the file": ["gzip"], "left out": ["zlib"]}
    assert (found.kind, found.severity, found.whole_file) == ("reader", "error", True)


def test_who_names_no_readers_hears_nothing(tmp_path: Path) -> None:
    for name, data in (("a.md.zst", SKIPPABLE + framed(b"A\n")), ("b.md.gz", packed(b"A\n") * 2)):
        (tmp_path / name).write_bytes(data)
    assert not [*check_paths(tmp_path, load_profile("text"), isolated=True).diagnostics()]
    plain = under(load_profile("jsonl"), ("json", "node"))
    assert not check_bytes(framed(RECORD) * 2, plain, name="a.jsonl.zst")


def test_where_the_rule_is_off_the_file_is_read() -> None:
    own = parse_profile({"extends": "text", "readers": ["gzip", "zlib"], "ignore": ["FIL208"]})
    data = packed(b"A\n") + packed(b"b\0\n")
    assert [one.code for one in check_bytes(data, own, name="a.txt.gz")] == ["TXT001"]


@pytest.mark.parametrize("reader", THERE)
def test_what_passes_is_read_as_we_read_it(reader: str, tmp_path: Path) -> None:
    paths = []
    for number in range(150):
        data = FORM.make(random.Random(f"small {number}"))
        paths.append(tmp_path / FORM.name_of(f"a{number:x}", data))
        paths[-1].write_bytes(data)
    profile = under(load_profile("jsonl"), (reader,))
    good = passing(paths, tmp_path, profile)
    assert len(good) > 3
    for path in good:
        assert THERE[reader](str(path)) == FORM.ours(path.read_bytes(), profile)


def test_streams_are_counted_as_before() -> None:
    starts = array("q")
    packing = packing_of(b"a.gz")
    assert packing
    limits = bounds(Settings({}), ("gzip",))
    with Inflated(io.BytesIO(packed(b"A\n") * 3), packing, limits, starts) as inner:
        assert inner.read(99) == b"A\n" * 3
    assert [*starts] == [0, 2, 4]


def test_refusals_are_of_whole_formats() -> None:
    refused = {name for name in NAMED if reader_named("pyarrow").answer(name, "") == "an error"}
    assert refused == {"xz-file", "xz-padding", "gzip-padding"}
    assert all(one.severity is Severity.ERROR for one in _default(b"BZh9"))
    assert READERS.key in load_profile("jsonl").settings.values


def _default(magic: bytes) -> list[Diagnostic]:
    example = next(one.example for one in QUESTIONS if one.example.startswith(magic))
    return [*check_bytes(example, load_profile("jsonl"), name="a.jsonl.bz2")]
