"""Documents before and after a fix compared, except for what the fix was meant to change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from .invariants import Case, Change


class Allowed(Struct, frozen=True):
    """What may differ: the name of a field, its value, the order of fields, the order of items."""

    key: Callable[[str, str], bool] = lambda before, after: False
    value: Callable[[Any, Any], bool] = lambda before, after: False
    order: bool = False
    items: bool = False


def same_documents(case: Case, allowed: Allowed) -> bool:
    """Whether all bodies have the same bytes, and all fields are equal except where allowed."""
    before, after = case.documents(case.before), case.documents(case.after)
    return len(before) == len(after) and all(
        one.body == other.body and _same(one.fields, other.fields, allowed)
        for one, other in zip(before, after, strict=True)
    )


def _same(before: Any, after: Any, allowed: Allowed) -> bool:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return _same_fields(before, after, allowed)
    if isinstance(before, list) and isinstance(after, list):
        if allowed.items and sorted(map(repr, before)) == sorted(map(repr, after)):
            return True
        return len(before) == len(after) and all(
            _same(one, other, allowed) for one, other in zip(before, after, strict=True)
        )
    equal = type(before) is type(after) and before == after
    return equal or repr(before) == repr(after) or allowed.value(before, after)


def _same_fields(before: Mapping[str, Any], after: Mapping[str, Any], allowed: Allowed) -> bool:
    if allowed.order:
        return before.keys() == after.keys() and all(
            _same(before[key], after[key], allowed) for key in before
        )
    return len(before) == len(after) and all(
        (key == name or allowed.key(key, name)) and _same(value, other, allowed)
        for (key, value), (name, other) in zip(before.items(), after.items(), strict=True)
    )


def unquoted(raw: bytes) -> str:
    """The text of a scalar without its quotation marks, if it has any."""
    text = raw.decode("utf-8", "replace")
    return text[1:-1] if text[:1] in ('"', "'") and text[-1:] == text[:1] else text


def pairs(changes: Sequence[Change]) -> set[tuple[str, str]]:
    """Pairs of the old and the new text of each change, both without quotation marks."""
    return {(unquoted(one.old), unquoted(one.new)) for one in changes}
