"""Decoders of compressed streams with one face: never more than a bounded piece at a time.

The standard library has this face for bzip2 and xz; gzip and zstd are brought to it. Each module
behind it is imported when a file of its format is first seen.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    import zlib

    import zstandard

XZ_MEMORY: Final = 256 << 20
"""Bytes that an xz stream may ask for; `xz -9` makes streams that need 65 MiB."""

FRAME: Final = b"\x28\xb5\x2f\xfd"
"""What a frame of Zstandard begins with that is not skippable (RFC 8878, 3.1.1)."""

_SKIPPED_AT_ONCE: Final = 1 << 16


class Decoder(Protocol):
    """As `bz2.BZ2Decompressor`: one stream, from its signature to its checksum."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """Whether there is no more to be had without more data."""
        ...

    @property
    def unused_data(self) -> bytes:
        """What followed the end of the stream."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """What `data` and what was kept before expand to, `max_length` bytes at most."""
        ...


Opened = tuple[Decoder, type[Exception]]
"""A decoder, and what it raises when the stream is damaged."""


def open_gzip() -> Opened:
    """For one member (RFC 1952)."""
    import zlib

    return _Gzip(zlib.decompressobj(zlib.MAX_WBITS | 16)), zlib.error


def open_deflate() -> Opened:
    """For a stream without header and checksum (RFC 1951)."""
    import zlib

    return _Gzip(zlib.decompressobj(-zlib.MAX_WBITS)), zlib.error


def open_bz2() -> Opened:
    """For one stream."""
    import bz2

    return bz2.BZ2Decompressor(), OSError


def open_xz() -> Opened:
    """For one stream."""
    import lzma

    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY), lzma.LZMAError


def open_zstd() -> Opened:
    """For one frame (RFC 8878), with a window of at most 128 MiB as `zstd` itself takes it."""
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
    """Feeds a frame block by block, so that a bomb is seen before it is in memory.

    The library puts no bound on what a call may return, but no block expands to more than 128 KiB.
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
    """The size of each piece of a frame in turn; it is sent the piece, which tells what follows.

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
