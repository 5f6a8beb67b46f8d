"""Compresses bytes again as they were compressed in a file, as far as its first bytes tell.

Of gzip the header is kept (name, time, system), and it tells the level; bzip2 tells its block size,
xz its check, and a zstd frame whether it has a checksum and a content size. All else, such as other
levels, is as the tools have it by default.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final, Protocol

from .compression import Packing
from .decompressors import FRAME

_EXTRA, _NAME, _COMMENT, _CHECK = 4, 8, 16, 2  # flags of RFC 1952, 2.3.1
_FIXED: Final = 10
"""Bytes of the header of gzip before its optional parts."""

_LEVELS: Final = {2: 9, 4: 1}
"""By XFL in the header of gzip: the level; for other values it is 6."""

_SIZED, _ONE_SEGMENT, _CHECKED = 0b1100_0000, 0b0010_0000, 0b0000_0100
"""Bits of the descriptor of a frame: a content size of 8 bytes, one segment, a checksum."""

_MOST: Final = 1 << 23
"""Most compressed bytes of a frame that are held until its content size is known."""


class UnlikeError(ValueError):
    """A file is compressed in a way that cannot be repeated; the message says why."""


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self) -> bytes: ...


def repacked(head: bytes, packing: Packing, data: bytes) -> bytes:
    """`data`, compressed like a file that begins with `head`. Raises UnlikeError."""
    packer = Repacker(packing)
    return b"".join((packer.begin(head), packer.add(data), packer.end()))


class Repacker:
    """Compresses a document again, piece by piece, into the same streams as in the old file."""

    def __init__(self, packing: Packing) -> None:
        self._packing = packing
        self._stream: _Compressor | None = None

    def begin(self, head: bytes) -> bytes:
        """End the open stream, and begin the one that began with `head` in the old file.

        Returns the bytes that end the stream before. Raises UnlikeError.
        """
        ended = self.end()
        self._stream = _COMPRESSORS[self._packing.name](head)
        return ended

    def add(self, data: bytes) -> bytes:
        """The compressed bytes for the next `data` of the document."""
        assert self._stream is not None
        return self._stream.compress(data)

    def end(self) -> bytes:
        """The bytes that end the open stream; empty if there is none."""
        stream, self._stream = self._stream, None
        return stream.flush() if stream is not None else b""


class _Gzip:
    """A gzip member (RFC 1952) with its old header."""

    def __init__(self, head: bytes) -> None:
        self._header = _gzip_header(head)
        level = _LEVELS.get(self._header[8], 6)
        self._stream = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._check = self._size = 0

    def compress(self, data: bytes, /) -> bytes:
        header, self._header = self._header, b""
        self._check, self._size = zlib.crc32(data, self._check), self._size + len(data)
        return header + self._stream.compress(data)

    def flush(self) -> bytes:
        check, size = self._check.to_bytes(4, "little"), self._size & 0xFFFFFFFF
        return self._header + self._stream.flush() + check + size.to_bytes(4, "little")


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


class _Zstd:
    """A zstd frame (RFC 8878, 3.1.1) that has a content size if the old one had it.

    The size comes before the content, so the frame is held until it ends. If it has more than
    `_MOST` bytes, it gets no content size.
    """

    def __init__(self, head: bytes) -> None:
        import zstandard

        if not head.startswith(FRAME):
            raise UnlikeError("a frame of it holds what is none of the document, and would be lost")
        descriptor = head[len(FRAME)]
        self._sized = bool(descriptor & (_SIZED | _ONE_SEGMENT))
        compressor = zstandard.ZstdCompressor(
            write_checksum=bool(descriptor & _CHECKED), write_content_size=False
        )
        self._stream = compressor.compressobj()
        self._held = bytearray()
        self._size = 0

    def compress(self, data: bytes, /) -> bytes:
        self._size += len(data)
        new = self._stream.compress(data)
        if not self._sized:
            return new
        self._held += new
        self._sized = len(self._held) <= _MOST
        return b"" if self._sized else self._all_held()

    def flush(self) -> bytes:
        self._held += self._stream.flush()
        if self._sized:
            start = len(FRAME)
            self._held[start] |= _SIZED
            behind_window = start + 2
            self._held[behind_window:behind_window] = self._size.to_bytes(8, "little")
        return self._all_held()

    def _all_held(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held


_COMPRESSORS: Final[dict[str, Callable[[bytes], _Compressor]]] = {
    "gzip": _Gzip,
    "bzip2": _bzip2,
    "xz": _xz,
    "zstd": _Zstd,
}
