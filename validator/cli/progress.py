"""The progress of a run: a line that is erased again on a terminal, one line a minute in a log."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final, TextIO

from ..check.plan import Part
from ..model import Totals
from ..text.harmless import harmless
from ..text.visible import last_columns, visible, width

FIRST_AFTER: Final = 1.0
EVERY: Final = 0.1

IN_LOG_EVERY: Final = 60.0
"""Seconds between two lines of a log: services stop a job that is silent for some ten minutes."""

WALKING: Final = 0.02
"""Seconds of walking ahead at each update, so that the number of all files is known soon."""

MOST_AHEAD: Final = 200_000
"""Files at most that are walked ahead: some 20 MB of names. With more, the total is known later."""

SURE_AFTER: Final = 0.02
"""The share of a run from which on the remaining time is shown."""

IN_LOG_COLUMNS: Final = 100

LEAST_PATH: Final = 10
"""Columns without which a path is not shown."""


class Upcoming(Iterator[Part]):
    """The parts of a run as they are asked for, and the number of files in all of them.

    The number is known when the walk has ended; the walk may be ahead of what is asked for.
    """

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = iter(parts)
        self._ahead: deque[Part] = deque()
        self._held = self._files = 0
        self._ended = False

    @property
    def total(self) -> int | None:
        """The number of all files; None if it is not known yet."""
        return self._files if self._ended else None

    def __next__(self) -> Part:
        part = self._ahead.popleft() if self._ahead else self._walk_on()
        if part is None:
            raise StopIteration
        self._held -= len(part.names)
        return part

    def look_ahead(self, seconds: float) -> None:
        """Walk ahead for that long, or until MOST_AHEAD files are held."""
        until = time.monotonic() + seconds
        while not self._ended and self._held < MOST_AHEAD and time.monotonic() < until:
            part = self._walk_on()
            if part is not None:
                self._ahead.append(part)

    def _walk_on(self) -> Part | None:
        part = next(self._parts, None)
        self._ended = self._ended or part is None
        count = len(part.names) if part else 0
        self._held += count
        self._files += count
        return part


class Progress:
    """Called after each part; writes the progress to `stream`, at most ten times a second."""

    def __init__(self, stream: TextIO, columns: Callable[[], int], can_erase: bool = True) -> None:
        """`columns` gives the width of the terminal. `can_erase` is False for a log."""
        self._stream, self._columns, self._can_erase = stream, columns, can_erase
        self._upcoming: Upcoming | None = None
        self._started = time.monotonic()
        self._next = self._started + (FIRST_AFTER if can_erase else IN_LOG_EVERY)
        self._shown = False

    def watch(self, parts: Iterable[Part]) -> Iterable[Part]:
        """The same parts, counted."""
        self._upcoming = Upcoming(parts)
        return self._upcoming

    def __call__(self, totals: Totals, path: str) -> None:
        """Show the progress, if it is time to; `path` is the last file."""
        now = time.monotonic()
        if now < self._next:
            return
        total = None
        if self._upcoming:
            self._upcoming.look_ahead(WALKING)
            total = self._upcoming.total
        seconds = now - self._started
        if self._can_erase:
            text = line(totals, path, seconds, total, self._columns() - 1)
            self._write(f"\r\x1b[K{harmless(text)}")
            self._shown = True
        else:
            self._write(f"{line(totals, '', seconds, total, IN_LOG_COLUMNS)}\n")
        self._next = time.monotonic() + (EVERY if self._can_erase else IN_LOG_EVERY)

    def clear(self) -> None:
        """Erase the line before something else is written, and at the end."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _write(self, text: str) -> None:
        """Write to the stream; errors are ignored."""
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()


def line(totals: Totals, path: str, seconds: float, total: int | None, room: int) -> str:
    """The progress of a run after so many `seconds`, in at most `room` columns.

    What matters least is left out first: the path, the speed, the bytes, the findings. If the
    `total` of files is known, the share that is done and the remaining time are shown.
    """
    files = totals.files
    found = totals.findings
    size, speed = f"{totals.bytes / 1e6:.0f} MB", f"{files / seconds:.0f} files/s"
    told = f"{found} finding" if found == 1 else f"{found} findings"
    if total:
        share = min(1.0, files / total)
        head = f"checked {files} of {total} files ({100 * share:.0f} %)"
        more = [_left(seconds, share)] if SURE_AFTER <= share < 1 else []
    else:
        head, more = f"checked {files} files", []
    text = _fitting(
        ([head, *more, size, speed, told], [head, *more, size, told], [head, *more, told]), room
    )
    if not text:
        return _fitting(([head, *more], [head]), room) or head[:room]
    left = room - width(text) - 2
    return f"{text}  {last_columns(visible(path), left)}" if path and left > LEAST_PATH else text


def _fitting(choices: Iterable[Sequence[str]], room: int) -> str:
    """The first choice that fits, joined by commas; empty if none does."""
    joined = (", ".join(words) for words in choices)
    return next((text for text in joined if width(text) <= room), "")


def _left(seconds: float, share: float) -> str:
    """The remaining time, rounded up: `12 s left`, `3 min left`, `2 h 5 min left`."""
    rest = -int(-seconds * (1 - share) // share)
    if rest < 90:
        return f"{rest} s left"
    minutes = -(-rest // 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min left" if hours else f"{minutes} min left"
