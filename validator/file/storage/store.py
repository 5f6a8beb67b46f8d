"""What every storage can do, whatever its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from ..opening import ObjectVersion

TRIES: Final = 4
"""How often a read is begun that breaks off in the midst."""


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
        """The objects whose keys begin so, as storage orders them. Raises StorageError.

        Those in whose keys a `delimiter` follows the prefix are one empty object together: its key
        is what they have in common, up to the delimiter.
        """
        ...

    def write(self, key: str, data: bytes) -> None:
        """Put an object there, whole, in place of what has this key. Raises StorageError."""
        ...

    def read(self, key: str, start: int, stop: int, version: ObjectVersion) -> Piece:
        """These bytes of an object, fewer at its end only.

        Raises StorageError, also where it is not of this version any more. Of one whose version is
        not known it is asked for the first bytes first.
        """
        ...
