"""Screens: a search for the clues of all rules, at the cost of a few C calls a file.

A rule declares as data which clues it looks for; the clues of all rules are merged, so that two
rules that look for the same bytes cost one search. Clean text may have a clue: then the rules look,
and find nothing. A fault always has one: a test holds that. `docs/screens.md` has the steps.
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

    A tail begins with the byte, or the class of bytes, that follows the lead: by this byte alone
    most dashes and quotation marks are told from what rules look for. What the tail needs to know
    of the bytes before the lead comes later in it, as a look-behind over the lead.

    `after` is a pattern of the bytes before the lead, of one length and beyond ASCII. So signs are
    left out that follow a blank or a letter of ASCII, as most do in clean text.
    """

    lead: bytes
    tail: bytes
    after: bytes = b""


class Ask(Struct, frozen=True):
    """`question`, a cheap function, says whether one of several texts has a clue.

    With `beyond` it is asked only of texts that are not ASCII, with `heads` only of those that
    begin with one of these bytes. It is asked only if one of the texts has the `byte`, if one is
    given, and with `unended` only if one of them does not end in a line end.
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
"""The types of plain clues, by name."""

Clue = Plain | Ask
_SELDOM: Final = b"~^|<>@\\=+#*_\t\r[]{}"
"""Bytes that prose seldom has; first, those that JSON and markup seldom have, too. A needle with
such bytes is searched only where the first of them, in this order, occurs."""

EDGE: Final = b"\xff\n"
"""Put between texts that are searched together. 0xFF is in no UTF-8 text, so nothing is found
across it, and the LF makes the start of a text a line start like any other.
"""

_LARGE: Final = 1 << 15
"""A text of so many bytes or more is searched as it is, without a copy."""

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

        `others` are those of them that are not ASCII, if the caller knows; None if not.
        """
        if not all(texts):
            texts = [text for text in texts if text]
            if not texts:
                return False  # an empty file has no clue
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

    @property
    def sequences(self) -> Sequences:
        """The search for clues beyond ASCII, made for the first text that needs it: few do."""
        if self._beyond is None:
            self._beyond = Sequences(self._sequences)
        return self._beyond

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
        if len(others) < len(texts) or joined is texts[0]:
            joined = EDGE.join((b"", *others, b""))
        return self.sequences.found(joined) or any(
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
