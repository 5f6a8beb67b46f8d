"""Hits about records: wrong numbers of columns, and cells that do not fit their schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ...document import Document, Node
from ...metadata import fields as metadata
from ...metadata.schema.engine import Schema
from ...metadata.schema.violation import Context, Violation
from ...model import Hit
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.visible import visible
from .judge import Judge, judge
from .sheet import Sheet

_QUOTED: Final = later(r'"(?:[^"]|"")*"')
"""A cell between quotation marks (RFC 4180); each quotation mark in it is doubled."""

_NAMED: Final = 3
"""Columns at most that a message names as candidates where one column is missing."""


def uneven(sheet: Sheet) -> Iterator[Hit]:
    """A hit for each record with too few columns or too many."""
    for at in sheet.uneven:
        cells = sheet.cells[at]
        found, most = len(cells), len(sheet.columns.names)
        few = found < sheet.columns.least
        said, helped = _missing(sheet, at) if few else _surplus(sheet, at)
        least = sheet.columns.least
        wanted = f"{least} to {most} are" if least < most else f"{most} {_are(most)}"
        yield Hit(
            *sheet.spans[at],
            f"the line has {_count(found)}, {wanted} expected{said}",
            help=helped,
            data={"found": found, "least": least, "most": most},
        )


def _count(number: int) -> str:
    return f"{number} column{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _missing(sheet: Sheet, at: int) -> tuple[str, str]:
    """For a record with too few columns: more words for the message, and what to do."""
    cells, columns = sheet.cells[at], sheet.columns
    name = _separator(columns.separator)
    names = list(columns.names)
    if len(cells) == 1 and len(cells[0].split()) > 1:
        return f": there is no {name} in it", f"write one {name} between two columns, no blanks"
    lost = []
    if len(cells) == columns.least - 1:
        takes, kind = judge(columns), sheet.lines.classes[sheet.kinds[at]].name
        before, after = _agreeing(takes, kind, cells, columns.least)
        lost = names[len(cells) - after : before + 1]
    if lost and len(lost) <= min(_NAMED, columns.least - 1):
        known = " or ".join(f"`{visible(one)}`" for one in lost)
        return f": {known} is missing", f"write what is missing, with one {name} before it"
    return "", f"separate {len(names)} columns by one {name} each"


def _agreeing(takes: Judge, kind: str, cells: Sequence[str], width: int) -> tuple[int, int]:
    """How many cells fit their columns, counted from the first cell, and from the last one."""
    most = min(len(cells), width)
    before, after = 0, 0
    while before < most and takes.takes(kind, cells[before], before):
        before += 1
    while after < most and takes.takes(kind, cells[-1 - after], width - 1 - after):
        after += 1
    return before, after


def _surplus(sheet: Sheet, at: int) -> tuple[str, str]:
    """For a record with too many columns: more words for the message, and what to do."""
    cells, columns = sheet.cells[at], sheet.columns
    name, width = _separator(columns.separator), len(columns.names)
    empty = [index for index, cell in enumerate(cells) if not cell]
    if len(empty) == len(cells) - width:
        many = f"the {len(empty)} that are empty" if len(empty) > 1 else "the one that is empty"
        place = f": column {empty[0] + 1} is empty" if len(empty) == 1 else ""
        return place, f"remove {many}: two {name}s stand side by side"
    if len(cells) == width + 1:
        takes, kind = judge(columns), sheet.lines.classes[sheet.kinds[at]].name
        before, after = _agreeing(takes, kind, cells, width)
        odd = [
            index
            for index in range(width - after, before + 1)
            if not takes.takes(kind, cells[index], min(index, width - 1))
        ]
        if len(odd) == 1:
            shown = visible(cells[odd[0]][:60])
            return f": `{shown}` (column {odd[0] + 1}) is too many", "remove it"
    return "", f"leave {_count(width)}; a {name} within a cell would end it"


def open_quotes(sheet: Sheet) -> Iterator[Hit]:
    """A hit for each cell that begins with a quotation mark that does not enclose it."""
    for at in sheet.records:
        cells = sheet.cells[at]
        odd = [n for n, one in enumerate(cells) if one.startswith('"') and not _encloses(one)]
        spans = sheet.cell_spans(at) if odd else []
        for index in odd:
            yield _open_quote(sheet, spans[index][0], index, cells[index])


def _encloses(cell: str) -> bool:
    return _QUOTED.fullmatch(cell) is not None


def _open_quote(sheet: Sheet, start: int, index: int, cell: str) -> Hit:
    closed = _QUOTED.match(cell)
    told = (
        "drop it, and end what it quotes before the end of the cell"
        if closed
        else "take it for the first of two, and read over tabs and line ends to the next one"
    )
    return Hit(
        start,
        start + 1,
        f"column {index + 1} begins with a quotation mark: readers of CSV {told}",
        help='write `""` for each mark and put the cell between two, or take the mark out; if no '
        'reader knows quotes, say `body.columns.quotes = "text"`',
        data={"column": sheet.columns.names[index] if index < len(sheet.columns.names) else ""},
    )


def _separator(separator: str) -> str:
    return "tab" if separator == "\t" else f"`{visible(separator)}`"


def unfit(sheet: Sheet, settings: Settings) -> Iterator[Hit]:
    """A hit for each thing in a record that its schema does not allow."""
    document = sheet.document
    identity = metadata.identity(document, settings)
    for at, schema in judge(sheet.columns).unfit(sheet):
        for one in _violations(sheet, at, schema, document, identity):
            data = {**one.data, "cause": one.cause, "column": str((*one.path, "")[0])}
            yield replace(one.hit("the line"), data=data, related=())


def _violations(
    sheet: Sheet, at: int, schema: Schema, document: Document, identity: str
) -> Iterator[Violation]:
    span = sheet.spans[at]
    record = dict(zip(sheet.columns.names, sheet.cells[at], strict=False))
    nodes = {
        name: Node(cell, *place)
        for (name, cell), place in zip(record.items(), sheet.cell_spans(at), strict=False)
    }
    # what is missing is reported at the line: it stands in the place of the metadata block
    context = Context(record, replace(document, block=span, sidecar=None), identity)
    return schema.violations(record, lambda: Node(record, *span, children=nodes), context)
