"""Decoders of compressed streams with one interface, whose results have a bounded size.

The standard library has this interface for bzip2 and xz; gzip and zstd are adapted to it. Each
module is imported when the first file of its format is read.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import zlib

    import zstandard

XZ_MEMORY: Final = 256 << 20
"""Most bytes of memory for an xz stream; streams of `xz -9` need 65 MiB."""

FRAME: Final = b"\x28\xb5\x2f\xfd"
"""The signature of a Zstandard frame that is not skippable (RFC 8878, 3.1.1)."""

_SKIPPED_AT_ONCE: Final = 1 << 16


class Decoder(Protocol):
    """The interface of `bz2.BZ2Decompressor`: one stream, from its signature to its checksum."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether `decompress` can give more bytes only if it gets more data."""
        ...

    @property
    def unused_data(self) -> bytes:
        """The bytes after the end of the stream."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next expanded bytes, at most `max_length`; data that is not used yet is kept."""
        ...


Opened = tuple[Decoder, type[Exception]]
"""A decoder, and the exception that it raises for a damaged stream."""


def open_gzip() -> Opened:
    """A decoder for one gzip member (RFC 1952)."""
    import zlib

    return _Gzip(zlib.decompressobj(zlib.MAX_WBITS | 16)), zlib.error


def open_deflate() -> Opened:
    """A decoder for a deflate stream, without header and checksum (RFC 1951)."""
    import zlib

    return _Gzip(zlib.decompressobj(-zlib.MAX_WBITS)), zlib.error


def open_bz2() -> Opened:
    """A decoder for one bzip2 stream."""
    import bz2

    return bz2.BZ2Decompressor(), OSError


def open_xz() -> Opened:
    """A decoder for one xz stream."""
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY), lzma.LZMAError


def open_zstd() -> Opened:
    """A decoder for one frame (RFC 8878), with a window of at most 128 MiB, as in `zstd`."""
    import zstandard

    return _Zstd(zstandard.ZstdDecompressor().decompressobj()), zstandard.ZstdError


class _Gzip:
    def __init__(self, stream: zlib._Decompress) -> None:
        self._stream = stream

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)


class _Zstd:
    """Decodes a frame block by block, so that a decompression bomb does not fill the memory.

    The library does not limit the result of a call, but a block expands to 128 KiB at most.
    """

    def __init__(self, frame: zstandard.ZstdDecompressionObj) -> None:
        self._frame = frame
        self._pieces = _pieces()
        self._size = next(self._pieces)
        self._waiting = b""
        self.eof = False

    @property
    def needs_input(self) -> bool:
        return len(self._waiting) < self._size

    @property
    def unused_data(self) -> bytes:
        return self._waiting if self.eof else b""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        waiting, at, have = self._waiting + data, 0, 0
        parts = []
        while not self.eof and have < max_length and len(waiting) - at >= self._size:
            piece = waiting[at : at + self._size]
            at += self._size
            parts.append(self._frame.decompress(piece) if piece else b"")
            have += len(parts[-1])
            try:
                self._size = self._pieces.send(piece)
            except StopIteration:
                self.eof = True
        self._waiting = waiting[at:]
        return b"".join(parts)


def _pieces() -> Generator[int, bytes, None]:
    """Yields the size of each piece of a frame; is sent that piece, which gives the next size.

    Frame header, block header and skippable frame: RFC 8878, 3.1.1.1, 3.1.1.2 and 3.1.2.
    """
    if (yield 4) != FRAME:
        skipped = int.from_bytes((yield 4), "little")
        while skipped:
            skipped -= len((yield min(skipped, _SKIPPED_AT_ONCE)))
        return
    flags = (yield 1)[0]
    single = flags & 0x20
    dictionary = (0, 1, 2, 4)[flags & 3]
    content = (1 if single else 0, 2, 4, 8)[flags >> 6]
    yield (0 if single else 1) + dictionary + content
    last = 0
    while not last:
        block = int.from_bytes((yield 3), "little")
        last = block & 1
        yield 1 if block >> 1 & 3 == 1 else block >> 3
    if flags & 4:
        yield 4
