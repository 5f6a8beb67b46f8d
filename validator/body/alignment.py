"""The fewest changes after which a body would fit its content model.

A validator that stops at the first line out of place makes its user run it ten times; one that
goes on without mending what it found calls every line after it wrong. So the cheapest way through
the automaton is sought on which lines may be passed over, missing or taken for another class.
Among the cheapest, the way that goes wrong latest is taken: up to there, nothing was wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Final

from msgspec import Struct

from .automaton import START, Automaton

MOST_STEPS: Final = 300_000
"""Steps of the search for one document before it gives up."""

# A blank line more or less is the commonest slip. A line of no class was most likely meant to be
# of the expected one, the more so if only the signs around it are missing; a line of another class
# less so.
EXTRA_BLANK: Final = 4
EXTRA: Final = 6
MISSING_BLANK: Final = 4
MISSING: Final = 6
UNLIKE: Final = 5
NEARLY: Final = 4
OTHER_CLASS: Final = 9

_LATE: Final = 1 << 40


class Change(Struct, frozen=True):
    """One change: at which line, after which position of the automaton, which is wanted there.

    `wanted` is the position that is missing (`missing`) or that the line should be of; 0 for a
    line that is too many.
    """

    line: int
    after: int
    wanted: int
    missing: bool


class Kinds(Struct, frozen=True):
    """Which classes are the blank line, and the line of no class."""

    blank: int
    other: int


Node = tuple[int, int]
Near = Callable[[int, int], bool]
"""Whether a line of no class is nearly of this class."""


def repair(
    automaton: Automaton, kinds: Sequence[int], special: Kinds, near: Near
) -> list[Change] | None:
    """The changes in order of lines; None if there are too many ways to go through them all."""
    begin: Node = (0, START)
    best: dict[Node, int] = {begin: 0}
    came: dict[Node, tuple[Node, Change | None]] = {}
    heap: list[tuple[int, Node]] = [(0, begin)]
    done: set[Node] = set()
    steps = 0
    while heap:
        cost, node = heappop(heap)
        if node in done:
            continue
        done.add(node)
        if node[0] == len(kinds) and node[1] in automaton.accepting:
            return _way(came, node)
        if steps > MOST_STEPS:
            return None
        for weight, target, change in _moves(automaton, kinds, special, near, node):
            steps += 1
            total = cost + (weight * _LATE + len(kinds) - node[0] if change else 0)
            if total < best.get(target, total + 1):
                best[target] = total
                came[target] = node, change
                heappush(heap, (total, target))
    return None


def _moves(
    automaton: Automaton, kinds: Sequence[int], special: Kinds, near: Near, node: Node
) -> Iterator[tuple[int, Node, Change | None]]:
    line, at = node
    kind = kinds[line] if line < len(kinds) else None
    if kind is not None:
        weight = EXTRA_BLANK if kind == special.blank else EXTRA
        yield weight, (line + 1, at), Change(line, at, 0, False)
    for after in automaton.follow[at]:
        wanted = automaton.classes[after]
        if kind == wanted:
            yield 0, (line + 1, after), None
        elif kind is not None and special.blank not in (kind, wanted):
            weight = OTHER_CLASS
            if kind == special.other:
                weight = NEARLY if near(line, wanted) else UNLIKE
            yield weight, (line + 1, after), Change(line, at, after, False)
        weight = MISSING_BLANK if wanted == special.blank else MISSING
        yield weight, (line, after), Change(line, at, after, True)


def _way(came: dict[Node, tuple[Node, Change | None]], node: Node) -> list[Change]:
    changes = []
    while node in came:
        node, change = came[node]
        if change:
            changes.append(change)
    return changes[::-1]
