"""In this process at first; worker processes take over what is left when that takes long.

Workers cost their start, and that each compiles again what this process has compiled: about a
tenth of a second of each processor, which a run of less than a second seldom gets back. They are
started at once for what is surely long.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec.structs import replace

from . import Executor, Outcome, R, T


class Patient:
    """The executor for as many jobs as there are processors."""

    def __init__(
        self,
        others: Callable[[], Executor],
        seconds: float,
        light: Callable[[Any], bool] = lambda task: True,
        size: Callable[[Any], int] = lambda task: 1,
        many: int = sys.maxsize,
    ) -> None:
        """`others`, made when they are needed, get what is left after so many seconds.

        So do they from the first task on that is not `light`: one alone might take minutes. And
        they get all if the sizes of the tasks come to `many`.
        """
        self._others, self._seconds, self._light = others, seconds, light
        self._size, self._many = size, many

    def run(
        self,
        fn: Callable[[T], R],
        tasks: Iterable[T],
        *,
        max_inflight: int,
        timeout: float | None = None,
        attempts: int = 2,
    ) -> Iterator[Outcome[T, R]]:
        """See `Executor`. With a `timeout`, which only a process can keep, nothing is done here."""
        rest = iter(tasks)
        done = 0
        end = 0.0
        if timeout is None:
            ahead, few = self._looked_at(rest)
            rest = chain(ahead, rest)
            end = time.monotonic() + self._seconds if few else 0.0
        for task in rest:
            if time.monotonic() >= end or not self._light(task):
                rest = chain([task], rest)
                break
            yield Outcome(done, ((task, fn(task)),))
            done += 1
        else:
            return
        for outcome in self._others().run(
            fn, rest, max_inflight=max_inflight, timeout=timeout, attempts=attempts
        ):
            yield replace(outcome, number=outcome.number + done)

    def _looked_at(self, tasks: Iterator[T]) -> tuple[list[T], bool]:
        """The first tasks, and whether they are all and few."""
        ahead: list[T] = []
        size = 0
        for task in tasks:
            ahead.append(task)
            size += self._size(task)
            if size >= self._many:
                return ahead, False
        return ahead, True
