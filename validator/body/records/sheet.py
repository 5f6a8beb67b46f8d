"""The lines of a body as records: classes, cells, groups, and the bytes of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

from msgspec import Struct

from ...document import Document, Span
from ...metadata.syntax.block_text import decoded
from ...text.lines import lines_of
from ...text.visible import shortened
from ..classes import Lines
from ..quick import plain
from .options import Columns

_SHOWN: Final = 40
_NO_CLASS: Final = frozenset(("blank", "other"))

Group = Sequence[int]
"""The indexes in the body of the lines of a group."""


def quoted(text: str) -> str:
    """A number or a name of a line, for a message."""
    return f"`{shortened(text, _SHOWN)}`"


class Sheet(Struct, frozen=True, dict=True):
    """A body as records; each part is worked out when it is first asked for.

    Lines are named by their index, from 0. Positions are costly, and asked for only in documents
    with a fault.
    """

    document: Document
    lines: Lines
    columns: Columns

    @cached_property
    def raw(self) -> list[bytes]:
        """The lines without their ends."""
        return bytes.splitlines(self.document.text)  # at LF, CR and CRLF, as NEWLINE

    @cached_property
    def texts(self) -> list[str]:
        """The lines decoded."""
        return decoded(plain(self.document.text)).split("\n")[:-1]

    @cached_property
    def kinds(self) -> list[int]:
        """The class of each line."""
        return self.lines.kinds(self.raw)

    def indexes(self, classes: Sequence[str]) -> frozenset[int]:
        """The indexes of classes by name."""
        return frozenset(self.lines.indexes(classes))

    @cached_property
    def records(self) -> list[int]:
        """The lines that are records."""
        wanted = self.indexes(self.columns.classes)
        return [at for at, kind in enumerate(self.kinds) if kind in wanted]

    @cached_property
    def cells(self) -> dict[int, list[str]]:
        """The cells of each record."""
        texts, separator = self.texts, self.columns.separator
        return {at: texts[at].split(separator) for at in self.records}

    @cached_property
    def uneven(self) -> list[int]:
        """The records with too few columns or too many."""
        least, most = self.columns.least, len(self.columns.names)
        return [at for at, cells in self.cells.items() if not least <= len(cells) <= most]

    def cell(self, line: int, column: str) -> str:
        """A cell of a record; empty where the line has none."""
        cells, at = self.cells[line], self.columns.names.index(column)
        return cells[at] if at < len(cells) else ""

    @cached_property
    def groups(self) -> list[Group]:
        """The groups: the lines between two lines that separate groups; no group is empty.

        Where the separators are not blank lines (headings, say), lines before the first separator
        are no group if they are blank or of no class: they are a preface.
        """
        names = self.lines.names
        between = names.index(self.lines.between)
        cuts = [at for at, kind in enumerate(self.kinds) if kind == between]
        preface = self.kinds[: cuts[0]] if cuts else self.kinds
        if self.lines.between == "blank" or any(names[kind] not in _NO_CLASS for kind in preface):
            cuts = [-1, *cuts]
        cuts.append(len(self.kinds))
        return [range(one + 1, two) for one, two in pairwise(cuts) if two > one + 1]

    def unit(self, within: str) -> str:
        """What messages call the lines that are looked at together."""
        return self.lines.group if within == "group" else "body"

    @cached_property
    def unreadable(self) -> frozenset[int]:
        """Lines that are not built as declared: their groups are not checked further."""
        return frozenset((*self.uneven, *self._misplaced()))

    def _misplaced(self) -> list[int]:
        """The lines that do not fit the content model."""
        lines = self.lines
        if not lines.model:
            return []
        screen = lines.screens.model
        if screen is not None and screen(plain(self.document.text)):
            return []
        if lines.automaton.accepts(self.kinds):
            return []
        from ..explain import explain

        return [self.at(hit.start) for hit in explain(self.document, lines)]

    @cached_property
    def spans(self) -> list[Span]:
        """First byte and end of each line in the document."""
        return [line[:2] for line in lines_of(self.document.data, *self.document.body)]

    def at(self, offset: int) -> int:
        """The line that a byte of the document stands in."""
        from bisect import bisect_right

        return max(bisect_right(self.spans, offset, key=lambda span: span[0]) - 1, 0)

    def row(self, line: int) -> int:
        """The number of a line in its file, from 1."""
        window = self.document.window
        return window.row + window.line_at(self.spans[line][0])

    def cell_spans(self, line: int) -> list[Span]:
        """First byte and end of each cell of a record."""
        start, gap = self.spans[line][0], len(self.columns.separator.encode())
        found = []
        for cell in self.raw[line].split(self.columns.separator.encode()):
            found.append((start, start + len(cell)))
            start += len(cell) + gap
        return found

    def cell_span(self, line: int, column: str) -> Span:
        """First byte and end of one cell; of the line where it has none."""
        spans, at = self.cell_spans(line), self.columns.names.index(column)
        return spans[at] if at < len(spans) else self.spans[line]
