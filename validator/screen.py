"""Screens: what to look for in clean bytes, at the cost of a few C calls a file.

A rule says as data which clues would make it suspicious; the clues of all rules are merged, so
that two rules that look for the same bytes cost one search. A screen may cry wolf, it may not
miss: what `diagnose` would find, the screen has seen (a law, held by tests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from stringzilla import find, find_first_of


@dataclass(frozen=True, slots=True)
class AnyByte:
    """One of these bytes occurs."""

    bytes: bytes


@dataclass(frozen=True, slots=True)
class Literal:
    """These bytes occur, somewhere."""

    bytes: bytes


@dataclass(frozen=True, slots=True)
class LineStart:
    """A line starts with these bytes (which may be the line end itself: an empty line)."""

    bytes: bytes


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line, or the last line without a line end, ends in these bytes."""

    bytes: bytes


@dataclass(frozen=True, slots=True)
class Ask:
    """This cheap function says so."""

    question: Callable[[bytes], bool]


Clue = AnyByte | Literal | LineStart | LineEnd | Ask
Screen = Callable[[bytes], bool]

# Bytes that prose seldom has. A needle with one of them is searched only where one occurs.
_SELDOM: Final = frozenset(b"<>[]{}|\\^~=@#*_")


def compile_screen(clues: Iterable[Clue]) -> Screen:
    """One function that is true when any clue is found in a window of text."""
    clues = set(clues)
    forbidden = bytes(
        sorted({byte for clue in clues if isinstance(clue, AnyByte) for byte in clue.bytes})
    )
    starts = tuple(sorted(clue.bytes for clue in clues if isinstance(clue, LineStart)))
    ends = tuple(sorted(clue.bytes for clue in clues if isinstance(clue, LineEnd)))
    literals = [clue.bytes for clue in clues if isinstance(clue, Literal)]
    questions = tuple(clue.question for clue in clues if isinstance(clue, Ask))
    after_cr = tuple(b"\r" + start for start in starts) + tuple(end + b"\r" for end in ends)
    needles = [b"\n" + start for start in starts] + [end + b"\n" for end in ends] + literals
    seldom, gated, direct = _gate(needles)
    forbids_cr = b"\r" in forbidden

    def suspicious(data: bytes) -> bool:
        if forbidden and find_first_of(data, forbidden) >= 0:
            return True
        for needle in direct:
            if find(data, needle) >= 0:
                return True
        if seldom and find_first_of(data, seldom) >= 0:
            for needle in gated:
                if find(data, needle) >= 0:
                    return True
        if (starts and data.startswith(starts)) or (ends and data.endswith(ends)):
            return True
        for question in questions:
            if question(data):
                return True
        return (
            not forbids_cr
            and bool(after_cr)
            and find(data, b"\r") >= 0
            and any(find(data, needle) >= 0 for needle in after_cr)
        )

    return suspicious


def _gate(needles: list[bytes]) -> tuple[bytes, tuple[bytes, ...], tuple[bytes, ...]]:
    """The seldom bytes to look for first, the needles behind them, and the other needles."""
    gated = {needle: next((byte for byte in needle if byte in _SELDOM), None) for needle in needles}
    seldom = bytes(sorted({byte for byte in gated.values() if byte is not None}))
    behind = tuple(sorted(needle for needle, byte in gated.items() if byte is not None))
    direct = tuple(sorted(needle for needle, byte in gated.items() if byte is None))
    return (seldom, behind, direct) if len(behind) > 2 else (b"", (), direct + behind)
