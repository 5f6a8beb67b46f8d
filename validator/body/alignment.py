"""The fewest changes after which a body would fit its content model.

A validator that stops at the first wrong line must be run once for each fault; one that goes on
without correcting the first fault calls every later line wrong. So the cheapest way through the
automaton is sought, where a line may be left out, added, or taken for a line of another class.
Of several cheapest ways, the one whose first change comes latest is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Final

from msgspec import Struct

from .automaton import START, Automaton

MOST_STEPS: Final = 300_000
"""Steps of the search after which it gives up on a document."""

# What a change costs: the likelier a mistake is, the less. The commonest one is a blank line too
# many or missing. A line of no class was most likely meant to be of the expected class, above all
# if only the signs around it are missing; a line of another class is less likely to be.
EXTRA_BLANK: Final = 4
EXTRA: Final = 6
MISSING_BLANK: Final = 4
MISSING: Final = 6
UNLIKE: Final = 5
NEARLY: Final = 4
OTHER_CLASS: Final = 9

_LATE: Final = 1 << 40


class Change(Struct, frozen=True):
    """One change at the line of index `line`; `after` and `wanted` are positions of the automaton.

    `after` is the position of the line before. `wanted` is the position of the line that is missing
    here (`missing`), or the one that this line should have; 0 for a line that is too many.
    """

    line: int
    after: int
    wanted: int
    missing: bool


class Kinds(Struct, frozen=True):
    """The indexes of two classes: the blank line, and the line of no class."""

    blank: int
    other: int


Node = tuple[int, int]
Near = Callable[[int, int], bool]
"""Given the index of a line of no class and that of a class: whether the line nearly is of it."""


def repair(
    automaton: Automaton, kinds: Sequence[int], special: Kinds, near: Near
) -> list[Change] | None:
    """The changes, in order of lines, after which lines of these `kinds` (classes) fit.

    None if the search takes more than MOST_STEPS.
    """
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
