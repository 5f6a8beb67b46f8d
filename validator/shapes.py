"""What records have in common: their fields, and the types of these, at all depths.

Most records of a file have one of a few shapes, so that a rule which has seen a shape without a
fault needs to look at no other record of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

Records = Sequence[Mapping[str, Any]]

_NESTED: Final = frozenset((dict, list))

_LAST: list[tuple[Records, set[object]]] = []
"""The last records that were asked about, and the answer: several rules ask the same."""


def shapes(records: Records) -> set[object]:
    """The shapes of records, each once."""
    if _LAST and records:
        known, found = _LAST[0]
        if len(known) == len(records) and known[0] is records[0] and known[-1] is records[-1]:
            return found
    found = _shapes(records)
    _LAST[:] = [(records, found)]
    return found


def _shapes(records: Records) -> set[object]:
    keys = set(map(tuple, records))
    if len(keys) == 1:  # column by column, which is quicker than record by record
        (names,) = keys
        columns = [{*map(type, map(itemgetter(name), records))} for name in names]
        if all(len(kinds) == 1 for kinds in columns):
            kinds = [kind for (kind,) in columns]
            if not _NESTED.intersection(kinds):
                return {(*names, *kinds)}
    return set(map(shape, records))


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
