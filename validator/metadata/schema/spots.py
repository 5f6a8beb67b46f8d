"""Spots: the bytes of a document that each value, item and part of a text was read from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ...document import NOWHERE, Node, Span
from .violation import Path


class Spot(Struct, frozen=True):
    """A value, the path to it, and its bytes `start:end` in `source`, which holds the metadata.

    `key` is the span of its key. `parts` are the spots of the parts of a text that was split.
    """

    value: Any
    path: Path
    start: int
    end: int
    source: bytes = b""
    key: Span = NOWHERE
    node: Node | None = None
    parts: tuple[Spot, ...] = ()

    def child(self, step: str | int) -> Spot:
        """The spot of the value at `step` in this one; with the span of this one if it has none."""
        path = (*self.path, step)
        if self.parts and isinstance(step, int) and step < len(self.parts):
            return self.parts[step]
        node = _child(self.node, step)
        if node is not None:
            return Spot(node.value, path, node.start, node.end, self.source, node.key, node)
        return Spot(_item(self.value, step), path, self.start, self.end, self.source, self.key)

    def descend(self, path: Sequence[str | int]) -> Spot:
        """The spot at the end of `path`, which begins here."""
        spot = self
        for step in path:
            spot = spot.child(step)
        return spot

    def split(self, parts: Sequence[str], separator: str) -> Spot:
        """The spot of this text as a list of `parts`, with a spot for each of them."""
        raw = self.source[self.start : self.end]
        tidy = all(part.strip() == part != "" for part in parts)
        plain = tidy and separator.join(parts).encode("utf-8", "replace") == raw
        spans = _in_turn(parts, separator) if plain else locate(raw, parts, separator)
        spots = tuple(
            Spot(part, (*self.path, index), self.start + start, self.start + end, self.source)
            for index, (part, (start, end)) in enumerate(zip(parts, spans, strict=True))
        )
        return Spot(
            list(parts), self.path, self.start, self.end, self.source, self.key, None, spots
        )

    @property
    def key_span(self) -> Span:
        """The span of the key, or of the value if it has no key."""
        return self.key if self.key[0] >= 0 else (self.start, self.end)


def root(tree: Node, source: bytes) -> Spot:
    """The spot of the metadata as a whole."""
    return Spot(tree.value, (), tree.start, tree.end, source, tree.key, tree)


def _child(node: Node | None, step: str | int) -> Node | None:
    if node is None:
        return None
    if isinstance(node.children, Mapping):
        # the schema takes keys that are no text as text
        return node.children.get(str(step)) if isinstance(step, str) else None
    if isinstance(step, int) and step < len(node.children):
        return node.children[step]
    return None


def _item(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _in_turn(parts: Sequence[str], separator: str) -> list[Span]:
    """The span of each part, in bytes of a text that is written without escapes or folds."""
    sizes = [len(part.encode("utf-8", "replace")) for part in parts]
    gap, at = len(separator.encode("utf-8")), 0
    spans = []
    for size in sizes:
        spans.append((at, at + size))
        at += size + gap
    return spans


def locate(raw: bytes, parts: Sequence[str], separator: str) -> list[Span]:
    """The span of each part of a text in `raw`, the bytes that the text was read from.

    The bytes may be folded over lines, in quotes, or indented: for a blank of the text they may
    have any blanks. A part that is not found (as it has an escape) has the span of all the rest.
    """
    spans: list[Span] = []
    at = 0
    glue = re.compile(rb"\s*" + _loose(separator.strip()) + rb"[ \t]*")
    for part in parts:
        if part.strip():
            found = re.compile(_loose(part.strip())).search(raw, at)
            span = (found.start(), found.end()) if found else (at, len(raw))
        else:  # an empty part: the separators around it are what can be seen
            gap = glue.match(raw, at) if separator.strip() else None
            span = (at, gap.end() if gap else at)
        spans.append(span)
        at = span[1]
        if found_glue := glue.match(raw, at):
            at = max(at, found_glue.end())
    return spans


def _loose(text: str) -> bytes:
    words = text.encode("utf-8", "surrogatepass").split()
    return rb"\s+".join(re.escape(word) for word in words)
