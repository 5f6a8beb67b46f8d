"""A document compressed again says of itself what it said before."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from validator.cli.fixes import FixWishes
from validator.file import repacking
from validator.file.compression import Packing, packing_of
from validator.file.repacking import Repacker, repacked

from .support import run_cli


def zstd() -> Packing:
    found = packing_of(b"a.zst")
    assert found is not None
    return found


def framed(data: bytes, *, sized: bool, checked: bool = False) -> bytes:
    """One frame, of one segment where it says how long it is and that is not much."""
    return zstandard.ZstdCompressor(write_content_size=sized, write_checksum=checked).compress(data)


def expanded(raw: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(raw)


@given(
    st.binary(max_size=9)
    | st.integers(250, 300).map(bytes)
    | st.integers(65_000, 200_000).map(bytes),
    st.booleans(),
    st.booleans(),
)
def test_a_frame_says_how_long_its_content_is_where_the_old_one_did(
    data: bytes, sized: bool, checked: bool
) -> None:
    raw = repacked(framed(b"before" * 50, sized=sized, checked=checked), zstd(), data)
    told = zstandard.get_frame_parameters(raw)
    assert told.has_checksum is checked
    assert zstandard.frame_content_size(raw) == (len(data) if sized else -1)
    assert expanded(raw) == data
    if sized:
        assert zstandard.ZstdDecompressor().decompress(raw) == data  # without a bound of its own


@pytest.mark.parametrize("size", [7, 300, 70_000])
def test_of_every_size_of_the_old_frame(size: int) -> None:
    """Its length stands in 1, 2 or 4 bytes there, with a window of its own or without."""
    raw = repacked(framed(bytes(size), sized=True), zstd(), b"new")
    assert zstandard.frame_content_size(raw) == 3


def test_a_frame_that_is_too_long_to_be_held_does_not_say_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(repacking, "_MOST", 1000)
    head = framed(b"before", sized=True)
    blocks = [number.to_bytes(3, "big") * 1000 for number in range(2000)]
    packer = Repacker(zstd())
    parts = [packer.begin(head), *map(packer.add, blocks), packer.end()]
    raw = b"".join(parts)
    assert expanded(raw) == b"".join(blocks)
    assert zstandard.frame_content_size(raw) == -1
    assert sum(map(bool, parts)) > 2, "it is not held to its end"


def test_a_reader_that_asks_for_the_length_reads_a_fixed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    path.write_bytes(framed(b"Title \nText.\n", sized=True))
    (tmp_path / "seed-validator.toml").write_text(
        '[profiles.a]\nfiles = ["a.txt.zst"]\nreaders = ["zstd", "zstandard"]\n'
        'text.trailing-blanks = "forbid"\n'
    )
    for again in (False, True):
        code, out, err = run_cli(str(path), fixes=FixWishes(fix=not again))
        assert code == 0, out
        assert ("Fixed 1 finding" in err) is not again
    assert zstandard.ZstdDecompressor().decompress(path.read_bytes()) == b"Title\nText.\n"
