"""Cells checked by a schema: each distinct cell of a column once, or whole lines where needed.

Most schemas say something of each column by itself. A column of a treebank has few distinct cells
(17 word classes in a million lines), and a cell that fits in one file fits in the next one, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from ...memo import memo
from ...metadata.schema.declaration import Declared
from ...metadata.schema.engine import Schema, compiled
from ...metadata.schema.parts import subschemas
from ...metadata.schema.violation import Context
from .options import Columns
from .sheet import Sheet

# Keywords that a schema may have besides `properties` if each column can be checked by itself.
_ABOUT: Final = frozenset("properties $defs title description x-message x-help x-severity".split())
_OF_DOCUMENTS: Final = frozenset("x-equals x-hash x-not-after x-not-before".split())
_KEPT: Final = 1 << 16  # cells of a column that are known to fit
_LONG: Final = 200  # longer cells are not kept


class _Columns:
    """Columns with the same subschema, and the cells that are known to fit it."""

    def __init__(self, at: Sequence[int], fits: Callable[[Any], bool]) -> None:
        self.at = at
        self._fits = fits
        self._known: set[str] = set()

    def fits(self, cell: str) -> bool:
        """Whether a cell fits."""
        return cell in self._known or self._fits(cell)

    def all_fit(self, rows: Sequence[Sequence[str]], least: int) -> bool:
        """Whether all cells of these columns in these lines fit; then they are kept as known.

        Each line has at least `least` columns.
        """
        cells: set[str] = set()
        for at in self.at:
            long = rows if at < least else [row for row in rows if at < len(row)]
            cells.update(map(itemgetter(at), long))
        new = cells - self._known
        if not all(map(self._fits, new)):
            return False
        if len(self._known) > _KEPT:
            self._known.clear()
        self._known.update(cell for cell in new if len(cell) < _LONG)
        return True


class Part:
    """One schema for lines."""

    def __init__(self, declared: Declared, columns: Columns) -> None:
        self.schema: Schema = compiled(declared)
        self.columns = columns
        self.by_column: tuple[_Columns, ...] | None = None
        if _apart(declared):
            alike: dict[str, list[str]] = {}
            for name, said in declared.get("properties", {}).items():
                alike.setdefault(repr(said), []).append(name)
            self.by_column = tuple(
                _Columns(
                    [columns.names.index(name) for name in names], self.schema.of_field(names[0])
                )
                for names in alike.values()
            )

    def all_fit(self, rows: Sequence[list[str]], context: Context) -> bool:
        """Whether all of these lines fit, given as their cells."""
        if self.by_column is None:
            return all(self.fits(row, context) for row in rows)
        least = self.columns.least
        return all(one.all_fit(rows, least) for one in self.by_column)

    def fits(self, row: Sequence[str], context: Context) -> bool:
        """Whether a line fits."""
        if self.by_column is None:
            record = dict(zip(self.columns.names, row, strict=False))
            return self.schema.check(record, Context(record, context.document))
        width = len(row)
        return all(at >= width or one.fits(row[at]) for one in self.by_column for at in one.at)


def _apart(declared: Mapping[str, Any]) -> bool:
    """Whether a schema can be checked column by column."""
    if not declared.keys() <= _ABOUT:
        return False
    tables = (table for _, table in subschemas(dict(declared)))
    return not any(_OF_DOCUMENTS & table.keys() for table in tables)


class Judge:
    """The compiled schemas of `body.columns`, by the class of a line."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    @memo
    def parts(self, name: str) -> tuple[Part, ...]:
        """The schemas for lines of this class, compiled once."""
        declared = (self.columns.schema, self.columns.by_class.get(name, Declared()))
        return tuple(Part(one, self.columns) for one in declared if one)

    def clean(self, sheet: Sheet) -> bool:
        """Whether every record with a right number of columns fits its schemas."""
        context = Context({}, sheet.document)
        return all(
            part.all_fit(rows, context)
            for kind, rows in _by_kind(sheet).items()
            for part in self.parts(sheet.lines.classes[kind].name)
        )

    def unfit(self, sheet: Sheet) -> Iterator[tuple[int, Schema]]:
        """Each record that does not fit, with the schema that says so."""
        context, uneven = Context({}, sheet.document), {*sheet.uneven}
        for at, row in sheet.cells.items():
            for part in self.parts(sheet.lines.classes[sheet.kinds[at]].name):
                if at not in uneven and not part.fits(row, context):
                    yield at, part.schema

    def takes(self, kind: str, cell: str, column: int) -> bool:
        """Whether a cell may stand in this column of a line of class `kind` (its name).

        True also where only whole lines can be checked.
        """
        return all(
            column not in one.at or one.fits(cell)
            for part in self.parts(kind)
            for one in part.by_column or ()
        )


def _by_kind(sheet: Sheet) -> dict[int, list[list[str]]]:
    """The cells of the records by class."""
    kinds, uneven = sheet.kinds, {*sheet.uneven}
    found: dict[int, list[list[str]]] = {}
    for at, row in sheet.cells.items():
        if at not in uneven:
            found.setdefault(kinds[at], []).append(row)
    return found


@memo
def judge(columns: Columns) -> Judge:
    """The schemas of these columns, compiled."""
    return Judge(columns)
