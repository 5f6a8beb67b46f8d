"""In this process, one task after the other."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable

from . import Limits, Outcome, R, T


class Inline:
    """The executor for `--jobs 1`: no process is started, nothing is copied."""

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """A task cannot be timed or survived here; `limits` are for the interface."""
        for number, task in enumerate(tasks):
            yield Outcome(number, ((task, fn(task)),))
