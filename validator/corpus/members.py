"""Documents as corpus rules see them, and places in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from msgspec import Struct
from xxhash import xxh3_128_digest

LIST: Final = b"\0"
"""Stands between the items of a fact that is a list."""

AGAIN: Final = "here, too"
"""The message at a further place in the text with the same fault."""


class Spot(Struct, frozen=True):
    """A place in the corpus: a field of a document, or one item in it, a document, or a file.

    `index` counts the documents of the file from 1; 0 means the file, or its bytes `start:end` if
    `start` is not -1.
    """

    path: bytes
    index: int = 0
    field: str = ""
    item: bytes = b""
    start: int = -1
    end: int = -1


class Member(Struct, frozen=True):
    """A document as corpus rules see it: the values of the fields asked for, and where it is.

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


Made = TypeVar("Made")

_SHORT: Final = 256
"""A fact of fewer bytes than this is taken apart again each time."""

_MOST: Final = 1 << 25
"""The most bytes of facts whose parts are kept, not counting the last one."""


class OfMembers(Generic[Made]):
    """Calls `made` with the first value of a member, for instance to divide it into items.

    The results for long values are kept, so that a document with a hundred thousand references is
    not taken apart a hundred thousand times.
    """

    def __init__(self, made: Callable[[bytes], Made]) -> None:
        self._made = made
        self._kept: dict[int, Made] = {}
        self._sizes: dict[int, int] = {}
        self._total = 0

    def __call__(self, member: Member) -> Made:
        """The result of `made` for the first value of this member."""
        if len(member.key) < _SHORT:
            return self._made(member.key)
        if member.number not in self._kept:
            while self._kept and self._total + len(member.key) > _MOST:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._total -= self._sizes.pop(oldest)
            self._kept[member.number] = self._made(member.key)
            self._sizes[member.number] = len(member.key)
            self._total += len(member.key)
        return self._kept[member.number]


def items_of_members(split: str) -> OfMembers[Sequence[bytes]]:
    """A function that gives the items of a member, in their order."""
    return OfMembers(lambda key: items_of(key, split))


def items_by_digest(split: str) -> OfMembers[Mapping[bytes, bytes]]:
    """A function that gives the items of a member, by their digests."""
    return OfMembers(lambda key: {xxh3_128_digest(one): one for one in items_of(key, split)})
