"""Running numbers of lines: 1, 2, 3 … through each group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...model import Hit
from .numbers import Reader
from .options import NUMBER, Fault
from .ranges import bound
from .sheet import Group

_COUNTING: dict[int, list[str]] = {}


def _counting(first: int, count: int) -> list[str]:
    """`count` numbers from `first` on, as they are written."""
    known = _COUNTING.setdefault(first, [])
    while len(known) < count:
        known.append(str(first + len(known)))
    return known[:count]


def number_faults(reader: Reader, group: Group) -> Iterator[Fault]:
    """The faults of the numbers of a group."""
    kinds, counted = reader.sheet.kinds, reader.counted
    numbered = [line for line in group if kinds[line] in counted]
    first = reader.said.first
    hits: list[Hit] = []
    turns: Sequence[int] = range(first, first + len(numbered))
    if [*map(reader.text, numbered)] != _counting(first, len(numbered)):
        hits, turns = _sequence(reader, numbered)
        yield from ((NUMBER, hit) for hit in hits)
    if reader.others and not reader.others.isdisjoint(kinds[line] for line in group):
        taken = dict(zip(numbered, turns, strict=True))
        yield from bound(reader, group, taken, sound=not hits)


def _sequence(reader: Reader, lines: Sequence[int]) -> tuple[list[Hit], Sequence[int]]:
    """A hit for each number that is not the next one; and the number each line is taken to have.

    After a wrong number the count goes on from it; but if the number after it continues as if the
    wrong one were not there, or were right, only that one is wrong.
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
