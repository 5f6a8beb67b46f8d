"""Decides whether bytes are what was declared, and where they are not. No guess passes as fact.

Validity is decided by strict decoding. Whether invalid bytes are damage, or the whole file is in
another encoding, is told by counting: text in a legacy encoding hardly ever holds as many valid
multi-byte sequences as invalid ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from msgspec import Struct

from .advise import Advice, advise
from .lines import Window
from .model import Flaw
from .utf8 import Fault, bad_sequences, multi_byte
from .wide import wide

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
    faults: list[tuple[int, bytes, Fault, Context]] = []
    letters: set[str] = set()
    lines: list[NumberedLine] = []
    valid = invalid = rows = 0
    for window in windows:
        if window.first:
            found = wide(window.data)
            if found:
                yield found
                return
        row = -1
        for start, end, fault in bad_sequences(window):
            invalid += 1
            line = window.line_at(start)
            if line != row:
                row, rows = line, rows + 1
                if len(lines) < SHOWN:
                    begin, stop = window.line_bounds(line)
                    lines.append((window.row + line, window.data[begin:stop]))
            if len(faults) < KEPT:
                around = max(0, start - AROUND)
                context = Context(window.data[around : end + AROUND], start - around)
                faults.append((window.offset + start, window.data[start:end], fault, context))
        valid += multi_byte(window.data)
        if len(letters) < MOST_LETTERS and not window.data.isascii():
            letters.update(filter(_is_letter, window.text))
    if not faults:
        return
    if valid < invalid and faults[0][2] is not Fault.TRUNCATED:
        start, data = faults[0][:2]
        yield Legacy(start, data, valid, invalid, rows, tuple(lines), advise(windows))
        return
    known = frozenset(letters)
    for start, data, fault, context in faults:
        kind = _KIND.get(fault, BadSequence)
        yield kind(start, data, fault, context, valid, invalid, known)


def _is_letter(character: str) -> bool:
    return character > "\x7f" and character.isalpha()
