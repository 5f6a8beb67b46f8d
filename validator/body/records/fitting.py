"""Whether the options about records fit together: classes and columns that are declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...errors import undeclared
from ...settings.options import Settings
from ..classes import LINES
from .options import COLUMNS, GROUPS, NUMBERING, REFERENCES, Columns

Misfit = tuple[str, str]
"""The key that is wrong, and the rest of the sentence "`key` ..."."""


def misfits(settings: Settings) -> Iterator[Misfit]:
    """What does not fit together in the options about records."""
    lines, columns = settings[LINES], settings[COLUMNS]
    known = tuple(lines.names)
    for name in (*columns.classes, *columns.by_class):
        if name not in known:
            yield COLUMNS.key, undeclared("class", name, known)
    for name in columns.by_class:
        if name in known and name not in columns.classes:
            yield COLUMNS.key, f"has a schema for the class `{name}`, which is none of `classes`"
    for key, classes, used in _uses(settings):
        for name in classes:
            if name not in known:
                yield key, undeclared("class", name, known)
        if used:
            yield from _columns(key, used, classes, columns)


def _uses(settings: Settings) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """For each table: its key, the classes it names, and the columns that their lines must have."""
    for row in settings[NUMBERING].rows:
        column = (row.column,) if row.column else ()
        yield NUMBERING.key, (*row.classes, *row.ranges, *row.inserted), column
    for one in settings[REFERENCES].rows:
        yield REFERENCES.key, (*one.classes, *one.targets), (one.column, one.to)
    for check in settings[GROUPS].rows:
        yield GROUPS.key, check.classes, ()


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
