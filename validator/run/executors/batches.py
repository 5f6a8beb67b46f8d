"""Pieces of work that travel together, so that a call over the network costs little beside them."""

from __future__ import annotations

from collections import deque
from typing import Any, Final, Generic

from msgspec import Struct

from . import Failed, Outcome, R, T
from .pieces import Piece, Work

MOST: Final = 16
"""Pieces in a batch. A task of 256 small files takes 8 ms of a worker, a call 1.3 ms."""

GOAL: Final = 0.5
"""Seconds of work that are enough for a batch: short ones keep all workers busy to the end."""


class Batch(Struct, Generic[T], eq=False):
    """Pieces that are done one after the other, and how many workers have died of them.

    One that is `alone` gets a worker for itself, as what dies beside it may be to blame.
    """

    pieces: list[Piece[T]]
    deaths: int = 0
    alone: bool = False


class Batches(Generic[T, R]):
    """The work of a run in batches.

    The first death costs nothing but another try, whole: on a cluster nodes go for reasons of their
    own. Then the batch is cut in halves, until the piece that kills stands alone.
    """

    def __init__(self, work: Work[T, R], *, alone: bool = False) -> None:
        """`alone` is for one piece a batch, as where each has its time."""
        self._work, self._alone = work, alone
        self._again: deque[Batch[T]] = deque()
        self._price: float | None = None

    def next(self, *, beside: bool = False) -> Batch[T] | None:
        """The next batch, first those that were tried before; None if there is none now.

        `beside` is for a worker that has work: none is given to it that must be alone.
        """
        if self._again:
            return None if beside and self._again[0].alone else self._again.popleft()
        pieces: list[Piece[T]] = []
        while len(pieces) < self._size() and self._work.fill():
            if pieces and self._work.ready[0].place:
                break
            piece = self._work.ready.popleft()
            pieces.append(piece)
            if piece.place:  # a part of what has killed
                break
        return Batch(pieces) if pieces else None

    def _size(self) -> int:
        if self._alone or self._price is None:
            return 1
        return max(1, min(MOST, int(GOAL / max(self._price, 1e-6))))

    def done(self, batch: Batch[T], results: list[Any], seconds: float) -> list[Outcome[T, R]]:
        """The tasks that are finished with this batch, which has taken so long."""
        price = seconds / max(1, len(results))
        # the first ones of a worker take long, as it loads what it needs: that is soon forgotten
        self._price = price if self._price is None else (self._price + price) / 2
        outcomes = map(self._work.settled, batch.pieces, results)
        return [outcome for outcome in outcomes if outcome]

    def put_back(self, batch: Batch[T]) -> None:
        """Its worker died, perhaps of another batch: it is tried again, alone."""
        batch.alone = True
        self._again.append(batch)

    def died(self, batch: Batch[T], failed: Failed) -> Outcome[T, R] | None:
        """A worker died of it; the task that is finished thereby, as nothing is left to try."""
        batch.deaths += 1
        if batch.deaths == 1 and failed.cause == "killed":
            self._again.append(batch)
        elif len(batch.pieces) > 1:
            middle = len(batch.pieces) // 2
            for half in (batch.pieces[:middle], batch.pieces[middle:]):
                self._again.append(Batch(half, deaths=1))
        else:
            (piece,) = batch.pieces
            piece.tries += batch.deaths
            return self._work.settled(piece, failed)
        return None
