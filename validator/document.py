"""One document of a file: where its metadata block and its body are, and what they say.

All offsets count from the first byte of the document's own window, which knows its place in the
file. Metadata are parsed when they are first asked for: a document that is found clean by its bytes
costs no parser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct, field

from .text.lines import Window

Span = tuple[int, int]
"""First byte and end (exclusive), in bytes of the document's window."""

NOWHERE: Final[Span] = (-1, -1)


class Node(Struct, frozen=True):
    """A value of the metadata, and the bytes that it and its key were read from.

    `value` is what a reader gets: text, number, truth value, None, list or dict. `children` holds
    the nodes of a mapping by key, or those of a list in order.
    """

    value: Any
    start: int
    end: int
    key: Span = NOWHERE
    children: Mapping[str, Node] | Sequence[Node] = ()

    @property
    def span(self) -> Span:
        """First byte and end of the value."""
        return self.start, self.end


class Place(Struct, frozen=True):
    """What is known of a document before it is read: its file, and the day of the run.

    `fields` come from the name of the file. `beside` are the bytes of the sidecar file with its
    metadata, where others count than those on the disk.
    """

    path: bytes = b""
    fields: Mapping[str, str] = field(default_factory=dict)
    today: date = date(1970, 1, 1)
    beside: bytes | None = None


class Document(Struct, frozen=True, dict=True):
    """One unit of a file: all of it, a record of a bundle, a line of JSONL.

    `block` is the metadata block without its fences, NOWHERE if there is none; `syntax` names how
    it is written (`metadata/syntax`). `attributes` are the values that its markers carry. `index`
    is its number in the file, from 1. `place.fields` are those of the file, such as `file.id`.
    `size` counts its bytes, also where it is too large to be held (its window is then empty).
    `sidecar` is the file beside it that holds its metadata, seen as a document, if there is one.

    The answers of functions with a `memo` are kept in it; a changed copy begins without any.
    """

    window: Window
    body: Span
    block: Span = NOWHERE
    syntax: str = ""
    attributes: Mapping[str, Span] = field(default_factory=dict)
    index: int = 1
    place: Place = Place()
    size: int = 0
    sidecar: Document | None = None

    @property
    def holder(self) -> Document:
        """What holds the metadata: the document itself, or the file beside it."""
        return self if self.sidecar is None else self.sidecar

    @property
    def data(self) -> bytes:
        """The bytes of the document, its markers among them."""
        return self.window.data

    @property
    def text(self) -> bytes:
        """The bytes of the body."""
        return self.window.data[self.body[0] : self.body[1]]

    @property
    def head(self) -> bytes:
        """The bytes of the metadata block; none if there is no block."""
        return self.window.data[self.block[0] : self.block[1]] if self.block[0] >= 0 else b""
