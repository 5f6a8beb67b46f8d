"""The numbers of lines, as they are written, and where."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from msgspec import Struct

from ...document import Span
from ...model import Hit
from ...text.lazy_re import later
from ...text.re2 import first_group_span
from .options import Numbering
from .sheet import Sheet, quoted

_DIGITS: Final = later(r"[0-9]+")
_LONGEST: Final = 15  # digits of a number that a line may have
_HUGE: Final = 10**_LONGEST


class Reader(Struct, frozen=True, dict=True):
    """Reads the numbers that one table of `body.numbering` is about."""

    sheet: Sheet
    said: Numbering

    @cached_property
    def counted(self) -> frozenset[int]:
        """The classes that are numbered."""
        return self.sheet.indexes(self.said.classes)

    @cached_property
    def ranges(self) -> frozenset[int]:
        """The classes with a first and a last number."""
        return self.sheet.indexes(self.said.ranges)

    @cached_property
    def inserted(self) -> frozenset[int]:
        """The classes of lines inserted between two numbered ones, with a number of their own."""
        return self.sheet.indexes(self.said.inserted)

    @cached_property
    def others(self) -> frozenset[int]:
        """The classes that are not counted, but have numbers: ranges and inserted lines."""
        return self.ranges | self.inserted

    @property
    def unit(self) -> str:
        """What messages call the lines that are numbered together."""
        return self.sheet.unit(self.said.within)

    @cached_property
    def text(self) -> Callable[[int], str]:
        """A function: line -> its number as it is written."""
        sheet, said = self.sheet, self.said
        if said.column:
            cells, at = sheet.cells, sheet.columns.names.index(said.column)
            if sheet.columns.least > at:
                return lambda line: cells[line][at]
            return lambda line: sheet.cell(line, said.column)
        find, raw = self._find, sheet.raw
        return lambda line: raw[line][slice(*(find(raw[line]) or (0, 0)))].decode(
            "utf-8", "replace"
        )

    @cached_property
    def _find(self) -> Callable[[bytes], Span | None]:
        return first_group_span(f"(?m:{self.said.pattern})")

    def span(self, line: int) -> Span:
        """The span of the number of a line; of the whole line where it has none."""
        sheet = self.sheet
        if self.said.column:
            return sheet.cell_span(line, self.said.column)
        start = sheet.spans[line][0]
        found = self._find(sheet.raw[line])
        if found is None or found[0] == found[1]:
            return sheet.spans[line]
        return start + found[0], start + found[1]

    def number(self, line: int) -> int | None:
        """The number of a line; None where there is something else."""
        text = self.text(line)
        return _value(text) if text.isascii() and text.isdigit() else None

    def pair(self, line: int) -> tuple[int, int] | None:
        """The two numbers of a line; None where there are not two."""
        found = _DIGITS.findall(self.text(line))
        return (_value(found[0]), _value(found[1])) if len(found) == 2 else None

    def shown(self, line: int) -> str:
        """The number of a line as it is written, quoted for a message."""
        return quoted(self.text(line))

    def hit(self, line: int, message: str, help: str, *notes: str) -> Hit:  # noqa: A002
        """A hit at the number of a line."""
        return Hit(*self.span(line), message, help=help, notes=notes)

    def note(self, line: int) -> str:
        """A note that names the number of another line, and its row."""
        return f"{self.shown(line)} stands on line {self.sheet.row(line)}"


def _value(digits: str) -> int:
    """The value of digits; one constant (`_HUGE`) for all that are longer than `_LONGEST`."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= _LONGEST else _HUGE
