"""What is known of files that are clean, or of which the quick way has found something out."""

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
"""Bytes screened together. With more, one odd file has the others looked at once more, too."""


class Survey(Struct, frozen=True):
    """A clean file: its documents, the bytes in them, and their facts.

    `beside` are the bytes of the file that holds its metadata.
    """

    count: int
    size: int
    rows: list[Row]
    beside: int = 0


class Doubt(Struct, frozen=True):
    """A file of clean bytes that needs a closer look, and what it is divided into."""

    items: Iterable[Item]


class Known(Struct, frozen=True):
    """What the quick way has found out of a file already.

    `suspicious` is whether there is a clue in its bytes; None if that is not known. `items` is what
    it is divided into, where there is no clue and it is text. `stretches` of a large file are clean
    by themselves; or helpers look at its documents (`ahead`).
    """

    suspicious: bool | None = None
    items: Iterable[Item] | None = None
    stretches: Stretches | None = None
    ahead: DocumentsAhead | None = None


NOTHING: Final = Known()


def portions(sizes: Sequence[int]) -> Iterator[slice]:
    """Neighbours that are screened together: at least one, and no more than PORTION bytes."""
    start = size = 0
    for at, own in enumerate(sizes if sum(sizes) > PORTION else ()):
        if size + own > PORTION and at > start:
            yield slice(start, at)
            start, size = at, 0
        size += own
    yield slice(start, len(sizes))
