"""The workers of a Ray cluster, for `--engine ray`: the same tasks, wherever they are done.

What one machine does in `Processes` at the first death of a worker is done here at the second one:
nodes of a cluster go for reasons of their own, and no file is to blame for that.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from ...errors import UsageError
from . import Limits, Outcome, R, T
from .batches import MOST, Batch, Batches
from .pieces import MOST_LOST, Work
from .ray_actors import Actors, Answer


class Cluster:
    """The executor for `--engine ray`."""

    def __init__(self, address: str, jobs: int) -> None:
        """Without an `address`, a cluster of this machine alone, which ends with the run."""
        self._address, self._jobs = address, jobs

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """See `Executor`; a batch of tasks counts as one of them.

        Raises UsageError where there is no Ray, no cluster, or no worker that lives.
        """
        # preparations would each have a time of their own
        prepared = limits.timeout is None
        work: Work[T, R] = Work(tasks, limits.tasks * MOST, prepared=prepared)
        batches = Batches(work, alone=limits.timeout is not None)
        actors: Actors[Batch[T]] = Actors(fn, self._address, self._jobs, limits.timeout)
        begun = False
        try:
            while work.more():
                _hand_out(actors, batches)
                for came in actors.finished():
                    if isinstance(came, Answer):
                        begun = True
                        yield from batches.done(came.batch, came.results, came.seconds)
                    elif came.failed is None:
                        batches.put_back(came.batch)
                    else:
                        outcome = batches.died(came.batch, came.failed)
                        if outcome:
                            yield outcome
                        if not begun and actors.deaths > MOST_LOST:
                            raise UsageError(
                                f"{actors.deaths} workers of the Ray cluster have died, and none "
                                f"has done anything: {came.failed.reason}"
                            )
        finally:
            actors.close()


def _hand_out(actors: Actors[Batch[T]], batches: Batches[T, R]) -> None:
    """Give work to those who have room for it."""
    for actor in actors.free():
        batch = batches.next(beside=bool(actor.calls))
        if batch is None:
            return
        actors.begin(actor, [piece.task for piece in batch.pieces], batch, alone=batch.alone)
