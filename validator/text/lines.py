"""Lines and positions in bytes.

A line ends at LF, CRLF or CR, never anywhere else: not at U+2028, U+0085, VT or FF.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import Final

from msgspec import Struct

from ..model import ExcerptLine, Location, Span
from .lazy_re import later

NEWLINE: Final = later(rb"\r\n|\n|\r")

CONTEXT_LINES: Final = 2
"""Lines shown before and after a span (as rustc and ruff do)."""

EXCERPT_BYTES: Final = 240
"""Longest part of a line that a finding carries; corpora have lines of a megabyte."""


def line_start(data: bytes, at: int, least: int = 0) -> int:
    """The first byte of the line that holds `at`, or ends at it; no byte before `least` is read."""
    return max(data.rfind(b"\n", least, at), data.rfind(b"\r", least, at), least - 1) + 1


def line_end(data: bytes, start: int) -> tuple[int, int]:
    """Where the line that starts at `start` ends, and where the next one starts."""
    found = NEWLINE.search(data, start)
    return (found.start(), found.end()) if found else (len(data), len(data))


def line_starts(data: bytes) -> list[int]:
    """Offset of the first byte of each line, and last the end of the text."""
    return [0, *accumulate(map(len, bytes.splitlines(data, keepends=True)))]  # as NEWLINE does


def lines_of(
    data: bytes, start: int = 0, stop: int | None = None
) -> Iterator[tuple[int, int, int]]:
    """`start, end, next` of each line of a part: `end` is before the line end, `next` after it."""
    stop = len(data) if stop is None else stop
    for match in NEWLINE.finditer(data, start, stop):
        yield start, match.start(), match.end()
        start = match.end()
    if start < stop:
        yield start, stop, stop


def count_line_ends(data: bytes) -> Counter[bytes]:
    """How many lines end in LF, CRLF and CR: those that occur, in the order in which they begin."""
    both = data.count(b"\r\n") if b"\r" in data else 0
    counts = {b"\n": data.count(b"\n") - both, b"\r\n": both, b"\r": data.count(b"\r") - both}
    there = [end for end, count in counts.items() if count]
    if len(there) > 2:
        return Counter(NEWLINE.findall(data))
    first = NEWLINE.search(data)
    if first and first.group() != there[0]:
        there.reverse()
    return Counter({end: counts[end] for end in there})


class Piece(Struct, frozen=True):
    """A part of a view: `data` is its text in UTF-8, `at` its offset in the file.

    `undecodable` are its bytes in the file, if they could not be decoded.
    """

    data: bytes
    at: int
    undecodable: bytes = b""


class View(Struct, frozen=True):
    """How a window of UTF-8 was made from a file in another encoding, to find its bytes there.

    `marked` says that the file begins with the byte order mark that its encoding demands.
    """

    codec: str
    pieces: tuple[Piece, ...]
    marked: bool

    def origin(self, offset: int) -> int:
        """The byte in the file of the byte `offset` of the window."""
        for piece in self.pieces:
            if offset < len(piece.data) or piece is self.pieces[-1]:
                break
            offset -= len(piece.data)
        if piece.undecodable:
            return piece.at + (len(piece.undecodable) if offset >= len(piece.data) else 0)
        text = piece.data[:offset].decode("utf-8", "ignore")
        return piece.at + len(text.encode(self.codec, "ignore"))


class Window(Struct, frozen=True, dict=True):
    """A part of a file, cut at a line end where there is one.

    `offset` is the byte in the file of `data[0]`; `row` and `column` its place in lines. A small
    file is one window that is `first` and `last`. Of a file in another encoding, `data` is the text
    in UTF-8, made as `view` says, and `offset` counts in that; `origin` gives bytes of the file.
    `path` is that of a sidecar file; empty for the file that is checked.
    """

    data: bytes
    offset: int = 0
    row: int = 1
    column: int = 1
    first: bool = True
    last: bool = True
    view: View | None = None
    path: str = ""

    def origin(self, offset: int) -> int:
        """The byte in the file of the byte `offset` of the window."""
        return self.offset + offset if self.view is None else self.view.origin(offset)

    def undecodable(self) -> Iterator[tuple[int, int, bytes]]:
        """Start and end in the window, and the bytes in the file, of what could not be decoded.

        Neighbouring pieces are joined.
        """
        at = 0
        pieces = self.view.pieces if self.view else ()
        for is_bad, group in groupby(pieces, key=lambda piece: piece.undecodable != b""):
            run = list(group)
            start, at = at, at + sum(len(piece.data) for piece in run)
            if is_bad:
                yield start, at, b"".join(piece.undecodable for piece in run)

    @cached_property
    def starts(self) -> list[int]:
        """Offset in the window of each line's first byte."""
        starts = line_starts(self.data)
        if len(starts) > 1 and not self.data.endswith((b"\n", b"\r")):
            starts.pop()
        return starts

    def lines(self) -> Iterator[tuple[int, int, int]]:
        """`start, end, next` of each line: `end` is before the line end, `next` after it."""
        return lines_of(self.data)

    @cached_property
    def text(self) -> str:
        """The window decoded; each byte that is not UTF-8 is a lone surrogate U+DC80 to U+DCFF."""
        return self.data.decode("utf-8", "surrogateescape")

    def matches(
        self, pattern: re.Pattern[str], first: re.Pattern[str] | None = None
    ) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Start and end, in bytes of the window, of each match of `pattern` in the text.

        `first`, if given, matches one character, and every match begins with such a one: it makes
        the search faster.
        """
        done = offset = 0
        found = pattern.finditer(self.text) if first is None else _from(first, pattern, self.text)
        for match in found:
            start = offset + _size(self.text[done : match.start()])
            offset, done = start + _size(match.group()), match.end()
            yield start, offset, match

    def line_at(self, offset: int) -> int:
        """Index (from 0) of the line that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def line_bounds(self, index: int) -> tuple[int, int]:
        """First byte and end (without the line end) of line `index` (from 0)."""
        start = self.starts[index]
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.data)
        tail = self.data[max(start, end - 2) : end]  # not the line: it may be a megabyte
        return start, end - len(tail) + len(tail.removesuffix(b"\n").removesuffix(b"\r"))

    def location(self, offset: int) -> Location:
        """Row and column of the byte at `offset` in the window."""
        return self._place(offset)[0]

    @cached_property
    def _counted(self) -> list[int]:
        """The last count of code points: its first byte, its end and the number."""
        return [0, 0, 0]

    def _columns_before(self, start: int, offset: int) -> int:
        """Code points in `start:offset`. It goes on from the last count: a line is counted once."""
        begun, ended, count = self._counted
        if begun != start or ended > offset:
            ended, count = start, 0
        count += code_points(self.data[ended:offset])
        if offset == len(self.data) or self.data[offset] & 0xC0 != 0x80:  # no character is cut
            self._counted[:] = start, offset, count
        return count

    def spans(self, bounds: Sequence[tuple[int, int]]) -> list[Span]:
        """Rows and columns of stretches of the window, each given as `start, end` in bytes."""
        offsets = sorted({offset for pair in bounds for offset in pair})
        places = {offset: self._place(offset) for offset in offsets}  # counted once along a line
        found = ((places[start], places[end]) for start, end in bounds)
        return [Span(first[0], last[0], first[1], last[1]) for first, last in found]

    def _place(self, offset: int) -> tuple[Location, int]:
        """Row and column of a byte of the window, and the column in bytes, from 1.

        The column in bytes is 0 where the line begins before the window.
        """
        index = self.line_at(offset)
        start = self.starts[index]
        column = self._columns_before(start, offset)
        location = Location(self.row + index, (self.column if index == 0 else 1) + column)
        return location, offset - start + 1 if index or self.column == 1 else 0

    def excerpt(self, start: int, end: int) -> tuple[ExcerptLine, ...]:
        """The line of `start` with its bytes up to `end` marked, and its neighbours."""
        at = self.line_at(start)
        lines = []
        for index in range(max(0, at - CONTEXT_LINES), min(len(self.starts), at + 3)):
            begin, stop = self.line_bounds(index)
            if index > at and begin >= len(self.data):
                break  # what follows the last line end is not a line
            row = self.row + index
            if index == at:
                lines.append(_cut(row, self.data, begin, stop, start, max(start, end)))
            else:
                lines.append(_cut(row, self.data, begin, stop, begin, begin))
        return tuple(lines)


def _from(first: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds. A search for `first`, one character, is many times faster."""
    at = 0
    while begun := first.search(text, at):
        match = pattern.match(text, begun.start())
        at = match.end() if match else begun.end()
        if match:
            yield match


def code_points(data: bytes) -> int:
    """How many code points `data` holds; a byte that is not part of one counts as one."""
    return len(data) if data.isascii() else len(data.decode("utf-8", "surrogateescape"))


def _size(text: str) -> int:
    """Bytes that `text` takes in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogateescape"))


def _cut(row: int, data: bytes, begin: int, stop: int, start: int, end: int) -> ExcerptLine:
    """The line `begin:stop` around the span `start:end`, at most EXCERPT_BYTES long."""
    left = _character_start(data, max(begin, start - EXCERPT_BYTES // 2), begin)
    right = min(stop, left + EXCERPT_BYTES)
    if right < stop:
        right = _character_start(data, right, left)
    marked = (min(start, right), min(max(end, start), right))
    if start >= stop:  # the span is the line end itself, or the end of the file
        marked = (right, right)
    return ExcerptLine(
        row,
        data[left:right],
        marked[0] - left,
        marked[1] - left,
        cut_before=left > begin,
        cut_after=right < stop,
    )


def _character_start(data: bytes, offset: int, floor: int) -> int:
    """`offset`, moved back to the start of the UTF-8 sequence it falls into (3 bytes at most)."""
    for back in range(4):
        at = offset - back
        if at <= floor:
            return max(floor, at)
        if at < len(data) and data[at] & 0xC0 != 0x80:
            return at
    return offset
