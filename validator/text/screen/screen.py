"""Screens: what to look for in clean bytes, at the cost of a few C calls a file.

A rule says as data which clues would make it suspicious; the clues of all rules are merged, so
that two rules that look for the same bytes cost one search. A screen may cry wolf, it may not
miss: what `diagnose` would find, the screen has seen (a law, held by tests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from msgspec import Struct
from stringzilla import find, find_first_of

from .sequences import Sequences


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
    """A sequence beyond ASCII: the `lead` bytes, then what the pattern `tail` (of `re`) matches.

    ASCII text is not searched at all, and a pattern is tried only from where its lead occurs. The
    tails of all rules for one lead are one search. A lead should be rare in clean text of every
    script, so it is as long as the literal part is; a lead that is the whole sequence, with an
    empty tail, is searched without a pattern.

    A tail begins with the byte or the class of bytes that follows the lead, so that what no rule
    is after (dashes and quotation marks) is passed by at one look. What it needs to know of the
    bytes before comes behind that, as a look-behind over the lead.

    `after` is a pattern of the bytes before the lead, of one length and beyond ASCII. Most
    signs of clean text follow a blank or a letter of ASCII; these are passed by.
    """

    lead: bytes
    tail: bytes
    after: bytes = b""


class Ask(Struct, frozen=True):
    """This cheap function says so, asked of several texts at once.

    With `beyond` it is asked only of those that are not ASCII, with `heads` of those that begin
    with one of these bytes, if there are any; with a `byte`, only where that occurs in one of them;
    where it is about texts that are `unended`, only where one ends in no line end.
    """

    question: Callable[[Sequence[bytes]], bool]
    beyond: bool = False
    byte: bytes = b""
    heads: bytes = b""
    unended: bool = False


Plain = AnyByte | Literal | LineStart | LineEnd | Head | Beyond
"""A clue that is data: it can be written down (`rules/index.json`)."""

PLAIN: Final[Mapping[str, type[Plain]]] = {
    one.__name__: one for one in (AnyByte, Literal, LineStart, LineEnd, Head, Beyond)
}
"""Their types by name."""

Clue = Plain | Ask
_SELDOM: Final = b"~^|<>@\\=+#*_\t\r[]{}"
"""Bytes that prose seldom has, those first that JSON and markup seldom have, too. A needle is
searched only where the first of them that it has occurs."""

EDGE: Final = b"\xff\n"
"""Put between texts that are searched together. 0xFF is in no UTF-8 text, so nothing is found
across it, and the LF makes the start of a text a line start like any other.
"""

_LARGE: Final = 1 << 15
"""From so many bytes on a text is searched as it is."""

LINE_ENDS: Final = frozenset(b"\n\r")

_first, _last = itemgetter(0), itemgetter(-1)


class Screen:
    """Says whether any clue is found.

    One search for all the bytes that prose seldom has together, and one for each needle that has
    only common bytes (a blank and a line end).
    """

    __slots__ = (
        "_beyond",
        "_direct",
        "_gate",
        "_gated",
        "_heads",
        "_never",
        "_questions",
        "_questions_beyond",
        "_questions_of_heads",
        "_sequences",
        "_starts",
        "_tails",
    )

    def __init__(self, clues: Iterable[Clue]) -> None:
        clues = set(clues)
        never = frozenset(b"".join(clue.bytes for clue in clues if isinstance(clue, AnyByte)))
        needles = _shortest(_needles(clues), never)
        seldom = {needle: [byte for byte in _SELDOM if byte in needle] for needle in needles}
        self._direct = tuple(needle for needle in needles if not seldom[needle])
        self._starts = tuple(needle[1:] for needle in needles if needle.startswith(b"\n"))
        self._gated = tuple(needle for needle in needles if seldom[needle])
        self._gate = bytes(never.union(*(found[:1] for found in seldom.values())))
        self._never = bytes(never)
        self._sequences = {
            (clue.lead, clue.tail, clue.after) for clue in clues if isinstance(clue, Beyond)
        }
        self._beyond: Sequences | None = None
        self._heads = frozenset(clue.bytes[0] for clue in clues if isinstance(clue, Head))
        self._tails = frozenset(clue.bytes[-1] for clue in clues if isinstance(clue, LineEnd))
        asks = [clue for clue in clues if isinstance(clue, Ask)]
        self._questions = tuple(
            (ask.question, ask.byte, ask.unended) for ask in asks if not (ask.beyond or ask.heads)
        )
        self._questions_of_heads = tuple(
            (ask.question, frozenset(ask.heads)) for ask in asks if ask.heads
        )
        self._questions_beyond = tuple(ask.question for ask in asks if ask.beyond)

    def __call__(self, text: bytes) -> bool:
        """Whether there is a clue in `text`."""
        return self.any((text,))

    def any(self, texts: Sequence[bytes], others: Sequence[bytes] | None = None) -> bool:
        """Whether there is a clue in any of `texts`; many small ones cost little more than one.

        `others` are those of them that are not ASCII, if the caller has parted them already.
        """
        if not all(texts):
            texts = [text for text in texts if text]
            if not texts:
                return False  # a file without bytes is no matter of clues
        firsts, lasts = {*map(_first, texts)}, {*map(_last, texts)}
        if not (self._heads.isdisjoint(firsts) and self._tails.isdisjoint(lasts)):
            return True
        if len(texts) == 1 and len(texts[0]) >= _LARGE:
            joined = texts[0]  # not worth a copy
            if joined.startswith(self._starts):
                return True
        else:
            joined = EDGE.join((b"", *texts, b""))
        return (
            any(find(joined, needle) >= 0 for needle in self._direct)
            or (bool(self._gate) and find_first_of(joined, self._gate) >= 0 and self._rare(joined))
            or (
                (others is None or bool(others))
                and bool(self._sequences or self._questions_beyond)
                and self._beyond_ascii(texts, others, joined)
            )
            or any(
                question(texts)
                for question, byte, unended in self._questions
                if not (unended and lasts <= LINE_ENDS) and (not byte or find(joined, byte) >= 0)
            )
            or any(
                question([text for text in texts if text[0] in heads])
                for question, heads in self._questions_of_heads
                if not heads.isdisjoint(firsts)
            )
        )

    def _rare(self, joined: bytes) -> bool:
        """Whether there is a clue with seldom bytes; asked where one of these occurs."""
        if self._never and find_first_of(joined, self._never) >= 0:
            return True
        return any(find(joined, needle) >= 0 for needle in self._gated)

    def _beyond_ascii(
        self, texts: Sequence[bytes], others: Sequence[bytes] | None, joined: bytes
    ) -> bool:
        """Whether there is a clue beyond ASCII; asked of texts that may be all ASCII."""
        if others is None:
            others = [text for text in texts if not text.isascii()]
        if not others:
            return False
        if self._beyond is None:  # made for the first text that needs it: many corpora have none
            self._beyond = Sequences(self._sequences)
        if len(others) < len(texts) or joined is texts[0]:
            joined = EDGE.join((b"", *others, b""))
        return self._beyond.found(joined) or any(
            question(others) for question in self._questions_beyond
        )


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
