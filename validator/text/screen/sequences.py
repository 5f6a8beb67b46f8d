"""Searches for byte sequences beyond ASCII, in steps; each step leaves less to the next one.

First bytes that do not occur are left out, then leads, then rows of bytes that a sequence could be
made of. Clean text seldom has such a row; where it does, `re` decides. `docs/screens.md` shows each
step with an example, and what it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from itertools import groupby, islice, pairwise
from typing import Final

from stringzilla import find, find_first_of

from ..lazy_re import later
from ..re2 import byte_finder
from .byte_rows import CONTINUATION, Rows, affordable

# A class, an escape or a byte, as far as they are understood here; and a choice of such.
_PLACE: Final = later(
    rb"(\[(?!\^)(?:\\x[0-9a-f]{2}|\\[nrt]|[^\]\\\[])+\]|\\x[0-9a-f]{2}|[\x80-\xff])(?![?*{])"
)
_CHOICE: Final = later(rb"\(\?[:=]((?:\\.|\[[^\]]*\]|[^()\[\\])*)\)(?![?*{])", re.DOTALL)
_ALTERNATIVE: Final = later(rb"(?:\\.|\[[^\]]*\]|[^|\[\\])+", re.DOTALL)
_CLASS_OR_ESCAPE: Final = later(rb"\\.|\[[^\]]+\]", re.DOTALL)
_GROUP: Final = later(rb"\([^()]*\)")

_FEW: Final = 24
"""At so many rows of a text `re` looks one by one; if there are more, it searches the text."""

_USUAL: Final = (b"\xe2\x80", b"\xe2\x82", b"\xe2\x84", b"\xef\xbc")
"""Leads that clean text has, too: those of dashes and quotation marks, of `€`, of `№`, and of
fullwidth punctuation."""

_MANY: Final = 8
"""With more different first bytes than this in one text, one pass for all sequences takes less time
than a search for each."""

_FAR: Final = 2
"""How many bytes of a tail are part of a row."""

# A look-ahead or look-behind, with groups one deep: what the one pass leaves out.
_LOOK: Final = later(
    rb"\(\?(?:<?[=!])(?:\\.|\[[^\]]*\]|[^()\[\\]|\((?:\\.|\[[^\]]*\]|[^()\[\\])*\))*\)", re.DOTALL
)

_OFTEN: Final = b"\xc2\xc3\xe2"
"""First bytes of Western letters and of typography."""

_BOUNDS: Final = (0xC2, 0xCC, 0xE0, 0xE2, 0xF0, 0xF5)
"""The least byte of each group of first bytes that occur in the same texts: of Latin, of other
alphabets of two bytes, of India and its neighbours, of East Asia, of emoji; last, the end."""

_GATE: Final = 3
"""How many bytes of a sequence are in the one row that is searched for many leads together."""

Sequence = tuple[bytes, bytes, bytes]
"""A lead, the pattern of what follows it, and the pattern of what stands before it, if any."""

Tail = tuple[bytes, bytes]
"""What follows a lead, and what stands before it."""


class Sequences:
    """Says whether a text holds one of many sequences."""

    def __init__(self, sequences: Iterable[Sequence]) -> None:
        tails: dict[bytes, set[Tail]] = {}
        for lead, tail, after in sequences:
            tails.setdefault(lead, set()).add((tail, after))
        leads = [_Lead(lead, own) for lead, own in sorted(tails.items())]
        self._groups = {
            first: _Group(group) for first, group in groupby(leads, lambda own: own.lead[0])
        }
        firsts = bytes(self._groups)
        self._often = bytes(first for first in firsts if first in _OFTEN)
        kin = (
            bytes(first for first in firsts if low <= first < high and first not in _OFTEN)
            for low, high in pairwise(_BOUNDS)
        )
        self._seldom = [some for some in kin if some]
        self._one_pass = cache(partial(_relaxed, tails))

    def in_one_pass(self, text: bytes) -> bool:
        """Whether one pass finds a sequence in `text`; it may find too many, never too few."""
        return self._one_pass()(text)

    def found(self, text: bytes) -> bool:
        """Whether one of the sequences is in `text`."""
        firsts = self._often
        if find_first_of(text, b"".join(self._seldom)) >= 0:
            firsts += b"".join(kin for kin in self._seldom if find_first_of(text, kin) >= 0)
        groups = [self._groups[first] for first in firsts if find(text, bytes((first,))) >= 0]
        if len(groups) > _MANY and not self.in_one_pass(text):
            return False
        return any(group.found(text) for group in groups)


class _Group:
    """The sequences that begin with the same byte."""

    def __init__(self, leads: Iterable[_Lead]) -> None:
        self._usual: list[_Lead] = []
        self._others: list[_Lead] = []
        for own in leads:
            usual = own.lead in _USUAL or len(own.lead) == 1
            (self._usual if usual else self._others).append(own)
        self._row: Rows | None = None

    def found(self, text: bytes) -> bool:
        """Whether one of them is in `text`."""
        return any(own.found(text) for own in self._usual) or (
            bool(self._others)
            and self._gate().found(text)
            and any(own.found(text) for own in self._others)
        )

    def _gate(self) -> Rows:
        if self._row is None:
            self._row = _gate(self._others)
        return self._row


def _gate(leads: Iterable[_Lead]) -> Rows:
    """A row of bytes that is found wherever one of the leads stands with what follows it."""
    rows = [[*_own(own.lead), *_places(tail)[0]][:_GATE] for own in leads for tail, _ in own.tails]
    row = tuple(
        _together(places) for places in zip(*rows, strict=False)
    )  # as short as the shortest
    return Rows(affordable(row)[1])


def openings(lead: bytes, tail: bytes) -> frozenset[bytes]:
    """Byte strings beyond ASCII: every sequence of this lead and tail begins with one of them."""
    following = b"".join(_places(tail)[0][:1])
    if not following or min(following) < 0x80:
        return frozenset((lead,))
    return frozenset(lead + bytes((byte,)) for byte in following)


def _own(lead: bytes) -> list[bytes]:
    return [bytes((byte,)) for byte in lead]


class _Lead:
    """The sequences that begin with the same bytes."""

    __slots__ = ("_pattern", "_patterns", "_rows", "lead", "tails")

    def __init__(self, lead: bytes, tails: set[Tail]) -> None:
        self.lead, self.tails = lead, tails
        # Made only when they are needed: many leads never occur.
        self._pattern: re.Pattern[bytes] | None = None
        self._patterns: dict[Tail, re.Pattern[bytes]] = {}
        self._rows: list[tuple[int, Rows]] | None = None

    def found(self, text: bytes) -> bool:
        """Whether one of them is in `text`."""
        at: int = find(text, self.lead)
        if at < 0 or (b"", b"") in self.tails:
            return at >= 0
        if self._rows is None:
            self._rows = _rows(self.lead, self.tails)
        starts = (at + shift for shift, rows in self._rows for at in rows.starts(text))
        if any(self._is_at(text, start) for start in islice(starts, _FEW)):
            return True
        if next(starts, None) is None:
            return False
        if self._pattern is None:
            self._pattern = re.compile(pattern_of(self.lead, self.tails))
        return self._pattern.search(text, at) is not None

    def _is_at(self, text: bytes, start: int) -> bool:
        """Whether a sequence stands at `start`. Only tails that may begin so are compiled: few."""
        following = start + len(self.lead)
        for tail in self.tails:
            first = _places(tail[0])[0][:1]
            if first and text[following : following + 1] not in first[0]:
                continue
            if tail not in self._patterns:
                self._patterns[tail] = re.compile(pattern_of(self.lead, {tail}))
            if self._patterns[tail].match(text, start):
                return True
        return False


def _rows(lead: bytes, tails: Iterable[Tail]) -> list[tuple[int, Rows]]:
    """Rows, one of which is found wherever a sequence is; and in each the offset of the lead."""
    merged: dict[tuple[int, int], list[bytes]] = {}
    for tail, after in tails:
        before, rest = _places(after)
        row = [*_own(lead), *_places(tail)[0][:_FAR]]
        if row[-1] == CONTINUATION:
            del row[-1]  # any lead is followed by such a byte
        if rest:  # these places need not stand right before the lead
            before = ()
        row = [*before, *row]
        shape = len(before), len(row)
        merged[shape] = [_together(pair) for pair in zip(merged.get(shape, row), row, strict=True)]
    rows = []
    for (lead_at, _), row in merged.items():
        start, part = affordable(tuple(row))
        rows.append((lead_at - start, Rows(part)))
    return rows


@lru_cache(1024)
def _places(pattern: bytes) -> tuple[tuple[bytes, ...], bytes]:
    """The bytes that each place at the start of a pattern allows; and the rest of the pattern.

    A group of alternatives of one byte each is the last place, also where it is a look-ahead.
    """
    if b"|" in _outside(pattern):
        return (), pattern
    places = []
    while place := _PLACE.match(pattern):
        places.append(_fitting(place[1]))
        pattern = pattern[place.end() :]
    if group := _CHOICE.match(pattern):
        ways = [_PLACE.match(way) for way in _ALTERNATIVE.findall(group[1])]
        if all(ways) and len(ways) == _outside(group[1]).count(b"|") + 1:
            places.append(_together(_fitting(way[1]) for way in ways if way))
    return tuple(places), pattern


def _together(places: Iterable[Iterable[int]]) -> bytes:
    return bytes(sorted({byte for place in places for byte in place}))


def _fitting(place: bytes) -> bytes:
    """The bytes that a class, an escape or a byte stands for."""
    codes = place.removeprefix(b"[").removesuffix(b"]").decode("unicode_escape").encode("latin-1")
    spans = re.findall(rb"(?s)(.)(?:-(.))?", codes)
    return _together(range(first[0], (last or first)[0] + 1) for first, last in spans)


def _relaxed(tails: Mapping[bytes, set[Tail]]) -> Callable[[bytes], bool]:
    """A search in one pass that finds all sequences, and a little more.

    The look-aheads and look-behinds of a tail, which RE2 does not have, are left out, but for a
    look-ahead at its very end.
    """
    ways = [
        _escaped(after + re.escape(lead) + b"(?:" + _LOOK.sub(_consumed, tail) + b")")
        for lead, own in sorted(tails.items())
        for tail, after in sorted(own)
    ]
    return byte_finder(b"|".join(ways))


def _consumed(look: re.Match[bytes]) -> bytes:
    """A look-ahead at the end of a tail as the bytes that it looks for; any other as nothing."""
    last = look.end() == len(look.string) and look.group().startswith(b"(?=")
    return b"(?:" + look.group()[3:] if last else b""


def _escaped(pattern: bytes) -> bytes:
    """The pattern in ASCII, as RE2 wants it."""
    return b"".join(b"\\x%02x" % byte if byte > 0x7F else b"%c" % byte for byte in pattern)


def pattern_of(lead: bytes, tails: set[Tail]) -> bytes:
    """The pattern of a lead with all its tails; some of these ask for bytes before the lead."""
    start = re.escape(lead)
    plain = [tail for tail, after in sorted(tails) if not after]
    joined = [(tail, after) for tail, after in sorted(tails) if after]
    ways = [_guard(plain) + b"(?:" + b"|".join(plain) + b")"] if plain else []
    if joined:
        guard = b"(?<=[\x80-\xff]" + start + b")" + _guard([tail for tail, _ in joined])
        behind = (b"(?<=%b%b)(?:%b)" % (after, start, tail) for tail, after in joined)
        ways.append(guard + b"(?:" + b"|".join(behind) + b")")
    return start + b"(?:" + b"|".join(ways) + b")"


def _guard(tails: Iterable[bytes]) -> bytes:
    """A look-ahead that is true where the next byte is the first of some tail."""
    firsts = [_places(tail)[0][:1] for tail in tails]
    if len(firsts) < 2 or () in firsts:
        return b""
    fitting = _together(first[0] for first in firsts)
    return b"(?=[" + b"".join(b"\\x%02x" % byte for byte in fitting) + b"])"


def _outside(pattern: bytes) -> bytes:
    """The parts of a pattern that are in no class and in no group."""
    rest, count = _CLASS_OR_ESCAPE.sub(b"", pattern), 1
    while count:
        rest, count = _GROUP.subn(b"", rest)
    return rest
