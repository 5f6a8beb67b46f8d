"""The evidence by which the encoding of a file is told: its bytes beyond ASCII, and some text.

The bytes beyond ASCII are collected from the whole file. Words and lines are taken from the
beginning and the middle of the first window with such bytes; then one word for each byte beyond
ASCII that these words do not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..text.lazy_re import later
from ..text.lines import Window, line_end, line_start

WORDS: Final = 160
"""Bytes of words that are taken. More are slower and not more often right."""

LINES: Final = 400
"""Lines are taken until they hold so many bytes beyond ASCII; the last line is taken whole."""

LONGEST: Final = 1000
"""Most bytes that are taken of one line."""

MOST_LINES: Final = 20
"""Most lines that are taken from one place, even if few bytes in them are beyond ASCII."""

_LOOKED_AT: Final = 200
"""The search for new words ends after so many words."""

_RARE: Final = 12
"""Most words that are taken because they hold a byte that no other word has."""

_WORD: Final = later(
    rb"[\x80-\xff][A-Za-z'\x80-\xff]{0,60}(?:[ ,]+[A-Za-z']+(?![A-Za-z'\x80-\xff]))?"
)
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'"
_REACH: Final = 40
_ASCII: Final = bytes(range(0x80))
_HIGH: Final = later(rb"[\x80-\xff]")


class Evidence(Struct, frozen=True):
    """`high` are the bytes beyond ASCII that a file has, each once, in order of value.

    `words` are words with such bytes and the ASCII words beside them, between blanks. `lines` are
    lines with such bytes, at most LONGEST bytes of each.
    """

    high: bytes
    words: bytes
    lines: tuple[bytes, ...]


def evidence(windows: Iterable[Window]) -> Evidence:
    """The evidence of a file for its encoding. Goes over the windows once."""
    high: set[int] = set()
    words: dict[bytes, None] = {}
    lines: list[bytes] = []
    rare: list[bytes] = []
    for window in windows:
        data = window.data
        if data.isascii():
            continue
        new = set(data.translate(None, _ASCII)) - high
        high |= new
        if not lines:
            middle = line_start(data, len(data) // 2)
            words.update(dict.fromkeys(_words(data, 0, WORDS // 2)))
            words.update(dict.fromkeys(_words(data, middle, WORDS - sum(map(len, words)))))
            lines = [*_lines(data, 0, LINES // 2), *_lines(data, middle, LINES // 2)]
        if new and len(rare) < _RARE:
            rare += _rare(data, bytes(new).translate(None, b"".join((*words, *rare))))
    text = b" ".join((b"", *words, *rare[:_RARE], b""))
    return Evidence(bytes(sorted(high)), text, tuple(dict.fromkeys(lines)))


def _words(data: bytes, start: int, size: int) -> Iterator[bytes]:
    """Different words of `data` from `start` on, about `size` bytes together."""
    seen: set[bytes] = set()
    for number, match in enumerate(_WORD.finditer(data, start)):
        word = _word(data, *match.span())
        if word not in seen:
            seen.add(word)
            size -= len(word) + 1
            yield word
        if size <= 0 or number > _LOOKED_AT:
            return


def _word(data: bytes, start: int, end: int) -> bytes:
    """The word that has its first byte beyond ASCII at `start`, with an ASCII word before it."""
    before = data[max(0, start - _REACH) : start]
    gap = before.rstrip(_LETTERS)
    other = gap.rstrip(b" ,")
    begin = len(other.rstrip(_LETTERS)) if len(other) < len(gap) else len(gap)
    if begin == len(other):
        begin = len(gap)  # no word before it
    return before[begin:] + data[start:end]


def _rare(data: bytes, wanted: bytes) -> Iterator[bytes]:
    for byte in wanted[:_RARE]:
        match = _WORD.search(data, data.index(byte))
        if match:
            yield _word(data, *match.span())


def _lines(data: bytes, start: int, size: int) -> Iterator[bytes]:
    """Lines from the line start `start` on, until they hold `size` bytes beyond ASCII."""
    for _ in range(MOST_LINES):
        match = _HIGH.search(data, start)
        if not match:
            return
        begin = max(start, line_start(data, match.start()))
        start = line_end(data, match.start())[0]
        line = data[begin : min(start, begin + LONGEST)]
        yield line
        size -= len(line.translate(None, _ASCII))
        if size <= 0:
            return
