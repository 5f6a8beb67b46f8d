"""Shapes of records: the names of their fields and the types of the values, at all depths.

Most records of a file have one of a few shapes: if a rule finds no fault in a shape, it need not
look at other records of that shape.
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
"""The step of a path that means all items of a list."""


def field_name(path: FieldPath) -> str:
    """The name of a field in messages: `authors[].name`."""
    return visible(".".join(path).replace("." + ITEM, ITEM))[:80]


class Records(list[dict[str, Any]]):
    """Consecutive records of a file, with their common shape, which is found once."""

    @cached_property
    def shape(self) -> tuple[Any, ...] | None:
        """The names of the fields of every record in order, then the types of their values.

        None if the records differ, or have lists or tables inside.
        """
        return _one_shape(self) if self else None


MOST: Final = 1 << 14
"""Most shapes that a rule keeps."""

_values = methodcaller("values")

_NESTED: Final = frozenset((dict, list))


def shapes(records: Sequence[Mapping[str, Any]]) -> set[object]:
    """The different shapes of these records."""
    found = records.shape if isinstance(records, Records) else None
    return {found} if found else set(map(shape, records))


def _one_shape(records: Sequence[Mapping[str, Any]]) -> tuple[Any, ...] | None:
    """The common shape of all records; None if they differ, or have lists or tables inside."""
    names = [*records[0]]
    count, width = len(records), len(names)
    # A record has each key once, so none has more keys than there are names: if the keys of all
    # records together are the names again and again, then every record has just these.
    if [*chain.from_iterable(records)] != names * count:
        return None
    kinds = [*map(type, chain.from_iterable(map(_values, records)))]
    first = kinds[:width]
    if kinds != first * count or not _NESTED.isdisjoint(first):
        return None
    return (*names, *first)


class Known:
    """The shapes in which a rule has found no fault, and the number of records so far (`count`)."""

    def __init__(self) -> None:
        self.count = 0
        self._shapes: set[object] = set()

    def agrees(self, shapes: Set[object]) -> bool:
        """Whether all of these shapes are known."""
        return shapes <= self._shapes

    def take(self, count: int) -> None:
        """Add `count` records, whose shapes are known, to the number of records."""
        self.count += count

    def learn(self, found: object) -> None:
        """Add a shape to the known ones; if there are MOST already, these are forgotten."""
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
