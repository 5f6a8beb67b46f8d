"""What is to be done of the tasks of a run: what waits, what is out, what is tried again.

A task whose worker died is cut in two until the one file that does it stands alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, Final, Generic

from msgspec import Struct, field

from . import Failed, Outcome, R, T

MOST_LOST: Final = 40
"""Workers that may die before one has done anything. A task of 256 files, of which one kills, costs
ten of them."""


class Piece(Struct, Generic[T], eq=False):
    """A task, or a part of one, on its way. `place` orders the parts within the task.

    What only `prepares` is tried once: the task is done without it, too.
    """

    number: int
    place: tuple[int, ...]
    task: T
    tries: int = 0
    prepares: bool = False


class _Open(Struct, Generic[T, R], eq=False):
    """A task that has begun: how many of its pieces are still out, and what has come back.

    The `whole` waits for its preparations.
    """

    pending: int = 1
    whole: T | None = None
    results: dict[tuple[int, ...], tuple[T, R | Failed]] = field(default_factory=dict)


ATTEMPTS: Final = 2
"""How often a task that cannot be cut is tried, as a worker may have died of something else."""


class Work(Generic[T, R]):
    """The tasks of a run: what is to be begun, and what has come back of what was."""

    def __init__(self, tasks: Iterable[T], most: int, *, prepared: bool = True) -> None:
        """At most so many are held at a time. They are `prepared`, unless they get helpers."""
        self._tasks = iter(enumerate(tasks))
        self._prepared = prepared
        self._most = most
        self._last = False
        self._open: dict[int, _Open[T, R]] = {}
        self.ready: deque[Piece[T]] = deque()

    @property
    def all_begun(self) -> bool:
        """Whether nothing is left to be begun."""
        return self._last and not self.ready

    def fill(self) -> bool:
        """Take tasks while there is room for them; whether there is something to begin."""
        while not self._last and len(self._open) < self._most:
            number, task = next(self._tasks, (-1, None))
            if task is None:
                self._last = True
                break
            before = task.preparations() if self._prepared else ()
            self._open[number] = _Open(len(before) or 1, task if before else None)
            for at, one in enumerate(before):
                self.ready.append(Piece(number, (at,), one, prepares=True))
            if not before:
                self.ready.append(Piece(number, (), task))
        return bool(self.ready)

    def more(self) -> bool:
        """Whether there is something to begin or to wait for."""
        return self.fill() or bool(self._open)

    def settled(self, piece: Piece[T], result: Any) -> Outcome[T, R] | None:
        """What came of a task, if this was the last piece of it that was out."""
        task = self._open[piece.number]
        again = _pieces_to_retry(piece, result)
        if again:
            task.pending += len(again) - 1
            self.ready.extendleft(reversed(again))
            return None
        task.results[piece.place] = (piece.task, result)
        task.pending -= 1
        if task.pending:
            return None
        if task.whole is not None:
            found = [task.results[place][1] for place in sorted(task.results)]
            whole = task.whole.prepared(found)
            self._open[piece.number] = _Open()
            self.ready.appendleft(Piece(piece.number, (), whole))
            return None
        del self._open[piece.number]
        return Outcome(piece.number, tuple(task.results[place] for place in sorted(task.results)))


def _pieces_to_retry(piece: Piece[T], result: object) -> list[Piece[T]]:
    """What to try instead of a piece that failed: its halves, or itself while it has `ATTEMPTS`.

    What took all of its time when it was alone has had it.
    """
    if not isinstance(result, Failed) or piece.prepares:
        return []
    parts = piece.task.split()
    if parts:
        return [Piece(piece.number, (*piece.place, at), part) for at, part in enumerate(parts)]
    return [piece] if piece.tries < ATTEMPTS and result.cause != "timeout" else []
