"""Bytes compressed again as a file was: in its format, with what its first bytes say of how.

Of gzip the header stays as it is (name, time, system), and its level is the one that it tells;
bzip2 tells its block size, xz its check, zstd whether there is a checksum. Other levels are those
of the tools.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from .compression import Packing

_EXTRA, _NAME, _COMMENT, _CHECK = 4, 8, 16, 2  # flags of RFC 1952, 2.3.1
_FIXED: Final = 10
"""Bytes of the header of gzip before its optional parts."""

_LEVELS: Final = {2: 9, 4: 1}
"""Levels that gzip tells in XFL; others are 6."""


class UnlikeError(ValueError):
    """A file is compressed in a way that cannot be kept; the message says which."""


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def repacked(head: bytes, packing: Packing, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """`pieces` as a file in the format of one that begins with `head`. Raises UnlikeError."""
    if packing.name == "gzip":
        yield from _gzipped(head, pieces)
        return
    compressor = _COMPRESSORS[packing.name](head)
    for piece in pieces:
        yield compressor.compress(piece)
    yield compressor.flush()


def _gzipped(head: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
    header = _gzip_header(head)
    compressor = zlib.compressobj(_LEVELS.get(header[8], 6), zlib.DEFLATED, -zlib.MAX_WBITS)
    check = size = 0
    yield header
    for piece in pieces:
        check, size = zlib.crc32(piece, check), size + len(piece)
        yield compressor.compress(piece)
    yield compressor.flush()
    yield check.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little")


def _gzip_header(head: bytes) -> bytes:
    flags = head[3]
    if flags & (_EXTRA | _CHECK):
        raise UnlikeError("its gzip header has fields that belong to its compressed bytes")
    end = _FIXED
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            found = head.find(b"\0", end)
            if found < 0:
                raise UnlikeError("its gzip header is longer than such headers are")
            end = found + 1
    return head[:end]


def _bzip2(head: bytes) -> _Compressor:
    import bz2

    return bz2.BZ2Compressor(int(head[3:4]))


def _xz(head: bytes) -> _Compressor:
    import lzma

    return lzma.LZMACompressor(lzma.FORMAT_XZ, check=head[7] & 0x0F)


def _zstd(head: bytes) -> _Compressor:
    import zstandard

    has_check = bool(head[4] & 4)  # RFC 8878, 3.1.1.1.1
    return zstandard.ZstdCompressor(
        write_checksum=has_check, write_content_size=False
    ).compressobj()


_COMPRESSORS: Final[dict[str, Callable[[bytes], _Compressor]]] = {
    "bzip2": _bzip2,
    "xz": _xz,
    "zstd": _zstd,
}
