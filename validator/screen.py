"""Screens: what to look for in clean bytes, at the cost of a few C calls a file.

A rule says as data which clues would make it suspicious; the clues of all rules are merged, so
that two rules that look for the same bytes cost one search. A screen may cry wolf, it may not
miss: what `diagnose` would find, the screen has seen (a law, held by tests).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct
from stringzilla import find, find_first_of


class AnyByte(Struct, frozen=True):
    """One of these bytes occurs."""

    bytes: bytes


class Literal(Struct, frozen=True):
    """These bytes occur, somewhere."""

    bytes: bytes


class LineStart(Struct, frozen=True):
    """A line starts with these bytes (which may be the line end itself: an empty line)."""

    bytes: bytes


class LineEnd(Struct, frozen=True):
    """A line, or the last line without a line end, ends in these bytes."""

    bytes: bytes


class Head(Struct, frozen=True):
    """The window starts with these bytes."""

    bytes: bytes


class Beyond(Struct, frozen=True):
    """A sequence beyond ASCII: the lead byte (or bytes), then what the pattern `tail` of `re` matches.

    A regular expression that begins with one literal byte is searched at the speed of memchr, and
    ASCII text is not searched at all. The tails of all rules for one lead byte are one search.
    """

    lead: bytes
    tail: bytes


class Ask(Struct, frozen=True):
    """This cheap function says so, asked of several texts at once."""

    question: Callable[[Sequence[bytes]], bool]


Clue = AnyByte | Literal | LineStart | LineEnd | Head | Beyond | Ask
# Bytes that prose seldom has. A needle with one of them is searched only where one occurs.
_SELDOM: Final = frozenset(b"<>[]{}|\\^~=+@#*_\t\r")

_EDGE: Final = b"\xff\n"
"""Put between texts that are searched together. 0xFF is in no UTF-8 text, so nothing is found
across it, and the LF makes the start of a text a line start like any other.
"""

_first, _last = itemgetter(0), itemgetter(-1)


class Screen:
    """Says whether any clue is found. One search for all the bytes that prose seldom has, and one
    for each needle that has only common ones (` \\n`).
    """

    __slots__ = (
        "_beyond",
        "_direct",
        "_gate",
        "_gated",
        "_heads",
        "_never",
        "_questions",
        "_sequences",
        "_tails",
    )

    def __init__(self, clues: Iterable[Clue]) -> None:
        clues = set(clues)
        never = frozenset(b"".join(clue.bytes for clue in clues if isinstance(clue, AnyByte)))
        needles = _shortest(_needles(clues), never)
        seldom = {needle: _SELDOM.intersection(needle) for needle in needles}
        self._direct = tuple(needle for needle in needles if not seldom[needle])
        self._gated = tuple(needle for needle in needles if seldom[needle])
        self._gate = bytes(never.union(*(sorted(found)[:1] for found in seldom.values())))
        self._never = bytes(never)
        self._sequences = tuple(clue for clue in clues if isinstance(clue, Beyond))
        self._beyond: list[tuple[bytes, Callable[[bytes], object]]] = []
        self._heads = frozenset(clue.bytes[0] for clue in clues if isinstance(clue, Head))
        self._tails = frozenset(clue.bytes[-1] for clue in clues if isinstance(clue, LineEnd))
        self._questions = tuple(clue.question for clue in clues if isinstance(clue, Ask))

    def __call__(self, text: bytes) -> bool:
        """Whether there is a clue in `text`."""
        return self.any((text,))

    def any(self, texts: Sequence[bytes]) -> bool:
        """Whether there is a clue in any of `texts`; many small ones cost little more than one."""
        if not all(texts):
            texts = [text for text in texts if text]
        if not self._heads.isdisjoint(map(_first, texts)):
            return True
        if not self._tails.isdisjoint(map(_last, texts)):
            return True
        joined = _EDGE.join((b"", *texts, b""))
        for needle in self._direct:
            if find(joined, needle) >= 0:
                return True
        if self._gate and find_first_of(joined, self._gate) >= 0:
            if self._never and find_first_of(joined, self._never) >= 0:
                return True
            for needle in self._gated:
                if find(joined, needle) >= 0:
                    return True
        if self._sequences and not all(map(bytes.isascii, texts)) and self._goes_beyond(texts):
            return True
        return any(question(texts) for question in self._questions)

    def _goes_beyond(self, texts: Sequence[bytes]) -> bool:
        """Whether a clue beyond ASCII is in one of the texts that go beyond it.

        The patterns are compiled when the first such text comes: many corpora have none.
        """
        if not self._beyond:
            self._beyond = _by_lead(self._sequences)
        joined = _EDGE.join((b"", *(text for text in texts if not text.isascii()), b""))
        return any(find(joined, lead) >= 0 and search(joined) for lead, search in self._beyond)


def _by_lead(clues: Iterable[Beyond]) -> list[tuple[bytes, Callable[[bytes], object]]]:
    """For each lead byte the one search for all that may follow it."""
    tails: dict[bytes, set[bytes]] = {}
    for clue in clues:
        tails.setdefault(clue.lead, set()).add(clue.tail)
    return [
        (lead, re.compile(re.escape(lead) + b"(?:" + b"|".join(sorted(own)) + b")").search)
        for lead, own in sorted(tails.items())
    ]


def _needles(clues: Iterable[Clue]) -> set[bytes]:
    """What to search for: lines start and end at LF and at CR."""
    needles = set()
    for clue in clues:
        if isinstance(clue, Literal):
            needles.add(clue.bytes)
        elif isinstance(clue, LineStart):
            needles |= {b"\n" + clue.bytes, b"\r" + clue.bytes}
        elif isinstance(clue, LineEnd):
            needles |= {clue.bytes + b"\n", clue.bytes + b"\r"}
    return needles


def _shortest(needles: Iterable[bytes], forbidden: frozenset[int]) -> list[bytes]:
    """The needles that no other one is a part of, without those that hold a forbidden byte."""
    kept: list[bytes] = []
    for needle in sorted(needles, key=lambda needle: (len(needle), needle)):
        if not forbidden.intersection(needle) and not any(part in needle for part in kept):
            kept.append(needle)
    return kept
