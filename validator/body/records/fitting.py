"""Whether the options about records fit together: classes and columns that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import undeclared
from ...settings.options import Settings
from ..classes import LINES
from .options import COLUMNS, GROUPS, NUMBERING, REFERENCES, Columns, Numbering, References

Misfit = tuple[str, str]
"""The key to blame, and the rest of the sentence "`key` ..."."""


def misfits(settings: Settings) -> Iterator[Misfit]:
    """What does not fit together."""
    lines, columns = settings[LINES], settings[COLUMNS]
    known = tuple(lines.names)
    for name in (*columns.classes, *columns.by_class):
        if name not in known:
            yield COLUMNS.key, undeclared("class", name, known)
    for name in columns.by_class:
        if name in known and name not in columns.classes:
            yield COLUMNS.key, f"has a schema for the class `{name}`, which is none of `classes`"
    for row in settings[NUMBERING].rows:
        yield from _numbering(row, known, columns)
    for one in settings[REFERENCES].rows:
        yield from _references(one, known, columns)
    for check in settings[GROUPS].rows:
        yield from _classes(GROUPS.key, check.classes, known)


def _numbering(row: Numbering, known: tuple[str, ...], columns: Columns) -> Iterator[Misfit]:
    key = NUMBERING.key
    classes = (*row.classes, *row.ranges, *row.inserted)
    yield from _classes(key, classes, known)
    if row.column:
        yield from _columns(key, (row.column,), classes, columns)


def _references(row: References, known: tuple[str, ...], columns: Columns) -> Iterator[Misfit]:
    key = REFERENCES.key
    classes = (*row.classes, *row.targets)
    yield from _classes(key, classes, known)
    yield from _columns(key, (row.column, row.to), classes, columns)


def _classes(key: str, names: Iterable[str], known: tuple[str, ...]) -> Iterator[Misfit]:
    for name in names:
        if name not in known:
            yield key, undeclared("class", name, known)


def _columns(
    key: str, names: Iterable[str], classes: Iterable[str], columns: Columns
) -> Iterator[Misfit]:
    if not columns.names:
        yield key, "is about a column, but the profile has no `body.columns`"
        return
    for name in names:
        if name not in columns.names:
            yield key, undeclared("column", name, columns.names)
    for name in classes:
        if name not in columns.classes:
            yield key, f"is about columns of the class `{name}`, whose lines have none"
