"""What a single damaged byte of a UTF-8 file may have been: the character of a legacy encoding.

Each encoding reads the byte as something; most readings make no sense where the byte stands. A
candidate survives when it has a character there that

- is a letter, in the alphabet and the case of the letters beside it (`É` is none after `m`), of an
  encoding that has the other letters of the file too, or
- is punctuation or a sign, where it does not split a word (`’` may), of an encoding that has the
  letters beside it.

What more than half of the survivors agree on is the suggestion; where they do not, and all around
is ASCII, that of the encoding in which the words read best (`legibility`), if it is ahead of the
others. That is a guess from context: whoever mends the file decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from ..text.lines import Window
from ..text.scripts import script_of
from .evidence import evidence
from .legibility import single_byte
from .legibility.judgement import Reading

CANDIDATES: Final = (
    "cp1252", "iso8859-1", "iso8859-15", "mac-roman", "cp850", "cp1250", "iso8859-2", "cp1251",
    "koi8-r", "cp1253", "cp1254",
)  # fmt: skip
"""One-byte encodings that fragments come from, the most likely first."""

AHEAD: Final = 4
"""Bits by which a character must be ahead of the next, to be suggested for how the words read."""

READABLE: Final = 7.0
"""Bits a byte up to which words read."""

_BETWEEN_LETTERS: Final = frozenset("’‐‑–—·")
_SIGNS: Final = frozenset("°©®±×÷²³¼½¾")
_PUNCTUATION: Final = frozenset({"Pi", "Pf", "Ps", "Pe", "Pd", "Po", "Sc"})
_WORDS: Final = frozenset("àáéèêìíòóôõùúавиксуя")
"""Letters beyond ASCII that are words by themselves: French `à`, Portuguese `é`, Russian `и`."""

_HALVES: Final = frozenset({0xC2, 0xC3})
"""Bytes that in a UTF-8 file are far more often half of a character that was cut."""

_NONE: Final[tuple[str, tuple[str, ...]]] = "", ()

_Table = dict[int, str]


class Readings(Struct, frozen=True):
    """Characters that a byte may stand for, each with the candidates that say so.

    `agreed` is the one to suggest, or empty.
    """

    by_character: dict[str, tuple[str, ...]]
    agreed: str
    implausible: dict[str, tuple[str, ...]]


def readings(context: bytes, at: int, letters: Iterable[str]) -> Readings:
    """What the byte `context[at]` may be in a file with these letters beyond ASCII."""
    text = context.decode("utf-8", "surrogateescape")
    place = len(context[:at].decode("utf-8", "surrogateescape"))
    near = text[max(0, place - 1) : place + 2]
    plausible, others = _by_character(near, min(place, 1), _repertoire().intersection(letters))
    found = dict(plausible)
    votes = sum(map(len, found.values()))
    agreed = next((one for one, own in found.items() if 2 * len(own) > votes), "")
    if not agreed:
        agreed, codecs = _by_language(context, at)
        if agreed and agreed not in found:
            found[agreed] = others.get(agreed, codecs)
    rest = {one: own for one, own in others.items() if one not in found}
    return Readings(found, agreed, rest)


_Codecs = Mapping[str, tuple[str, ...]]


@lru_cache(1 << 12)
def _by_character(near: str, place: int, letters: frozenset[str]) -> tuple[_Codecs, _Codecs]:
    """What a byte may be between its neighbours, and what it is under the other candidates.

    The byte is the lone surrogate at `place`; `letters` are those of the file that a candidate has.
    What a fragment left is often the same in many files.
    """
    plausible: dict[str, tuple[str, ...]] = {}
    others: dict[str, tuple[str, ...]] = {}
    byte = ord(near[place]) - 0xDC00
    for codec in CANDIDATES:
        table = _table(codec)
        character = table.get(ord(near[place]))
        if character is None:
            continue
        read = near.translate(table)
        around = letters if character.isalpha() else _repertoire().intersection(read)
        good = byte not in _HALVES and _fits(read, place) and around <= _letters(codec)
        found = plausible if good else others
        found[character] = (*found.get(character, ()), codec)
    return plausible, others


def _by_language(context: bytes, at: int) -> tuple[str, tuple[str, ...]]:
    """The character under which the words read best, and the encodings that have it there.

    Empty where none reads best by far.
    """
    if not (context[:at] + context[at + 1 :]).isascii():
        return _NONE
    byte = context[at : at + 1]
    words = evidence([Window(context)]).words
    best: dict[str, Reading] = {}
    for reading in single_byte.readings(byte, words):
        best.setdefault(byte.decode(reading.codecs[0]), reading)
    (character, first), *rest = best.items()
    ahead = min((one.bits - first.bits for one in (second for _, second in rest)), default=AHEAD)
    return (character, first.codecs) if ahead >= AHEAD and first.rate < READABLE else _NONE


@cache
def _table(codec: str) -> _Table:
    """What the codec makes of each byte beyond ASCII, by its lone surrogate; controls are none."""
    table: _Table = {}
    for byte in range(0x80, 0x100):
        character = bytes([byte]).decode(codec, "replace")
        if character != "\ufffd" and unicodedata.category(character) != "Cc":
            table[0xDC00 + byte] = character
    return table


@cache
def _letters(codec: str) -> frozenset[str]:
    return frozenset(_table(codec).values())


@cache
def _repertoire() -> frozenset[str]:
    """What any candidate has: a letter that none has (the file quotes Chinese) says nothing."""
    return frozenset().union(*map(_letters, CANDIDATES))


def _fits(text: str, at: int) -> bool:
    """Whether the character at `at` makes sense between its neighbours."""
    character = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if character.isalpha():
        return _fits_letter(character, before, after)
    if character in _SIGNS:
        return not before.isalpha()
    if unicodedata.category(character) not in _PUNCTUATION:
        return False
    return character in _BETWEEN_LETTERS or not (before.isalpha() and after.isalpha())


def _fits_letter(character: str, before: str, after: str) -> bool:
    """A letter fits to letters of its alphabet and case; alone it must be a word of one letter."""
    beside = [other for other in (before, after) if other.isalpha()]
    if any(script_of(other) != script_of(character) for other in beside):
        return False
    if not beside:
        return character.lower() in _WORDS
    if character.isupper():
        return not before.islower()
    return not (before.isupper() and after.isupper())
