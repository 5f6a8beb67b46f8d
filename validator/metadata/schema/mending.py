"""Fixes of metadata that does not fit its schema: the edits that give a value its right form.

Edits are byte offsets in the source that the metadata was read from (`Spot.source`). There is no
fix if the bytes are not simply the value (escapes, folded lines, comments between items).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from ...document import Span
from ...model import Applicability, Edit, Fix
from ...text.lazy_re import later
from ...text.visible import visible
from .spots import Spot

_PLAIN: Final = later(r"[A-Za-z](?:[\w. /-]*\w)?")
_QUOTABLE: Final = later(rb"[\w.+:,/ -]*[\w.]")
_OTHERS: Final = frozenset("true false null yes no on off y n inf nan".split())
"""Words that some readers of YAML do not take for text."""

_SHOWN: Final = 40


def renamed(spot: Spot, name: str, applicability: Applicability) -> Fix | None:
    """The fix that gives a field the name `name`; None if its key cannot be edited safely."""
    old = spot.path[-1] if spot.path else None
    start, end = spot.key
    if not isinstance(old, str) or start < 0:
        return None
    new = _written(spot.source[start:end], old, name)
    return _fix(f"call it `{visible(name)}`", [(start, end, new)], applicability, (name,))


def revalued(spot: Spot, value: str) -> Fix | None:
    """The unsafe fix that replaces a text by `value`; None if that cannot be written."""
    if not isinstance(spot.value, str):
        return None
    new = _written(spot.source[spot.start : spot.end], spot.value, value)
    words = f"write `{visible(value[:_SHOWN])}`"
    return _fix(words, [(spot.start, spot.end, new)], Applicability.UNSAFE)


def quoted(source: bytes, span: Span) -> Fix | None:
    """The safe fix that turns an unquoted value into text by quotation marks; None if unsafe."""
    raw = source[span[0] : span[1]]
    new = b'"%b"' % raw if _QUOTABLE.fullmatch(raw) else None
    return _fix("put it in quotes", [(*span, new)], Applicability.SAFE)


def sorted_items(spot: Spot, order: Sequence[int]) -> Fix | None:
    """The unsafe fix that sorts a list: `order` has, for each place, the index of its new item.

    None if an item is not written simply, or comments are between items.
    """
    source, items = spot.source, [spot.child(index) for index in range(len(order))]
    for item, after in pairwise(items):
        if not item.end < after.start or b"#" in source[item.end : after.start]:
            return None
    edits = []
    for place, index in zip(items, order, strict=True):
        raw = source[items[index].start : items[index].end]
        if not isinstance(items[index].value, str) or not _is_token(raw, items[index].value):
            return None
        if raw != source[place.start : place.end]:
            edits.append((place.start, place.end, raw))
    return _fix("put the items in order", edits, Applicability.UNSAFE)


def ordered_keys(spot: Spot, names: Sequence[str]) -> Fix | None:
    """The safe fix that puts the fields `names` into this order; others stay where they are.

    A field of JSON moves with its value, any other with its lines and the comments above them. None
    if fields share lines.
    """
    source = spot.source
    children = {name: spot.child(name) for name in spot.value if isinstance(name, str)}
    if any(child.key[0] < 0 for child in children.values()):
        return None
    if source[spot.start : spot.start + 1] == b"{":
        spans = {name: (child.key[0], child.end) for name, child in children.items()}
    else:
        spans = _lines_of(source, children)
    placed = sorted(spans.values())
    if not spans or any(first[1] > second[0] for first, second in pairwise(placed)):
        return None
    slots = sorted(spans[name] for name in names)
    pieces = [source[slice(*spans[name])] for name in names]
    edits = [(*slot, piece) for slot, piece in zip(slots, pieces, strict=True)]
    edits = [(start, end, new) for start, end, new in edits if source[start:end] != new]
    return _fix("put the fields in order", edits, Applicability.SAFE)


def _lines_of(source: bytes, children: dict[str, Spot]) -> dict[str, Span]:
    """The lines of each field, with the comments directly above; empty if fields share a line."""
    found: dict[str, Span] = {}
    for name, child in children.items():
        start = _line_start(source, child.key[0])
        if source[start : child.key[0]].strip(b" \t"):
            return {}
        end = source.find(b"\n", max(child.end, child.key[1]))
        if end < 0:
            return {}
        while start and source[_line_start(source, start - 1) : start].lstrip().startswith(b"#"):
            start = _line_start(source, start - 1)
        found[name] = (start, end + 1)
    return found


def _line_start(source: bytes, at: int) -> int:
    return source.rfind(b"\n", 0, at) + 1


def _written(raw: bytes, old: str, new: str) -> bytes | None:
    """`new`, written as `old` is in `raw`: plain or in the same quotation marks; None if unsafe."""
    if not _is_token(raw, old):
        return None
    if raw[:1] in (b'"', b"'") and len(raw) > 1:
        fits = new.isprintable() and not {*new} & {*"\"'\\"}
        return raw[:1] + new.encode() + raw[-1:] if fits else None
    is_text = _PLAIN.fullmatch(new) and new.lower() not in _OTHERS
    return new.encode() if is_text else None


def _is_token(raw: bytes, value: str) -> bool:
    """Whether the bytes `raw` are the text `value` itself, plain or between quotation marks."""
    text = value.encode("utf-8", "replace")
    if b"\n" in raw or b"\r" in raw:
        return False
    return raw in (text, b'"%b"' % text, b"'%b'" % text)


def _fix(
    words: str,
    edits: Sequence[tuple[int, int, Any]],
    applicability: Applicability,
    how: tuple[str, ...] = (),
) -> Fix | None:
    if not edits or any(new is None for _, _, new in edits):
        return None
    return Fix(words, tuple(Edit(*edit) for edit in edits), applicability, how=how)
