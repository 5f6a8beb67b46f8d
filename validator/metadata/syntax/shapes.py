"""What records have in common: their fields, and the types of these, at all depths.

Most records of a file have one of a few shapes, so that a rule which has seen a shape without a
fault needs to look at no other record of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from itertools import chain
from operator import methodcaller
from typing import Any, Final

from ...text.visible import visible

FieldPath = tuple[str, ...]
"""The keys that lead to a field of a record."""

ITEM: Final = "[]"
"""Stands in such a path for the items of a list."""


def field_name(path: FieldPath) -> str:
    """A field in a message: `authors[].name`."""
    return visible(".".join(path).replace("." + ITEM, ITEM))[:80]


class Records(list[dict[str, Any]]):
    """Records that stand together, with the shape of them all, told once."""

    @cached_property
    def shape(self) -> tuple[Any, ...] | None:
        """The fields of every record in their order, then their types; None if they differ."""
        return _one_shape(self) if self else None


MOST: Final = 1 << 14
"""Shapes that a rule keeps in mind."""

_values = methodcaller("values")

_NESTED: Final = frozenset((dict, list))


def shapes(records: Sequence[Mapping[str, Any]]) -> set[object]:
    """The shapes of records, each once."""
    found = records.shape if isinstance(records, Records) else None
    return {found} if found else set(map(shape, records))


def _one_shape(records: Sequence[Mapping[str, Any]]) -> tuple[Any, ...] | None:
    """The shape of all records, told at once; None if they differ or nest."""
    names = [*records[0]]
    count, width = len(records), len(names)
    # No record has more keys than there are names, as none stands in it twice: so many keys in
    # this order are the same ones in every record.
    if [*chain.from_iterable(records)] != names * count:
        return None
    kinds = [*map(type, chain.from_iterable(map(_values, records)))]
    first = kinds[:width]
    if kinds != first * count or not _NESTED.isdisjoint(first):
        return None
    return (*names, *first)


class Known:
    """The shapes that a rule has found no fault in, and how many records there were so far."""

    def __init__(self) -> None:
        self.count = 0
        self._shapes: set[object] = set()

    def agrees(self, shapes: Set[object]) -> bool:
        """Whether all of these are known."""
        return shapes <= self._shapes

    def take(self, count: int) -> None:
        """Count so many records that agree."""
        self.count += count

    def learn(self, found: object) -> None:
        """Know a shape; where every record has its own, they are let go."""
        if len(self._shapes) >= MOST:
            self._shapes.clear()
        self._shapes.add(found)


def shape(record: Mapping[str, Any]) -> object:
    """The shape of one record."""
    found = (*record, *map(type, record.values()))
    if dict in found or list in found:
        return (*found, *map(_inner, record.values()))
    return found


def _inner(value: object) -> object:
    if type(value) is dict:
        return shape(value)
    if type(value) is list:
        return frozenset(map(_inner, value))
    return type(value)
