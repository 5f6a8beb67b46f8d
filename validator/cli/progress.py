"""Progress for people who wait: on a terminal a line that is erased again, in a log hardly ever."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TextIO

from ..model import Totals
from ..text.harmless import harmless
from ..text.visible import visible, width

FIRST_AFTER = 1.0
ON_TERMINAL = 0.1
IN_LOG_AFTER = 60.0
IN_LOG_EVERY = 30.0


class Progress:
    """Called after each part; writes to `stream` at most ten times a second."""

    def __init__(self, stream: TextIO, columns: int) -> None:
        self._stream = stream
        self._columns = columns
        self._terminal = stream.isatty()
        self._started = time.monotonic()
        self._next = self._started + (FIRST_AFTER if self._terminal else IN_LOG_AFTER)
        self._shown = False

    def __call__(self, totals: Totals, path: str) -> None:
        """Tell where the run is, if it is time to."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + (ON_TERMINAL if self._terminal else IN_LOG_EVERY)
        seconds = now - self._started
        found = totals.errors + totals.warnings + totals.infos
        text = (
            f"checked {totals.files} files, {totals.bytes / 1e6:.0f} MB, "
            f"{totals.files / seconds:.0f} files/s, {found} findings"
        )
        if not self._terminal:
            self._write(f"{text} after {seconds:.0f} s\n")
            return
        room = self._columns - width(text) - 3
        if room > 10:
            text += f"  {visible(path)[-room:]}"
        self._write(f"\r\x1b[K{harmless(text)}")
        self._shown = True

    def clear(self) -> None:
        """Erase the line before something else is written, and at the end."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = False

    def _write(self, text: str) -> None:
        """Nobody need be there to see it."""
        with suppress(OSError):
            self._stream.write(text)
            self._stream.flush()
