"""In this process at first; worker processes take over where that will surely save time.

Workers cost their start, and the machine may be busy with other things. So it is measured what a
unit of work takes here, and looked ahead, no further than is needed, how much is left.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, Final, Generic

from msgspec.structs import replace

from . import Executor, Limits, NoWorkersError, Outcome, R, T

LEAST: Final = 4e-6
"""Seconds that a unit of work takes at least: a clean small file, or 4 KiB of a large one."""

_AHEAD: Final = 4096
"""Units that are looked at before any is done; later sixteen times as many as are done, and as
many as the next task has."""

_MEASURED: Final = 0.02
"""Seconds of work after which the price of a unit is known well enough, and asked for again."""

WORTH: Final = 0.25
"""Seconds that workers must save at the least."""


class Patient:
    """The executor for as many jobs as there are processors."""

    def __init__(
        self,
        others: Callable[[], Executor],
        size: Callable[[Any], int],
        jobs: int,
        worth: Callable[[], float] = lambda: WORTH,
    ) -> None:
        """`others`, made when they are needed, are so many `jobs`.

        `size` is the units of work in a task. `worth` says how many seconds are to be saved for
        them to be called, where there are `WORTH` to be saved.
        """
        self._others, self._size, self._jobs, self._worth = others, size, jobs, worth

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """See `Executor`. With a `timeout`, which only a process can keep, nothing is done here."""
        left: _Left[T] = _Left(iter(tasks), self._size, self._jobs)
        done = 0
        alone = False  # as the system lets no worker live
        while limits.timeout is not None or left.look_ahead():
            if not alone and (limits.timeout is not None or left.saves(self._worth)):
                given = self._others().run(fn, left.all(), limits)
                try:
                    with closing(given):
                        for outcome in given:
                            yield replace(outcome, number=outcome.number + done)
                    return
                except NoWorkersError:
                    if limits.timeout is not None:
                        raise
                    alone = True
            task = left.next()
            before = time.thread_time()
            result = fn(task)
            left.took(time.thread_time() - before)
            yield Outcome(done, ((task, result),))
            done += 1


class _Left(Generic[T]):
    """The tasks that are left, as far ahead as they have been looked at."""

    def __init__(self, tasks: Iterator[T], size: Callable[[Any], int], jobs: int) -> None:
        self._tasks, self._size_of, self._jobs = tasks, size, jobs
        self._ahead: deque[tuple[T, int]] = deque()
        self._units = self._done = self._current = 0
        self._seconds = self._due = 0.0

    def look_ahead(self) -> bool:
        """Look at some more; whether there is any task left.

        What comes after the next one may be done beside it.
        """
        most = max(_AHEAD, 16 * self._done)
        first = self._ahead[0][1] if self._ahead else None
        while first is None or self._units - first < max(most, first):
            task = next(self._tasks, None)
            if task is None:
                break
            size = self._size_of(task)
            first = size if first is None else first
            self._ahead.append((task, size))
            self._units += size
        return bool(self._ahead)

    def saves(self, worth: Callable[[], float]) -> bool:
        """Whether others, beside each other, would save the seconds that it must be worth.

        The largest task is that of one of them, or, where it takes help, of all. `worth` is asked
        only where it may be so.
        """
        if self._seconds < self._due:
            return False
        known = self._seconds >= _MEASURED
        self._due = self._seconds + _MEASURED
        price = self._seconds / max(1, self._done) if known else LEAST
        shared = self._units * (1 - 1 / self._jobs)
        alone = (size // (self._jobs if task.takes_help else 1) for task, size in self._ahead)
        beside = self._units - max(alone)
        saved = min(shared, beside) * price
        return saved >= WORTH and saved >= worth()

    def next(self) -> T:
        """The next one."""
        task, self._current = self._ahead.popleft()
        self._units -= self._current
        return task

    def took(self, seconds: float) -> None:
        """What it has taken."""
        self._done += self._current
        self._seconds += seconds

    def all(self) -> Iterator[T]:
        """All that are left."""
        while self._ahead:
            yield self.next()
        yield from self._tasks
