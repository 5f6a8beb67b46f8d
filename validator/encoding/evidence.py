"""What is looked at of a file to tell its encoding: the bytes that it has, a little of its text.

The whole file says which bytes beyond ASCII there are; words and lines are taken from its beginning
and from the middle of what is at hand, and for each byte that is still missing one word with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..text.lazy_re import later
from ..text.lines import Window, line_end, line_start

WORDS: Final = 160
"""Bytes of words that are taken. More makes it slower and not more often right."""

LINES: Final = 400
"""Bytes beyond ASCII that are in the lines that are taken, about: the last one is taken whole."""

LONGEST: Final = 1000
"""Bytes that are taken of a line."""

MOST_LINES: Final = 20
"""Lines that are taken from one place, however little is in them."""

_LOOKED_AT: Final = 200
"""Words looked at before no new ones are waited for any more."""

_RARE: Final = 12
"""Words that are taken for the sake of a byte that no other has."""

_WORD: Final = later(
    rb"[\x80-\xff][A-Za-z'\x80-\xff]{0,60}(?:[ ,]+[A-Za-z']+(?![A-Za-z'\x80-\xff]))?"
)
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'"
_REACH: Final = 40
_ASCII: Final = bytes(range(0x80))
_HIGH: Final = later(rb"[\x80-\xff]")


class Evidence(Struct, frozen=True):
    """`high` are the bytes beyond ASCII that a file has, each once, in order.

    `words` hold such bytes, with the words beside them, between blanks; `lines` are lines,
    at most LONGEST bytes of each.
    """

    high: bytes
    words: bytes
    lines: tuple[bytes, ...]


def evidence(windows: Iterable[Window]) -> Evidence:
    """What speaks for one encoding or another; goes over the windows once."""
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
    """Words from `start` on, of so many bytes together; some more than once."""
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
    """Lines from the line start `start` on, with so many bytes beyond ASCII together."""
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
