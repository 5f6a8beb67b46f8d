"""Languages: their letters, and how many bits it takes to say which letter follows another.

The bits are those of a model of letter pairs (C. E. Shannon, A Mathematical Theory of
Communication, 1948, section 3): -log2 of the share that the second letter has of all that follow
the first. Pairs of letters were counted and are in `letter_pairs.txt` (written by
`benchmarks/letter_pairs.py`); the bits of other characters are set here.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from ...file.opening import read_text
from ...text.scripts import script_of

TABLE: Final = os.path.join(os.path.dirname(__file__), "letter_pairs.txt")
LARGEST: Final = 1 << 18
"""Most bytes that a table file of this package may have."""

_DIGITS: Final = bytes.maketrans(b"0123456789abcdefghijklmnopqrstuvwxyz", bytes(range(36)))

MOST: Final = 14
"""Bits of a pair that was hardly ever counted, or never."""

_MOST_ASCII: Final = 9
"""The same for two ASCII letters: names and words of other languages are in every text."""

_CAPPED: Final = bytes(min(bits, _MOST_ASCII) for bits in range(256))

FOREIGN, STRANGE, OPENING, CLOSING, QUOTE, MARK, SYMBOL, CONTROL = range(8)
"""Classes of characters that are no letters of a language: other letters of its script; letters of
another script; signs before a word, after one, on either side; signs like `§`; symbols that few
texts have; controls, which no text has."""

SIGNS: Final = {
    **dict.fromkeys("„‘¿¡", OPENING),
    **dict.fromkeys("…’", CLOSING),
    **dict.fromkeys("“”«»‹›", QUOTE),
    **dict.fromkeys("–—\xa0°§€£©®™•·\xad№²³´", MARK),
    **dict.fromkeys("ªºƒµ", SYMBOL),
}

"""The classes of common signs beyond ASCII."""

# Bits of each class after a word boundary and after a letter (for signs: plus the bits of a word's
# end), and of a letter after each class (plus the bits of a letter at the start of a word).
_AFTER_BOUNDARY: Final = (17, 17, 6, 9, 5, 8, 11, 25)
_AFTER_LETTER: Final = (17, 17, 14, 8, 3, 7, 13, 25)
_TO_LETTER: Final = (6, 16, 0, 8, 0, 8, 8, 6)
_AFTER_OTHER: Final = (12, 12, 10, 5, 5, 8, 11, 20)
_WITHIN_FOREIGN: Final = (9, 9)
"""Bits of a FOREIGN letter after a FOREIGN one, and of a STRANGE letter after a STRANGE one."""

_ALONE: Final = bytes((32, 32, 20, 20, 14, 20, 28, 36))
"""Twice the bits of each of these classes, where the character before it is not known."""

_LATIN_WORD: Final = 7
"""Bits of an ASCII letter in a language of another script, at the start and inside of a word."""


class Language(Struct, frozen=True):
    """The letters of a language and the bits of each pair of them.

    `rows[a][b]` are the bits of the class `b` after the class `a`. Class 0 is a word boundary; the
    letters follow, with the class of each in `classes`; from `size` on come FOREIGN, STRANGE and
    the others. `alone` are twice the bits of each class where the character before it is unknown.
    """

    script: str
    classes: dict[str, int]
    size: int
    rows: tuple[bytes, ...]
    alone: bytes


@lru_cache(1 << 16)
def class_of(code: str, character: str) -> int:
    """The class of `character` in the language `code`. Raises KeyError if there is no such."""
    own = language(code)
    small = character.lower()
    if small in own.classes:
        return own.classes[small]
    if character == "’" and "'" in own.classes:
        return own.classes["'"]
    if character.isascii():
        return own.size + STRANGE if character.isalpha() else 0
    return own.size + SIGNS.get(character, _class_beyond(character, own.script))


def _class_beyond(character: str, script: str) -> int:
    category = unicodedata.category(character)
    if category == "Cc":
        return CONTROL
    if category[0] not in "LM" or category == "Lm":
        return SYMBOL
    return FOREIGN if category[0] == "M" or script_of(character) == script else STRANGE


@cache
def codes(script: str) -> tuple[str, ...]:
    """The codes (ISO 639-1) of a script's languages; `sh`: Bosnian, Croatian, Serbian in Latin."""
    return tuple(code for code in _tables() if language(code).script == script)


@cache
def _tables() -> dict[str, tuple[str, list[str]]]:
    """The letters of each language and its rows in the table."""
    lines = read_text(TABLE, LARGEST).split("\n")
    found = {}
    at = 0
    while at < len(lines) and lines[at]:
        code, letters = lines[at].split(" ", 1)
        end = at + len(letters) + 3
        found[code] = letters, lines[at + 1 : end]
        at = end
    return found


@cache
def language(code: str) -> Language:
    """A language by its code. Raises KeyError if it is not in the table."""
    letters, table = _tables()[code]
    alone, *rows = (line.encode().translate(_DIGITS) for line in table)
    latin = letters[0] == "a"
    script = "LATIN" if latin else script_of(letters[-1])
    if latin:
        rows[1:27] = [row[:27].translate(_CAPPED) + row[27:] for row in rows[1:27]]
    classes = {letter: at for at, letter in enumerate(" " + letters)}
    alone += _ALONE
    return Language(script, classes, len(rows), _with_others(rows, latin), alone)


def _with_others(rows: list[bytes], latin: bool) -> tuple[bytes, ...]:
    """The rows of the letters, extended by the other classes, and the rows of these classes."""
    size, starts = len(rows), rows[0]
    all_rows = [b"\1" + starts[1:] + bytes(_AFTER_BOUNDARY)]
    for row in rows[1:]:
        signs = (bits + row[0] for bits in _AFTER_LETTER[CLOSING:CONTROL])
        all_rows.append(row + bytes((*_AFTER_LETTER[:CLOSING], *signs, _AFTER_LETTER[CONTROL])))
    for kind, price in enumerate(_TO_LETTER):
        if kind in (FOREIGN, STRANGE):
            row = b"\3" + bytes([price]) * (size - 1) + bytes(_AFTER_OTHER)
            all_rows.append(_set(row, size + kind, _WITHIN_FOREIGN[kind]))
        else:
            all_rows.append(b"\2" + starts[1:].translate(_dearer(price)) + bytes(_AFTER_OTHER))
    if not latin:
        for at in (0, size + STRANGE):
            all_rows[at] = _set(all_rows[at], size + STRANGE, _LATIN_WORD)
    return tuple(all_rows)


@lru_cache(64)
def _dearer(price: int) -> bytes:
    return bytes(min(MOST + 5, bits + price) for bits in range(256))


def _set(row: bytes, at: int, bits: int) -> bytes:
    return row[:at] + bytes([bits]) + row[at + 1 :]
