"""Suggests the character of a legacy encoding that an invalid byte of a UTF-8 file may have been.

Each legacy encoding (a candidate) decodes the byte to some character; most of them make no sense
between the neighbours of the byte. A candidate is plausible if its character

- is a letter that fits the alphabet and the case of the letters beside it (`É` does not after `m`),
  and the candidate has the other letters of the file, too; or
- is punctuation or a sign that does not split a word (`’` may), and the candidate has the letters
  beside it.

The character that more than half of the plausible candidates agree on is suggested. If there is
none, and all around is ASCII, it is that of the encoding in which the words read best
(`legibility`), if it is far ahead. This is a guess from context: whoever corrects the file decides.
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
"""One-byte encodings that invalid bytes commonly come from, the most likely first."""

AHEAD: Final = 4
"""A character is suggested for how the words read only if it is ahead by so many bits."""

READABLE: Final = 7.0
"""Words that take fewer bits a byte read well."""

_BETWEEN_LETTERS: Final = frozenset("’‐‑–—·")
_SIGNS: Final = frozenset("°©®±×÷²³¼½¾")
_PUNCTUATION: Final = frozenset({"Pi", "Pf", "Ps", "Pe", "Pd", "Po", "Sc"})
_WORDS: Final = frozenset("àáéèêìíòóôõùúавиксуя")
"""Letters beyond ASCII that are words by themselves: French `à`, Portuguese `é`, Russian `и`."""

_HALVES: Final = frozenset({0xC2, 0xC3})
"""Bytes that are in a UTF-8 file far more often the first half of a character that was cut."""

_NONE: Final[tuple[str, tuple[str, ...]]] = "", ()

_Table = dict[int, str]


class Readings(Struct, frozen=True):
    """The characters that an invalid byte may have been, each with the encodings that say so.

    `agreed` is the one to suggest, or empty. `implausible` are those that make no sense there.
    """

    by_character: dict[str, tuple[str, ...]]
    agreed: str
    implausible: dict[str, tuple[str, ...]]


def readings(context: bytes, at: int, letters: Iterable[str]) -> Readings:
    """What the invalid byte `context[at]` may have been, in a file with these letters."""
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
    """The plausible characters of a byte between its neighbours, and those of other candidates.

    The byte is the lone surrogate `near[place]`; `letters` are those of the file that any candidate
    has. Cached, as many files have the same invalid byte in the same word.
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
    """The character with which the words read best, and the encodings that have it there.

    Both are empty if no character is far ahead.
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
    """By the lone surrogate of a byte beyond ASCII: the character that `codec` decodes it to.

    Bytes that are controls or undefined are left out.
    """
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
    """The characters of all candidates. Other letters of a file, such as Chinese, tell nothing."""
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
    """Whether a letter fits beside its neighbours: same script, and a possible case.

    Without a letter beside it, it must be a word of one letter.
    """
    beside = [other for other in (before, after) if other.isalpha()]
    if any(script_of(other) != script_of(character) for other in beside):
        return False
    if not beside:
        return character.lower() in _WORDS
    if character.isupper():
        return not before.islower()
    return not (before.isupper() and after.isupper())
