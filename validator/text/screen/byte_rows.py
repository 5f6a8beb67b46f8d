"""Finds rows of neighbouring bytes, for each of which certain bytes are allowed, at some 10 GB/s.

A kind is a number for all bytes that are allowed at the same places. The text is translated into
kinds; then a row is one word of kinds or a few, and a search for a word is fast. `docs/screens.md`
shows it with an example.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final

from stringzilla import find, translate

Row = tuple[bytes, ...]
"""For each place of a row the bytes that are allowed there."""

CONTINUATION: Final = bytes(range(0x80, 0xC0))
"""The bytes that continue a character in UTF-8: none begins with one."""

LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

_WORDS: Final = 3
"""The most words that a row may make, since each costs a search."""


class Rows:
    """Says where one of some rows is in a text.

    A place that allows bytes of two kinds makes two words, two such places four. The words are few
    if any two places either allow the same bytes or have no byte in common.
    """

    __slots__ = ("_kinds", "_words")

    def __init__(self, *rows: Row) -> None:
        self._kinds = _kinds({place for row in rows for place in row})
        self._words = sorted({word for row in rows for word in _words(row, self._kinds)})

    def found(self, text: bytes) -> bool:
        """Whether a row stands anywhere in `text`."""
        kinds = translate(text, self._kinds)
        return any(find(kinds, word) >= 0 for word in self._words)

    def starts(self, text: bytes) -> Iterator[int]:
        """Where rows start in `text`, in no order."""
        kinds = translate(text, self._kinds)
        for word in self._words:
            at = find(kinds, word)
            while at >= 0:
                yield at
                at = find(kinds, word, at + 1)


def affordable(row: Row) -> tuple[int, Row]:
    """The place where the longest part of a row begins that makes few words, and that part."""
    for length in range(len(row), 1, -1):
        parts = [(start, row[start : start + length]) for start in range(len(row) - length + 1)]
        cheap = [part for part in parts if len(_words(part[1], _kinds(part[1]))) <= _WORDS]
        if cheap:
            return min(cheap, key=lambda part: prod(map(len, part[1])))
    return 0, row[:1]


def _words(row: Row, kinds: bytes) -> set[bytes]:
    return {bytes(word) for word in product(*(set(place.translate(kinds)) for place in row))}


def _kinds(places: Iterable[bytes]) -> bytes:
    """The kind of each of the 256 bytes; 0 is the kind of those that no place allows."""
    return _kinds_of(tuple(sorted(set(places))))


@lru_cache(1024)
def _kinds_of(places: tuple[bytes, ...]) -> bytes:
    fits: dict[int, int] = {}
    for number, place in enumerate(places):
        for byte in place:
            fits[byte] = fits.get(byte, 0) | 1 << number
    kinds: dict[int, int] = {}
    table = bytearray(256)
    for byte, fit in fits.items():
        table[byte] = kinds.setdefault(fit, len(kinds) + 1)
    return bytes(table)
