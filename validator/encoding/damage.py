"""Decides whether bytes are what was declared, and where they are not. No guess passes as fact.

Validity is decided by strict decoding. Whether invalid bytes are damage, or the whole file is in
another encoding, is told by counting: text in a legacy encoding hardly ever holds as many valid
multi-byte sequences as invalid ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import ClassVar, Final

from msgspec import Struct

from ..model import Flaw
from ..text.lines import Window
from .detect import Advice, advise
from .utf8 import Fault, bad_sequences, invalid_parts, is_utf8, multi_byte
from .utf16 import wide

KEPT: Final = 1000
"""Invalid sequences remembered one by one; beyond it they are only counted."""

AROUND: Final = 32
"""Bytes kept before and after an invalid sequence, to show and to judge what it may have been."""

MOST_LETTERS: Final = 200
"""Letters of a file remembered before its windows are no longer looked through for more."""

SHOWN: Final = 3
"""Lines of a legacy file that its finding shows, before and after decoding."""

NumberedLine = tuple[int, bytes]
"""A line's number in the file, from 1, and its bytes without the line end."""


class Context(Struct, frozen=True):
    """Bytes around a place in a file; the place is at `at` in them."""

    data: bytes
    at: int


class BadSequence(Flaw, frozen=True):
    """Bytes in a file that is otherwise UTF-8, of which `letters` are the letters beyond ASCII.

    `start` is where in the file `bytes` stand.
    """

    start: int
    bytes: bytes
    fault: Fault
    context: Context
    valid: int
    invalid: int
    letters: frozenset[str]

    @property
    def following(self) -> int | None:
        """The byte after them, if there is one."""
        after = self.context.at + len(self.bytes)
        return self.context.data[after] if after < len(self.context.data) else None


class Overlong(BadSequence, frozen=True):
    """A character in more bytes than it needs."""


class Surrogate(BadSequence, frozen=True):
    """A UTF-16 surrogate, encoded as if it were a character."""


class Truncated(BadSequence, frozen=True):
    """A sequence that the end of the file cuts."""


class Legacy(Flaw, frozen=True):
    """A file whose bytes as a whole are not UTF-8, and not UTF-16 or UTF-32 either.

    `rows` lines are concerned; `lines` are the first of them, each with its number.
    """

    blocks: ClassVar[bool] = True
    start: int
    bytes: bytes
    valid: int
    invalid: int
    rows: int
    lines: tuple[NumberedLine, ...]
    advice: Advice | None


_KIND: Final = {
    Fault.OVERLONG: Overlong,
    Fault.SURROGATE: Surrogate,
    Fault.TRUNCATED: Truncated,
}


def flaws(windows: Iterable[Window]) -> Iterator[Flaw]:
    """What keeps a file from being UTF-8 text, in order of offset.

    Asked only of files that hold a NUL or do not decode; may go over the windows several times.
    """
    faults = _Faults()
    for window in windows:
        found = wide(window.data) if window.first else None
        if found:
            yield found
            return
        faults.add(window)
    yield from faults.flaws(windows)


class _Faults:
    """What is valid and what is not in a file, window by window."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, bytes, Fault, Context]] = []
        self._letters: set[str] = set()
        self._lines: list[NumberedLine] = []
        self._valid = self._invalid = self._rows = 0

    def add(self, window: Window) -> None:
        """Count a window; once KEPT sequences are known one by one, no more than that."""
        if window.data.isascii():
            return
        self._valid += multi_byte(window.data)
        if len(self._letters) < MOST_LETTERS:
            self._letters.update(filter(_is_letter, set(window.text)))
        done = row = 0
        if len(self._kept) < KEPT:
            done, row = self._keep(window)
        if done < len(window.data):
            self._invalid += invalid_parts(window.data[done:])
            lines = (
                window.data[start:end]
                for start, end in pairwise((*window.starts[row:], len(window.data)))
            )
            self._rows += sum(not is_utf8(line) for line in lines)

    def _keep(self, window: Window) -> tuple[int, int]:
        """Remember sequences, up to KEPT; the byte and the row of the window that come next."""
        row = -1
        for start, end, fault in bad_sequences(window):
            if len(self._kept) == KEPT:
                return start, row + 1
            self._invalid += 1
            line = window.line_at(start)
            if line != row:
                row, self._rows = line, self._rows + 1
                if len(self._lines) < SHOWN:
                    begin, stop = window.line_bounds(line)
                    self._lines.append((window.row + line, window.data[begin:stop]))
            around = max(0, start - AROUND)
            context = Context(window.data[around : end + AROUND], start - around)
            self._kept.append((window.offset + start, window.data[start:end], fault, context))
        return len(window.data), row

    def flaws(self, windows: Iterable[Window]) -> Iterator[Flaw]:
        """One flaw for a file in another encoding, else one for each damaged place."""
        if not self._kept:
            return
        valid, invalid = self._valid, self._invalid
        if valid < invalid and self._kept[0][2] is not Fault.TRUNCATED:
            start, data = self._kept[0][:2]
            lines, advice = tuple(self._lines), advise(windows)
            yield Legacy(start, data, valid, invalid, self._rows, lines, advice)
            return
        letters = frozenset(self._letters)
        for start, data, fault, context in self._kept:
            kind = _KIND.get(fault, BadSequence)
            yield kind(start, data, fault, context, valid, invalid, letters)


def _is_letter(character: str) -> bool:
    return character > "\x7f" and character.isalpha()
