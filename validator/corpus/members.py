"""Documents as the corpus knows them, and places in them."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from xxhash import xxh3_128_digest

LIST: Final = b"\0"
"""Stands between the items of a fact that is a list."""

AGAIN: Final = "here, too"
"""What is said of another place in the text with the same fault."""


class Spot(Struct, frozen=True):
    """A place in the corpus: a field of a document, or one item in it, a document, or a file.

    `index` counts the documents of the file from 1; with 0 it is the file that is meant, or the
    bytes `start:end` of it.
    """

    path: bytes
    index: int = 0
    field: str = ""
    item: bytes = b""
    start: int = -1
    end: int = -1


class Member(Struct, frozen=True):
    """A document as the corpus knows it: the values of the fields asked for, and where it is.

    `index` is 0 where the values are those of a file that holds many documents. `number` counts
    documents, or files if it is `of_file`.
    """

    number: int
    path: bytes
    index: int
    values: tuple[bytes, ...]
    id: bytes = b""
    of_file: bool = False

    @property
    def key(self) -> bytes:
        """The value of the first field."""
        return self.values[0]

    @property
    def folder(self) -> bytes:
        """The path of its directory, with a final `/`, empty for the working directory."""
        return self.path[: self.path.rfind(b"/") + 1]

    def spot(self, name: str, item: bytes = b"") -> Spot:
        """The place of one of its fields."""
        return Spot(self.path, self.index, name, item)


def items_of(key: bytes, split: str) -> list[bytes]:
    """The items of a fact that is a list, or a text that `split` divides."""
    parts = key.split(LIST)
    if split:
        parts = [item for part in parts for item in part.split(split.encode())]
    return [item for item in map(bytes.strip, parts) if item]


def item_with(key: bytes, split: str, digest: bytes) -> bytes:
    """The item that has this digest."""
    return next((one for one in items_of(key, split) if xxh3_128_digest(one) == digest), key)
