"""A signal that ends a run: findings so far are reported, and nothing is left behind.

The check is broken off at once; the report of what was already found is finished. A second signal
ends that, too. The report may not take long, as perhaps nobody reads the output.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Final, TypeVar

T = TypeVar("T")

_SIGNALS: Final = {"SIGINT": "interrupted", "SIGTERM": "terminated", "SIGHUP": "hung up on"}

_AGAIN: Final = 0.5
"""Seconds within which a second signal counts as the first: `timeout` sends one to a process, and
then another to its whole group."""

_SOON: Final = 0.001
"""Seconds after which an exception that was lost is raised again."""

_PATIENCE: Final = 3.0
"""Seconds at most for the report: perhaps nobody reads the output."""


class Stopped(BaseException):
    """A signal has come."""


class Stop:
    """Which signal has come, if any."""

    def __init__(self) -> None:
        self.number = 0
        self._since = 0.0
        self._telling = False
        self._lost = False

    def listen(self, before: object = None) -> None:
        """Handle the signals from now on, except those that the parent process has set to ignored.

        `before` is a handler of SIGINT that was set before, and may be replaced.
        """
        usual = (signal.SIG_DFL, signal.default_int_handler, before)
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) in usual:
                with suppress(ValueError):  # in a thread that is not the first
                    signal.signal(number, self._come)
                    sys.unraisablehook = self._could_not_be_raised

    def has_come(self) -> bool:
        """Whether a signal has come."""
        return self.number != 0

    @property
    def code(self) -> int:
        """The exit code, as shells know it; 0 if no signal has come."""
        return 128 + self.number if self.number else 0

    @property
    def words(self) -> str:
        """What has happened, in words for a message."""
        return _SIGNALS[signal.Signals(self.number).name]

    def _come(self, number: int, frame: object) -> None:
        now = time.monotonic()
        if self.number:
            if now - self._since > _AGAIN:
                os._exit(self.code)
            return
        self.number, self._since = number, now
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._wait_no_more)
            signal.setitimer(signal.ITIMER_REAL, _PATIENCE, _PATIENCE)
        if not self._telling:
            raise Stopped

    def _could_not_be_raised(self, what: sys.UnraisableHookArgs) -> None:
        """See `sys.unraisablehook`. A Stopped that was raised in a destructor is raised again."""
        if not isinstance(what.exc_value, Stopped):
            sys.__unraisablehook__(what)
        elif hasattr(signal, "setitimer"):
            self._lost = True
            signal.setitimer(signal.ITIMER_REAL, _SOON, _PATIENCE)

    def _wait_no_more(self, number: int, frame: object) -> None:
        lost, self._lost = self._lost, False
        if lost and self._telling:  # the search asks `has_come` before it goes on
            return
        if not lost and not self._telling:
            os._exit(self.code)
        self._telling = False
        raise Stopped

    def until_then(self, found: Iterator[T]) -> Iterator[T]:
        """The findings until a signal comes; the signal breaks off the search for the next one.

        What the caller does with a finding, and before the first one, is not broken off; after a
        signal in that time, the search must end by itself.
        """
        self._telling = True
        return self._until_then(found)

    def _until_then(self, found: Iterator[T]) -> Iterator[T]:
        if self.number:
            return
        try:
            while True:
                self._telling = False
                one = next(found, None)
                self._telling = True
                if one is None:
                    return
                yield one
        except Stopped:
            pass
        finally:
            self._telling = True  # the summary is not broken off either
