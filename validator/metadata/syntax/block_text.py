"""Common parts of the exact parsers: the text of a block with its byte offsets, and the result."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any, Final

from msgspec import Struct

from ...document import NOWHERE, Node, Span
from ...model import Flaw
from ...text.lazy_re import later

SAFE_INTEGER: Final = 1 << 53
"""Integers whose magnitude is below this are exact in a double (RFC 7493, 2.2; IEEE 754)."""

_UNDECODED: Final = later("[\udc80-\udcff]")


class Examined(Struct, frozen=True):
    """The tree of a block, None if it cannot be read, and its flaws in order of offset."""

    tree: Node | None
    flaws: tuple[Flaw, ...] = ()


class Stop(Exception):  # noqa: N818 - no error: the way out of a block that cannot be read on
    """Ends the reading of a block; `flaw` says why the rest cannot be read."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw


def node_of(
    children: Mapping[str, Node] | list[Node], start: int, end: int, key: Span = NOWHERE
) -> Node:
    """The node of a mapping or a list with these children, at `start:end`, with the span `key`."""
    if isinstance(children, list):
        return Node([child.value for child in children], start, end, key, tuple(children))
    fields = {name: child.value for name, child in children.items()}
    return Node(fields, start, end, key, children)


class Open:
    """A mapping or a list that begins at `start` and is not closed yet."""

    def __init__(self, start: int, is_mapping: bool) -> None:
        self.start, self.is_mapping = start, is_mapping
        self.children: dict[str, Node] = {}
        self.items: list[Node] = []
        self._firsts: dict[str, int] = {}  # by repeated key: where it is first

    def first(self, name: str) -> int:
        """Where the key `name` is first in this mapping; -1 for a new one."""
        known = self.children.get(name)
        return -1 if known is None else self._firsts.setdefault(name, known.key[0])

    def node(self, end: int, key: Span = NOWHERE) -> Node:
        """The node of this mapping or list, which ends at `end`."""
        return node_of(self.children if self.is_mapping else self.items, self.start, end, key)


def by_place(flaws: Iterable[Flaw]) -> tuple[Flaw, ...]:
    """The flaws in order of offset; those without one first."""
    return tuple(sorted(flaws, key=lambda flaw: getattr(flaw, "start", -1)))


def kind_of(value: Any) -> str:
    """The type of a value in words: `a list`, `a text`."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a mapping"


class Text:
    """The decoded text of the block `start:end` of `data`; each byte that is not UTF-8 is U+FFFD.

    Offsets in `text` count code points; `at` gives the byte offset in `data` for one of them.
    """

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.start = start
        block = data[start:end]
        raw = block.decode("utf-8", "surrogateescape")
        self._offsets: array[int] | None = None
        if len(raw) != len(block):
            sizes = (_size(code) for code in map(ord, raw))
            self._offsets = array("q", accumulate(sizes, initial=0))
        self.text = raw if block.isascii() else _replaced(raw)

    def at(self, index: int) -> int:
        """The byte offset in the data of the code point `index`; at most the block's end."""
        index = max(0, min(index, len(self.text)))
        return self.start + (index if self._offsets is None else self._offsets[index])


def _replaced(raw: str) -> str:
    return _UNDECODED.sub("\ufffd", raw)


def _size(code: int) -> int:
    """Bytes that a code point takes in the block; U+DC80 to U+DCFF are one invalid byte each."""
    if code < 0x80 or 0xDC80 <= code <= 0xDCFF:
        return 1
    return 2 if code < 0x800 else 3 if code < 0x10000 else 4


def decoded(data: bytes) -> str:
    """`data` as text; each byte that is not UTF-8 becomes U+FFFD."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _replaced(data.decode("utf-8", "surrogateescape"))
