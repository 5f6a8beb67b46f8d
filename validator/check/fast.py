"""What the quick way finds out of files: that they are clean, or what the exact way can use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ..corpus.fact_rows import Row
from ..file.reading import SMALL

if TYPE_CHECKING:
    from ..delimiters.kind import Item
    from .documents_ahead import DocumentsAhead
    from .stretches import Stretches

PORTION: Final = SMALL
"""The most bytes that are screened together: where a clue is found, each file is screened again."""


class Survey(Struct, frozen=True):
    """A clean file: its documents, the bytes in them, and their facts.

    `beside` is the number of bytes of its sidecar file with the metadata.
    """

    count: int
    size: int
    rows: list[Row]
    beside: int = 0


class Doubt(Struct, frozen=True):
    """A file of clean bytes that must go the exact way, and the items that it is divided into."""

    items: Iterable[Item]


class Known(Struct, frozen=True):
    """What is known of a file before the exact way.

    `suspicious` is whether there is a clue in its bytes; None if that is not known. `items` is what
    it is divided into, if it is text without a clue. For a large file, `stretches` are the parts
    that are clean by themselves, or `ahead` has helpers check its documents.
    """

    suspicious: bool | None = None
    items: Iterable[Item] | None = None
    stretches: Stretches | None = None
    ahead: DocumentsAhead | None = None


NOTHING: Final = Known()


def portions(sizes: Sequence[int]) -> Iterator[slice]:
    """Slices of files that are screened together: of at most PORTION bytes, or of one file."""
    start = size = 0
    for at, own in enumerate(sizes if sum(sizes) > PORTION else ()):
        if size + own > PORTION and at > start:
            yield slice(start, at)
            start, size = at, 0
        size += own
    yield slice(start, len(sizes))
