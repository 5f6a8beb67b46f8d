"""Numbers of lines that count: 1, 2, 3 … through each group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct

from ..document import Span
from ..later import later
from ..model import Hit
from ..patterns import finder, first_group
from ..visible import visible
from .options import NUMBER, Fault, Numbering
from .sheet import Group, Sheet

_DIGITS: Final = later(r"[0-9]+")
_LONGEST: Final = 15  # digits of a number that a line may have
_HUGE: Final = 10**_LONGEST
_SHOWN: Final = 40


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
        """The classes with a number that stands between two."""
        return self.sheet.indexes(self.said.inserted)

    @cached_property
    def others(self) -> frozenset[int]:
        """The classes that are not numbered, but bound to numbers."""
        return self.ranges | self.inserted

    @property
    def unit(self) -> str:
        """What messages call the lines that are numbered together."""
        return self.sheet.lines.group if self.said.by_group else "body"

    @cached_property
    def text(self) -> Callable[[int], str]:
        """Gives the number of a line as it is written."""
        sheet, said = self.sheet, self.said
        if said.column:
            cells, at = sheet.cells, sheet.columns.names.index(said.column)
            if sheet.columns.least > at:
                return lambda line: cells[line][at]
            return lambda line: sheet.cell(line, said.column)
        find, raw = first_group(f"(?m:{said.pattern})"), sheet.raw
        return lambda line: (find(raw[line]) or b"").decode("utf-8", "replace")

    def span(self, line: int) -> Span:
        """Where it is written."""
        sheet = self.sheet
        if self.said.column:
            return sheet.cell_span(line, self.said.column)
        start = sheet.spans[line][0]
        raw, text = sheet.raw[line], self.text(line).encode()
        match = finder(self.said.pattern).first(raw)
        at = raw.find(text, match[0]) if match and text else -1
        return (start + at, start + at + len(text)) if at >= 0 else sheet.spans[line]

    def number(self, line: int) -> int | None:
        """The number of a line; None where there is something else."""
        text = self.text(line)
        return _value(text) if text.isascii() and text.isdigit() else None

    def pair(self, line: int) -> tuple[int, int] | None:
        """The two numbers of a line; None where there are not two."""
        found = _DIGITS.findall(self.text(line))
        return (_value(found[0]), _value(found[1])) if len(found) == 2 else None

    def shown(self, line: int) -> str:
        """What a line has for a number, for a message."""
        text = self.text(line)
        return f"`{visible(text[:_SHOWN])}{'…' if len(text) > _SHOWN else ''}`"

    def hit(self, line: int, message: str, help: str, *notes: str) -> Hit:  # noqa: A002
        """A hit at the number of a line."""
        return Hit(*self.span(line), message, help=help, notes=notes)

    def note(self, line: int) -> str:
        """A note that tells where another number stands."""
        return f"{self.shown(line)} stands on line {self.sheet.row(line)}"


def _value(digits: str) -> int:
    """A number; one that no line can have is only huge."""
    digits = digits.lstrip("0") or "0"
    return int(digits) if len(digits) <= _LONGEST else _HUGE


_COUNTING: dict[int, list[str]] = {}


def _counting(first: int, count: int) -> list[str]:
    """So many numbers from the first on, as they are written."""
    known = _COUNTING.setdefault(first, [])
    while len(known) < count:
        known.append(str(first + len(known)))
    return known[:count]


def number_faults(reader: Reader, group: Group) -> Iterator[Fault]:
    """What is wrong with the numbers of a group."""
    kinds, counted = reader.sheet.kinds, reader.counted
    numbered = [line for line in group if kinds[line] in counted]
    first = reader.said.first
    hits: list[Hit] = []
    turns: Sequence[int] = range(first, first + len(numbered))
    if [*map(reader.text, numbered)] != _counting(first, len(numbered)):
        hits, turns = _sequence(reader, numbered)
        yield from ((NUMBER, hit) for hit in hits)
    if reader.others and not reader.others.isdisjoint(kinds[line] for line in group):
        from .ranges import bound

        taken = dict(zip(numbered, turns, strict=True))
        yield from bound(reader, group, taken, sound=not hits)


def _sequence(reader: Reader, lines: Sequence[int]) -> tuple[list[Hit], Sequence[int]]:
    """A hit for each number that is not the next one, and the number that each line is taken for.

    Those after a wrong number count from it; but where the number after it goes on as if it were
    not there, or were right, it stands alone.
    """
    expected = reader.said.first
    found = [*map(reader.number, lines)]
    hits, turns = [], []
    seen: dict[int, int] = {}
    for at, number in enumerate(found):
        if number == expected:
            turns.append(expected)
            expected += 1
        else:
            hits.append(_out_of_turn(reader, lines, at, expected, seen))
            follows = found[at + 1] if at + 1 < len(found) else None
            alone = number is None or follows in {expected, expected + 1}
            turns.append(expected if number is None or alone else number)
            if follows != expected:
                expected = turns[-1] + 1
        if number is not None:
            seen.setdefault(number, lines[at])
    return hits, turns


def _out_of_turn(
    reader: Reader, lines: Sequence[int], at: int, expected: int, seen: Mapping[int, int]
) -> Hit:
    line, number = lines[at], reader.number(lines[at])
    first, unit = reader.said.first, reader.unit
    helped = f"number the lines of a {unit} {first}, {first + 1}, …"
    where = f"after {reader.shown(lines[at - 1])}" if at else f"first in the {unit}"
    if number is None:
        text = reader.shown(line) if reader.text(line) else "nothing"
        return reader.hit(line, f"expected the number {expected} {where}, found {text}", helped)
    message = f"expected {expected} {where}, found {reader.shown(line)}"
    notes = (reader.note(seen[number]),) if number in seen else ()
    return reader.hit(line, message, f"{helped}; what refers to them may have to follow", *notes)
