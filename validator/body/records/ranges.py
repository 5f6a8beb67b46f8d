"""Lines about a range of numbers, and lines inserted between two numbered ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from .numbers import Reader
from .options import INSERTED, RANGE, Fault
from .sheet import Group

Told = tuple[str, str] | tuple[str, str, str]
"""What is wrong, what to do, and perhaps a note."""


def bound(reader: Reader, group: Group, taken: Mapping[int, int], sound: bool) -> Iterator[Fault]:
    """Faults of ranges and of inserted lines; `taken` has the number of each numbered line.

    In a group whose numbers are not right (not `sound`), only faults within one line are found.
    """
    kinds, last = reader.sheet.kinds, reader.said.first + len(taken) - 1
    state = _State(reader.said.first - 1)
    for line in group:
        kind = kinds[line]
        if kind in reader.counted:
            state = _State(taken[line], line, state.cover)
        elif kind in reader.ranges:
            told = _range(reader, line, state, last, sound)
            if told:
                yield RANGE, reader.hit(line, *told)
            else:
                pair = reader.pair(line) or (0, 0)
                cover = state.cover
                if cover is None or pair[1] > cover[0]:
                    cover = pair[1], line
                state = _State(state.number, state.line, cover, state.inserted, line)
        elif kind in reader.inserted:
            told = _insertion(reader, line, state)
            if told:
                yield INSERTED, reader.hit(line, *told)
            state = _State(state.number, state.line, state.cover, state.inserted + 1, state.pending)


class _State(Struct, frozen=True):
    """The state of a walk through a group.

    `number` is the last number so far; it stands on `line`, and `inserted` lines followed it.
    `cover` is the last number of all ranges so far, and the line of that range. `pending` is the
    line of a range whose first line must come next; -1 for none.
    """

    number: int
    line: int = -1
    cover: tuple[int, int] | None = None
    inserted: int = 0
    pending: int = -1


def _range(reader: Reader, line: int, state: _State, last: int, sound: bool) -> Told | None:
    pair, shown = reader.pair(line), reader.shown(line)
    if pair is None:
        return f"{shown} is no range: it needs a first and a last number", "write it as in `3-4`"
    start, end = pair
    before = f"put it before the line of number {start}"
    if end < start:
        return f"the range {shown} ends before it begins", "write the smaller number first"
    if start <= state.number and state.line >= 0:
        return f"the range {shown} stands after its first line", before, reader.note(state.line)
    if not sound:
        return None
    if end > last:
        message = f"the range {shown} goes beyond the last number of the {reader.unit}, {last}"
        return message, f"end it at {last} or before"
    if start != state.number + 1:
        wrong = f"before number {state.number + 1}, not before its first line"
        return f"the range {shown} stands {wrong}", before
    if state.cover and start <= state.cover[0]:
        message = f"the range {shown} overlaps {reader.shown(state.cover[1])}"
        return message, "a line belongs to one range", reader.note(state.cover[1])
    return None


def _insertion(reader: Reader, line: int, state: _State) -> Told | None:
    number, next_one = state.number, state.inserted + 1
    if reader.pair(line) != (number, next_one):
        message = f"expected `{number}.{next_one}` here, found {reader.shown(line)}"
        advice = "what is inserted has the number of the line before it, and counts 1, 2, …"
        return message, advice
    if state.pending >= 0:
        between = f"the range {reader.shown(state.pending)} and its first line"
        message = f"{reader.shown(line)} stands between {between}"
        return message, "put it before the range", reader.note(state.pending)
    return None
