"""Reads the bytes of one member of a zip: expands and counts them, and checks their checksum."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from zlib import crc32

from .archive_entry import Entry
from .compression import Bounds
from .decompressors import Decoder, Opened, open_bz2, open_deflate, open_xz, open_zstd
from .streams import CHUNK, BrokenStreamError, CutStream, DamagedStream, InParts, stay_within
from .through import Through

_PIECE: Final = 1 << 17
"""Bytes decoded at a time."""

STORED: Final = 0
METHODS: Final[dict[int, tuple[str, Callable[[], Opened] | None]]] = {
    STORED: ("stored", None),
    8: ("deflate", open_deflate),
    12: ("bzip2", open_bz2),
    93: ("zstd", open_zstd),
    95: ("xz", open_xz),
}
"""How members may be compressed, by the number of the method."""


class ZipMember(InParts):
    """Read once, from start to end. Raises BrokenStreamError, at the end for a wrong checksum."""

    def __init__(self, data: Through, entry: Entry, bounds: Bounds) -> None:
        """`data` is at the first stored byte of the member."""
        self._data, self._entry, self._bounds = data, entry, bounds
        self._name, begin = METHODS[entry.method]
        self._decoder: Decoder | None = None
        self._fault: type[Exception] = Exception
        if begin is not None:
            self._decoder, self._fault = begin()
        self._left, self._taken, self._size, self._sum = entry.stored, 0, 0, 0
        self._ended = False

    def close(self) -> None:
        """Close the archive."""
        self._data.close()

    def _part(self) -> bytes:
        """Some bytes of the member, none at its end."""
        while not self._ended:
            part = self._decoded() if self._decoder else self._take()
            if part:
                self._size += len(part)
                self._sum = crc32(part, self._sum)
                stay_within(self._bounds, self._name, self._taken, self._size)
                if self._size > self._entry.size:
                    known = self._entry.size
                    raise self._damaged(f"it has more than the {known} bytes of the directory")
                return part
            if self._decoder is None or self._decoder.eof:
                self._must_be_right()
        return b""

    def _take(self) -> bytes:
        data = self._data.read(min(CHUNK, self._left))
        self._left -= len(data)
        self._taken += len(data)
        return data

    def _decoded(self) -> bytes:
        decoder = self._decoder
        if decoder is None or decoder.eof:
            return b""
        data = self._take() if decoder.needs_input else b""
        if decoder.needs_input and not data:
            raise BrokenStreamError(CutStream(self._name, self._size))
        try:
            return decoder.decompress(data, _PIECE)
        except self._fault as error:
            raise self._damaged(str(error)) from error

    def _must_be_right(self) -> None:
        """At the end: raises BrokenStreamError if bytes are missing or the checksum is wrong."""
        self._ended = True
        if self._size < self._entry.size:
            raise BrokenStreamError(CutStream(self._name, self._size))
        if self._sum != self._entry.checksum:
            raise self._damaged("the checksum is not that of the bytes")

    def _damaged(self, cause: str) -> BrokenStreamError:
        return BrokenStreamError(DamagedStream(self._name, self._size, cause))
