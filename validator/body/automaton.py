"""A content model as an automaton: which classes may follow which (Glushkov's construction).

Each name of the model is a position; position 0 is the start. A state of the deterministic
automaton is a set of positions; each is made when a document first comes to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from .content_model import Choice, Expression, Name, Repeat

START: Final = 0
State = frozenset[int]
MOST_STATES: Final = 2000
"""Pairs of states that `holds_under` goes through before it gives up."""


class _Ends(Struct, frozen=True):
    """The positions where a part of a model may begin and end; `empty` if it may have no line."""

    empty: bool
    first: tuple[int, ...]
    last: tuple[int, ...]


class Automaton:
    """`classes[p]` is the class of position p, `follow[p]` the positions that may come next."""

    def __init__(self, model: Expression) -> None:
        self.classes: list[int] = [-1]
        self._follow: list[dict[int, None]] = [{}]
        ends = self._add(model)
        self._join((START,), ends.first)
        self.follow: list[tuple[int, ...]] = [tuple(found) for found in self._follow]
        self.accepting = frozenset(ends.last) | (frozenset((START,)) if ends.empty else frozenset())
        self._steps: dict[tuple[State, int], State] = {}

    def step(self, state: State, kind: int) -> State:
        """The state after a line of class `kind`; empty if no such line may stand here."""
        found = self._steps.get((state, kind))
        if found is None:
            found = frozenset(
                after for at in state for after in self.follow[at] if self.classes[after] == kind
            )
            self._steps[state, kind] = found
        return found

    def accepts(self, kinds: Iterable[int]) -> bool:
        """Whether lines of these classes, in this order, fit the model."""
        state: State = frozenset((START,))
        for kind in kinds:
            state = self.step(state, kind)
            if not state:
                return False
        return not state.isdisjoint(self.accepting)

    def holds_under(self, changes: Sequence[tuple[int, int]]) -> bool:
        """Whether all lines that fit still do when some change their class.

        `changes` are pairs: the class before, the class after. False also if it gives up.
        """
        begin: State = frozenset((START,))
        todo, seen = [(begin, begin)], {(begin, begin)}
        kinds = sorted({*self.classes[1:], *(kind for change in changes for kind in change)})
        moves = [(kind, kind) for kind in kinds] + list(changes)
        while todo:
            one, other = todo.pop()
            if not one.isdisjoint(self.accepting) and other.isdisjoint(self.accepting):
                return False
            for was, now in moves:
                pair = self.step(one, was), self.step(other, now)
                if pair[0] and pair not in seen:
                    if not pair[1] or len(seen) > MOST_STATES:
                        return False
                    seen.add(pair)
                    todo.append(pair)
        return True

    def _join(self, before: Iterable[int], after: Iterable[int]) -> None:
        for position in before:
            self._follow[position].update(dict.fromkeys(after))

    def _add(self, model: Expression) -> _Ends:
        if isinstance(model, Name):
            self.classes.append(model.index)
            self._follow.append({})
            own = (len(self.classes) - 1,)
            return _Ends(False, own, own)
        if isinstance(model, Choice):
            parts = [self._add(part) for part in model.parts]
            return _Ends(
                any(part.empty for part in parts),
                tuple(at for part in parts for at in part.first),
                tuple(at for part in parts for at in part.last),
            )
        if isinstance(model, Repeat):
            return self._repeat(model)
        ends = _Ends(True, (), ())
        for part in model.parts:
            ends = self._concatenate(ends, self._add(part))
        return ends

    def _concatenate(self, one: _Ends, two: _Ends) -> _Ends:
        self._join(one.last, two.first)
        return _Ends(
            one.empty and two.empty,
            one.first + two.first if one.empty else one.first,
            two.last + one.last if two.empty else two.last,
        )

    def _repeat(self, model: Repeat) -> _Ends:
        ends = _Ends(True, (), ())
        for number in range(max(model.least, model.most or 1, 1)):
            one = self._add(model.part)
            if model.most is None and number + 1 >= model.least:
                self._join(one.last, one.first)
            if number >= model.least:
                one = _Ends(True, one.first, one.last)
            ends = self._concatenate(ends, one)
        return ends
