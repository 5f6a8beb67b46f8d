"""The interface that every storage has, whatever its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from ..opening import ObjectVersion

TRIES: Final = 4
"""How often a read is tried at most, if the connection breaks off."""


class Entry(NamedTuple):
    """An object of a listing."""

    key: str
    version: ObjectVersion


class Piece(NamedTuple):
    """Bytes of an object, and the version that they are of."""

    data: bytes
    version: ObjectVersion


class Store(Protocol):
    """The objects of a bucket."""

    def entries(self, prefix: str, delimiter: str = "") -> Iterator[Entry]:
        """The objects whose keys begin with `prefix`, in the order of storage. Raises StorageError.

        With a `delimiter`, objects that have it after the prefix are listed as one empty object,
        whose key is their common part up to the delimiter.
        """
        ...

    def write(self, key: str, data: bytes) -> None:
        """Write a whole object; replaces the one with this key. Raises StorageError."""
        ...

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """The bytes `start:stop` of an object, fewer only at its end.

        Raises StorageError, also if the object has another version now. If the version is not known
        (its size is negative), only a read from byte 0 on may find that the object is empty.
        """
        ...
