"""The workers of a run: who is idle, who is busy with what and since when, who has died."""

from __future__ import annotations

import selectors
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from ...errors import UsageError, ValidatorError
from ...file.undisturbed import undisturbed
from . import Failed, NoWorkersError, Task
from .children import LOOK_AROUND, Child, Grant
from .starting import start

P = TypeVar("P")

Start = Callable[[Callable[[Any], Any]], Child]

_BEGUN_WITHIN: Final = 60.0
"""Seconds for a worker to begin; only then its time runs."""


class _Duty(Struct, Generic[P]):
    """A piece of work that a worker has, since when, and with how many helpers if it takes any."""

    piece: P
    since: float
    takes_help: bool
    helpers: int = 0


class Crew(Generic[P]):
    """At most `jobs` workers that call `fn`. A worker has one piece of work at a time."""

    def __init__(
        self,
        fn: Callable[[Any], Any],
        jobs: int,
        timeout: float | None,
        start_one: Start = start,
    ) -> None:
        self._fn, self._jobs, self._timeout, self._start = fn, jobs, timeout, start_one
        self._selector = selectors.DefaultSelector()
        self._idle: list[Child] = []
        self._busy: dict[Child, _Duty[P]] = {}
        self._beginning: set[Child] = set()
        self._ended: list[Child] = []
        self._begun = False

    def has_room(self) -> bool:
        """Whether a piece of work could be begun now.

        Starts a worker if none is idle and not all are there. Raises NoWorkersError when the
        system lets not one live.
        """
        if not self._idle and len(self._busy) < self._jobs:
            try:
                with undisturbed():
                    child = self._start(self._fn)
                    self._idle.append(child)
            except OSError as error:
                if self._busy:
                    return False  # those that are there go on
                raise NoWorkersError(
                    f"no worker process can be started ({error.strerror or error}); "
                    "check with --jobs 1"
                ) from None
            self._selector.register(child, selectors.EVENT_READ)
            self._beginning.add(child)
        return bool(self._idle)

    def begin(self, piece: P, task: Task) -> None:
        """Give a piece of work to a worker that is idle."""
        child = self._idle.pop()
        self._busy[child] = _Duty(piece, time.monotonic(), task.takes_help)
        with suppress(OSError):  # it died in its sleep, which `finished` will see
            child.send(task)

    def assist(self) -> None:
        """Grant helpers in place of workers that nobody needs, to each the same number."""
        takers = [(duty, child) for child, duty in self._busy.items() if duty.takes_help]
        free = self._jobs - len(self._busy) - sum(duty.helpers for duty, _ in takers)
        for _ in range(free if takers else 0):
            duty, child = min(takers, key=lambda one: one[0].helpers)
            duty.helpers += 1
            with suppress(OSError):  # it died, which `finished` will see
                child.send(Grant())

    def finished(self) -> Iterator[tuple[P, Any]]:
        """Pieces with their results, or with a Failed. Waits for something to happen.

        Raises the ValidatorError that a worker has met.
        """
        awake = [key.fileobj for key, _ in self._selector.select(self._patience())]
        for child in awake:
            assert isinstance(child, Child)
            if child in self._busy or child in self._idle:
                yield from self._answers(child)
        for child in [*self._busy]:
            if child not in awake and child.has_died():
                yield from self._lost(child)
            elif child in self._beginning and not self._begun:
                self._must_begin(child)
            elif self._is_late(child):
                duty = self._dismiss(child)
                yield duty.piece, Failed("timeout", f"it took more than {self._timeout:g} s")

    def _patience(self) -> float:
        if self._timeout is None or not self._busy:
            return LOOK_AROUND
        now = time.monotonic()
        left = min(duty.since for duty in self._busy.values()) + self._timeout - now
        return max(0.0, min(left, LOOK_AROUND)) if not self._beginning else 0.1

    def _must_begin(self, child: Child) -> None:
        """Raises UsageError where workers are started, but none ever begins to work."""
        if time.monotonic() - self._busy[child].since > _BEGUN_WITHIN:
            raise UsageError(
                f"worker processes are started, but none has begun to work within "
                f"{_BEGUN_WITHIN:g} s; check with --jobs 1"
            )

    def _is_late(self, child: Child) -> bool:
        if self._timeout is None or child not in self._busy:
            return False
        least = _BEGUN_WITHIN if child in self._beginning else 0.0
        return time.monotonic() - self._busy[child].since > max(self._timeout, least)

    def _answers(self, child: Child) -> Iterator[tuple[P, Any]]:
        try:
            for said in child.received():
                if child in self._beginning:
                    self._beginning.remove(child)
                    self._begun = True
                    if child in self._busy:
                        self._busy[child].since = time.monotonic()
                    continue
                if isinstance(said, ValidatorError):
                    raise said
                duty = self._busy.pop(child)
                self._idle.append(child)
                yield duty.piece, said
        except (EOFError, OSError):
            yield from self._lost(child)

    def _lost(self, child: Child) -> Iterator[tuple[P, Failed]]:
        """A worker that has died."""
        if child in self._busy:
            code = child.exit_code()
            yield self._dismiss(child).piece, Failed("killed", _last_words(code))
        else:
            self._idle.remove(child)
            self._end(child)

    def _dismiss(self, child: Child) -> _Duty[P]:
        duty = self._busy.pop(child)
        self._end(child)
        return duty

    def _end(self, child: Child) -> None:
        self._beginning.discard(child)
        self._selector.unregister(child)
        child.end()
        self._ended.append(child)

    def shrink(self) -> None:
        """End those who are idle: it takes milliseconds until they are gone."""
        while self._idle:
            self._end(self._idle.pop())

    def close(self) -> None:
        """End all, and wait until they are gone."""
        for child in (*self._idle, *self._busy):
            self._end(child)
        self._selector.close()
        for child in self._ended:
            child.exit_code()


def _last_words(exitcode: int) -> str:
    if exitcode < 0:
        import signal

        try:
            return f"its worker was killed by {signal.Signals(-exitcode).name}"
        except ValueError:
            return f"its worker was killed by signal {-exitcode}"
    return f"its worker ended with exit code {exitcode}"
