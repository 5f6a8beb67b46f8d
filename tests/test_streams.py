"""Compressed files: what is inside is the document, and no broken stream passes for a whole one."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from validator import check_bytes, check_paths
from validator.file.compression import PACKINGS, Bounds, bare, packed, packing_of
from validator.file.decompressors import open_zstd
from validator.file.reading import SMALL
from validator.file.streams import (
    RATIO_FROM,
    BrokenStreamError,
    CutStream,
    Expanded,
    Inflated,
    TrailingBytes,
)
from validator.model import Diagnostic

from .support import codes, profile, run_cli, write

TEXT = b"Title\n" + b"".join(b"Line %d of the text.\n" % number for number in range(40))
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
SUFFIXES = pytest.mark.parametrize("suffix", sorted(PACK))


def long_text() -> bytes:
    """Text of a megabyte that does not compress below the size of a small file."""
    source = random.Random(1)
    words = (f"{source.getrandbits(32):x}" for _ in range(110_000))
    return b"".join(word.encode() + b"\n" for word in words)


def inflated(data: bytes, suffix: str, bounds: Bounds | None = None) -> Inflated:
    """A reader of a compressed file that is in memory."""
    packing = packing_of(b"a" + suffix.encode())
    assert packing
    return Inflated(io.BytesIO(data), packing, bounds or Bounds())


def read_all(data: bytes, suffix: str) -> bytes:
    """The document; raises BrokenStreamError."""
    stream = inflated(data, suffix)
    parts = []
    while part := stream.read(1 << 16):
        parts.append(part)
    return b"".join(parts)


def found_in(folder: Path, files: dict[str, bytes], **keys: object) -> list[Diagnostic]:
    """The findings in files under these keys of the table `file`."""
    write(folder, files)
    return list(check_paths([str(folder)], profile({"file": keys})).diagnostics())


def test_every_format_is_tested() -> None:
    assert {packing.suffix.decode() for packing in PACKINGS} == set(PACK)


@SUFFIXES
@given(sizes=st.lists(st.integers(1, 500), min_size=1), streams=st.integers(1, 3))
def test_pieces_are_the_whole(suffix: str, sizes: list[int], streams: int) -> None:
    stream = inflated(PACK[suffix](TEXT) * streams, suffix)
    wanted = TEXT * streams
    at = turn = 0
    while at < len(wanted):
        size = sizes[turn % len(sizes)]
        assert stream.read(size) == wanted[at : at + size]
        at, turn = at + size, turn + 1
    assert stream.read(1) == b""


@SUFFIXES
def test_a_stream_cut_anywhere_is_told(suffix: str) -> None:
    whole = PACK[suffix](TEXT)
    for size in range(1, len(whole)):
        with pytest.raises(BrokenStreamError) as told:
            read_all(whole[:size], suffix)
        assert isinstance(told.value.flaw, CutStream), size


@SUFFIXES
def test_no_changed_byte_changes_the_document_in_silence(suffix: str) -> None:
    whole = PACK[suffix](TEXT)
    told = 0
    for at in range(len(whole)):
        damaged = whole[:at] + bytes((whole[at] ^ 0x10,)) + whole[at + 1 :]
        try:
            assert read_all(damaged, suffix) == TEXT, at
        except BrokenStreamError:
            told += 1
    assert told > 0.9 * len(whole)  # the others are the date of gzip and the like


@SUFFIXES
def test_what_follows_the_stream_is_told_with_its_place(suffix: str) -> None:
    whole = PACK[suffix](TEXT) * 2
    for tail in (b"x", b"appended\n" * 20_000):
        with pytest.raises(BrokenStreamError) as told:
            read_all(whole + tail, suffix)
        flaw = told.value.flaw
        assert isinstance(flaw, TrailingBytes)
        assert flaw.offset == len(whole)


def test_padding() -> None:
    gz, xz = PACK[".gz"](TEXT), PACK[".xz"](TEXT)
    assert read_all(gz + bytes(200_001) + gz + bytes(5), ".gz") == TEXT * 2
    assert read_all(xz + bytes(8) + xz + bytes(400_000), ".xz") == TEXT * 2
    for suffix, size in ((".xz", 3), (".zst", 4), (".bz2", 4)):
        with pytest.raises(BrokenStreamError):
            read_all(PACK[suffix](TEXT) + bytes(size), suffix)


def test_padding_may_be_forbidden() -> None:
    gz, xz, exact = PACK[".gz"](TEXT), PACK[".xz"](TEXT), Bounds(exact=True)
    assert inflated(gz + gz, ".gz", exact).read(1 << 20) == TEXT * 2
    for data, suffix, nuls in (
        (gz + bytes(16), ".gz", 16),
        (gz + bytes(3) + gz, ".gz", 3),
        (xz + bytes(400_000), ".xz", 400_000),
    ):
        with pytest.raises(BrokenStreamError) as told:
            inflated(data, suffix, exact).read(1 << 20)
        size = len(gz if suffix == ".gz" else xz)
        assert told.value.flaw == TrailingBytes(suffix[1:].replace("gz", "gzip"), size, nuls)


def test_padding_is_told_with_its_size(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(PACK[".gz"](TEXT) + bytes(16))
    forbidden = profile({"file": {"padding": "forbid"}})
    assert not list(check_paths([str(tmp_path)], profile({})).diagnostics())
    (found,) = check_paths([str(tmp_path)], forbidden).diagnostics()
    assert found.code == "FIL205"
    assert found.message.endswith("and 16 NUL bytes follow")


WARC: dict[str, dict[str, object]] = {
    "encoding": {"newline": "any"},
    "delimiters": {
        "kind": "length-framed",
        "begin": "WARC/1.0",
        "length-field": "Content-Length",
        "after": "\r\n\r\n",
        "members": "document",
    },
}


@pytest.mark.parametrize("size", [5, 70_000])
@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_members_hold_a_document_each(tmp_path: Path, suffix: str, size: int) -> None:
    """In small files and in those that are streamed."""
    pack = PACK[suffix]
    one = b"WARC/1.0\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (size, b"x" * size)
    path = tmp_path / f"a.wet{suffix}"
    cases = [
        (pack(one) * 9, []),
        (pack(one) * 2 + pack(b"") + pack(one) + pack(b""), []),
        (pack(one * 9), [(len(one), 8, False)]),
        (pack(one) * 2 + pack(one * 3), [(3 * len(one), 2, False)]),
        (pack(one) + pack(one[:30]) + pack(one[30:]), [(len(one) + 30, 1, True)]),
    ]
    for data, wanted in cases:
        path.write_bytes(data)
        run = check_paths([str(path)], profile(WARC))
        found = [one for one in run.diagnostics() if one.code == "DEL055"]
        said = [(one.byte_offset, one.data["count"], one.data["inside"]) for one in found]
        assert said == wanted
        inside = [one.code for one in check_bytes(data, profile(WARC), name=path.name)]
        assert inside.count("DEL055") == len(wanted)
    path.with_name("a.wet").write_bytes(one * 9)
    assert not list(check_paths([str(tmp_path / "a.wet")], profile(WARC)).diagnostics())


def test_zstd_as_its_tools_write_it() -> None:
    """Frames without size or checksum, skippable frames before, between and after."""
    plain = zstandard.ZstdCompressor(write_content_size=False).compress(TEXT)
    parameters = zstandard.ZstdCompressionParameters(format=zstandard.FORMAT_ZSTD1, window_log=17)
    windowed = zstandard.ZstdCompressor(compression_params=parameters)
    streamed = windowed.compressobj()
    parts = [streamed.compress(TEXT), streamed.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)]
    parts += [streamed.flush(), b""]
    note = b"\x5a\x2a\x4d\x18" + (100_000).to_bytes(4, "little") + bytes(100_000)
    assert read_all(note + plain + note + b"".join(parts) + note, ".zst") == TEXT * 2


def rle_frame(blocks: int) -> bytes:
    """A zstd frame of `blocks` times 128 KiB of `a`, in 4 bytes a block (RFC 8878, 3.1.1)."""
    block = (1 << 17 << 3 | 1 << 1).to_bytes(3, "little") + b"a"
    last = (1 << 17 << 3 | 1 << 1 | 1).to_bytes(3, "little") + b"a"
    return b"\x28\xb5\x2f\xfd\x00\x38" + block * (blocks - 1) + last


def test_a_bomb_is_never_in_memory() -> None:
    frame = rle_frame(20_000)  # 80 KB for 2.6 GB
    decoder, _ = open_zstd()
    assert len(decoder.decompress(frame, 1 << 16)) <= 1 << 17
    with pytest.raises(BrokenStreamError) as told:
        inflated(frame, ".zst", Bounds(ratio=1000)).read(1 << 30)
    flaw = told.value.flaw
    assert isinstance(flaw, Expanded)
    assert 1000 * flaw.taken < flaw.size <= 1000 * flaw.taken + (1 << 17)


@SUFFIXES
def test_bounds(suffix: str) -> None:
    data = PACK[suffix](b"a\n" * RATIO_FROM)
    for bounds in (Bounds(ratio=10), Bounds(size=2 * RATIO_FROM - 1)):
        with pytest.raises(BrokenStreamError):
            inflated(data, suffix, bounds).read(1 << 30)
    for bounds in (Bounds(), Bounds(ratio=10**6), Bounds(size=2 * RATIO_FROM)):
        assert len(inflated(data, suffix, bounds).read(1 << 30)) == 2 * RATIO_FROM


@SUFFIXES
def test_findings_count_the_bytes_inside(suffix: str, tmp_path: Path) -> None:
    for name, before in (("small", TEXT), ("large", long_text())):
        found = found_in(tmp_path / name, {f"a.txt{suffix}": PACK[suffix](before + b"<|end|>\n")})
        assert codes(found) == ["TXT301"]
        assert found[0].byte_offset == len(before)
        assert found[0].location.row == before.count(b"\n") + 1
        assert found[0].path.endswith(f"a.txt{suffix}")


@SUFFIXES
def test_a_large_stream_that_breaks_is_one_finding(suffix: str, tmp_path: Path) -> None:
    whole = PACK[suffix](long_text() + b"<|end|>\n")
    assert len(whole) > SMALL
    files = {
        f"cut{suffix}": whole[: len(whole) // 2],
        f"damaged{suffix}": whole[: -(len(whole) // 3)]
        + b"wrong"
        + whole[-(len(whole) // 3) + 5 :],
        f"followed{suffix}": whole + b"more",
    }
    assert codes(found_in(tmp_path, files)) == ["FIL203", "FIL204", "FIL205"]


def test_small_clean_ones_are_clean_and_counted(tmp_path: Path) -> None:
    write(tmp_path, {f"{at}.txt{end}": PACK[end](TEXT) for at in range(40) for end in PACK})
    run = check_paths([str(tmp_path)], profile({}))
    assert not list(run.diagnostics())
    totals = run.summary.totals
    assert (totals.files, totals.bytes) == (160, 160 * len(TEXT))


def test_what_expands_to_nothing_is_empty(tmp_path: Path) -> None:
    files = {f"a{suffix}": pack(b"") for suffix, pack in PACK.items()}
    assert set(codes(found_in(tmp_path, {**files, "b.gz": b""}))) == {"FIL102"}


def test_the_name_may_go_without_the_suffix(tmp_path: Path) -> None:
    pattern = r"(?P<index>\d{3})_(?P<id>[a-z]+)\.txt"
    files = {f"001_a.txt{suffix}": pack(TEXT) for suffix, pack in PACK.items()}
    write(tmp_path, {**files, "002_b.txt": TEXT, "3_c.txt.gz": PACK[".gz"](TEXT + b"more\n")})
    rules = profile({"file": {"name": pattern}, "corpus": {"unique": ["file.id"]}})
    found = list(check_paths([str(tmp_path)], rules).diagnostics())
    assert [one.path[-10:] for one in found if one.code == "FIL101"] == ["3_c.txt.gz"]
    assert codes(found).count("COR001") == len(PACK) - 1


def test_equal_documents_are_equal_packed_or_not(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt.gz": PACK[".gz"](TEXT), "c.zst": PACK[".zst"](TEXT)})
    write(tmp_path, {"d.txt.xz": PACK[".xz"](TEXT + b"more\n")})
    tables = {"corpus": {"content": "unique"}}
    found = list(check_paths([str(tmp_path)], profile(tables)).diagnostics())
    assert codes(found) == ["COR004", "COR004"]
    assert {one.path[-5:] for one in found} == {"xt.gz", "c.zst"}


def test_bytes_in_memory_are_read_through_by_their_name() -> None:
    data, rules = PACK[".gz"](TEXT + b"<|end|>\n"), profile({})
    assert codes(check_bytes(data, rules, name="a.txt.gz")) == ["TXT301"]
    assert codes(check_bytes(data, rules, name="a.txt")) == ["FIL105"]
    assert codes(check_bytes(data[:-1], rules, name="a.txt.gz")) == ["FIL203"]
    forbid = profile({"file": {"compressed": "forbid"}})
    assert codes(check_bytes(data, forbid, name="a.txt.gz")) == ["FIL201"]


def test_standard_input_is_read_through_by_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"seed-validator.toml": b"[profiles.any]\n"})
    for name, code in (("a.txt.gz", "TXT301"), ("a.txt", "FIL105")):
        stdin = PACK[".gz"](TEXT + b"<|end|>\n")
        assert code in run_cli("-", stdin=stdin, stdin_filename=name, output_format="concise")[1]


def test_names() -> None:
    assert bare(b"a.txt.gz") == b"a.txt"
    assert bare(b"A.TXT.ZST") == b"A.TXT"
    assert bare(b"a.gz.txt") == b"a.gz.txt"
    names = [b"a.txt", b"b.GZ", b"c.xz", b"gz", b"d.gz.txt"]
    assert sorted(packed(names)) == [b"b.GZ", b"c.xz"]
    assert not packed([])
