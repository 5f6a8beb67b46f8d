"""Whether the options about records fit together: classes and columns that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..classes import Lines
from .option_reader import unknown
from .options import Columns, GroupCheck, Numbering, References, Rows

Misfit = tuple[str, str]
"""The key to blame, and the rest of the sentence "`key` ..."."""


def misfits(
    lines: Lines, columns: Columns, numbering: Rows, references: Rows, groups: Rows
) -> Iterator[Misfit]:
    """What does not fit together."""
    known = tuple(lines.names)
    for name in (*columns.classes, *columns.own):
        if name not in known:
            yield "body.columns", unknown("class", name, known)
    for name in columns.own:
        if name in known and name not in columns.classes:
            yield "body.columns", f"has a schema for the class `{name}`, which is none of `classes`"
    for row in numbering.rows:
        yield from _numbering(row, known, columns)
    for row in references.rows:
        yield from _references(row, known, columns)
    for row in groups.rows:
        check: GroupCheck = row
        yield from _classes("body.groups", check.classes, known)


def _numbering(row: Numbering, known: tuple[str, ...], columns: Columns) -> Iterator[Misfit]:
    key = "body.numbering"
    classes = (*row.classes, *row.ranges, *row.inserted)
    yield from _classes(key, classes, known)
    if row.column:
        yield from _columns(key, (row.column,), classes, columns)


def _references(row: References, known: tuple[str, ...], columns: Columns) -> Iterator[Misfit]:
    key = "body.references"
    classes = (*row.classes, *row.among)
    yield from _classes(key, classes, known)
    yield from _columns(key, (row.column, row.to), classes, columns)


def _classes(key: str, names: Iterable[str], known: tuple[str, ...]) -> Iterator[Misfit]:
    for name in names:
        if name not in known:
            yield key, unknown("class", name, known)


def _columns(
    key: str, names: Iterable[str], classes: Iterable[str], columns: Columns
) -> Iterator[Misfit]:
    if not columns.names:
        yield key, "is about a column, but the profile has no `body.columns`"
        return
    for name in names:
        if name not in columns.names:
            yield key, unknown("column", name, columns.names)
    for name in classes:
        if name not in columns.classes:
            yield key, f"is about columns of the class `{name}`, whose lines have none"
