"""Local processes under a supervisor of our own.

The pools of the standard library lose the whole run when one child is killed. Here a dead or
hung worker costs its task an attempt; a task that keeps killing workers is cut in two until the
one file that does it stands alone, and only that file has failed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from ...errors import UsageError
from . import Failed, Limits, Outcome, R, T
from .crew import Crew, Start
from .pieces import MOST_LOST, Piece, Work
from .starting import start


class Processes:
    """The executor for `--jobs N`."""

    def __init__(self, jobs: int, start_one: Start = start) -> None:
        """`start_one` starts a worker, by default in the quickest way that is safe."""
        self._jobs, self._start = jobs, start_one

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """See `Executor`. Raises UsageError where workers cannot live, whatever the task."""
        crew: Crew[Piece[T]] = Crew(fn, self._jobs, limits.timeout, self._start)
        work: Work[T, R] = Work(tasks, limits.tasks, prepared=False)
        lost = 0
        try:
            crew.has_room()  # if there is none, no task has been taken
            while work.more():
                _hand_out(crew, work)
                for piece, result in crew.finished():
                    lost = _count(lost, result)
                    outcome = work.settled(piece, result)
                    if outcome:
                        _hand_out(crew, work)  # what is made of it may take a while
                        if work.all_begun:
                            crew.shrink()
                        yield outcome
        finally:
            crew.close()


def _hand_out(crew: Crew[Piece[T]], work: Work[T, R]) -> None:
    """Give work to those who are idle."""
    while work.fill() and crew.has_room():
        piece = work.ready.popleft()
        piece.tries += 1
        crew.begin(piece, piece.task)
    if not work.ready:
        crew.assist()


def _count(lost: int, result: object) -> int:
    """How many workers have died before one has done anything; -1 when one has."""
    if lost < 0 or not (isinstance(result, Failed) and result.cause == "killed"):
        return -1
    if lost == MOST_LOST:
        raise UsageError(
            f"{lost} worker processes have died, and none has done anything: {result.reason}; "
            "check with --jobs 1, or with more memory"
        )
    return lost + 1
