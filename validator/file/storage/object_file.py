"""Objects read: small ones side by side, a large one by ranges, all of one version."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Final

from ...model import Flaw
from ..opening import ObjectVersion
from .addresses import address_of
from .beside_each_other import side_by_side
from .buckets import store_of
from .storage_errors import StorageError

FIRST: Final = 1 << 18
LARGEST: Final = 1 << 22
"""Bytes of the first range of an object, and of the largest: each is twice the one before."""

UNKNOWN: Final = ObjectVersion(-1)
"""The version of an object that was not listed: whichever is there."""


def heads(
    folder: bytes,
    names: Sequence[bytes],
    odd: Mapping[bytes, Flaw],
    versions: Mapping[bytes, ObjectVersion],
    size: int,
) -> list[bytes | Flaw | StorageError]:
    """The first bytes of each object, at most `size`; a flaw that is known, or what went wrong."""

    def head(name: bytes) -> bytes | Flaw | StorageError:
        if name in odd:
            return odd[name]
        try:
            return read_object(folder + name, size, versions.get(name, UNKNOWN))
        except StorageError as error:
            return error

    return [*side_by_side(head, names)]


def read_object(path: bytes, size: int, version: ObjectVersion = UNKNOWN) -> bytes:
    """The first bytes of an object, at most `size`. Raises StorageError."""
    address = address_of(path.decode("utf-8", "surrogateescape"))
    return store_of(address).read(address.key, 0, size, version).data


class ObjectFile(io.RawIOBase):
    """An object as a file. It is read in ranges, each larger than the one before.

    Raises StorageError if the object gets another version while it is read.
    """

    def __init__(self, path: bytes, version: ObjectVersion | None = None) -> None:
        super().__init__()
        self._address = address_of(path.decode("utf-8", "surrogateescape"))
        self._store = store_of(self._address)
        self._version = version or UNKNOWN
        self._at = self._start = 0
        self._held = memoryview(b"")
        self._step, self._until = FIRST, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The byte that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """See `io`."""
        base = self._at if whence == io.SEEK_CUR else 0
        if whence == io.SEEK_END:
            base = self.size()
        self._at = max(0, base + offset)
        return self._at

    def read_until(self, stop: int) -> None:
        """Announce that all bytes up to `stop` will be read, and none after, so in few ranges."""
        self._until = stop

    def size(self) -> int:
        """How many bytes there are. Raises StorageError."""
        return self.version().size

    def version(self) -> ObjectVersion:
        """The version that is read. Raises StorageError."""
        if self._version.size < 0:
            self._version = self._store.read(self._address.key, 0, 1, self._version).version
        return self._version

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        parts, left = [], size if size >= 0 else self.size() - self._at
        while left > 0 and (part := self._next(left)):
            parts.append(part)
            left -= len(part)
        return b"".join(parts)

    def _next(self, size: int) -> memoryview:
        """Some of the next `size` bytes, none only at the end."""
        place = self._at - self._start
        if not 0 <= place < len(self._held):
            self._fetch(size)
            place = 0
        part = self._held[place : place + size]
        self._at += len(part)
        return part

    def _fetch(self, least: int) -> None:
        """Hold the bytes from here on."""
        end = self._at + max(least, self._wanted())
        if self._version.size >= 0:
            end = min(end, self._version.size)
        self._start, self._held = self._at, memoryview(b"")
        if self._at:
            end = min(end, self.size())
        if self._at < end:
            found = self._store.read(self._address.key, self._at, end, self._version)
            self._held, self._version = memoryview(found.data), found.version

    def _wanted(self) -> int:
        """How many bytes to ask for: those that are going to be read, else more and more."""
        left = self._until - self._at
        if left > 0:
            return min(left, 2 * LARGEST)
        ahead = self._at == self._start + len(self._held) and not self._until
        self._step = min(2 * self._step, LARGEST) if ahead else FIRST
        return self._step
