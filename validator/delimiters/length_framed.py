"""Divides a file into records that say their length: marker, header lines, blank line, the bytes.

WARC (ISO 28500) is such a format: `Content-Length` counts the bytes, and two line ends follow them.
If a length is wrong, the next record is looked for by its marker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from ..document import NOWHERE, Document
from ..model import Flaw
from ..settings.options import Settings
from ..text.lines import NEWLINE, Window, lines_of
from . import options as keys
from .flaws import CutFrame, NoAfter, NoLength, Outside, Oversized, WrongLength
from .kind import Item, Kind
from .markers import is_number

_HEADERS: Final = 1 << 16
"""Most bytes of the header of a record."""


def _lacks(settings: Settings) -> str:
    has_all = all((settings[keys.BEGIN], settings[keys.LENGTH_FIELD]))
    return "" if has_all else "`begin` and `length-field`"


class _Framed:
    def __init__(self, windows: Iterable[Window], settings: Settings) -> None:
        self._stream = _Stream(windows)
        self._begin = settings[keys.BEGIN]
        self._field = settings[keys.LENGTH_FIELD]
        self._after = settings[keys.AFTER].encode()
        self._limit = settings[keys.RECORD_BYTES]
        self._count = 0

    def run(self) -> Iterator[Item]:
        stream = self._stream
        while head := stream.peek(_HEADERS):
            found = self._marker(head)
            if found is None:
                yield from self._astray(head)
                continue
            self._count += 1
            end = _blank_line(head, found)
            if end < 0:
                end, size = len(head), len(head) - found
                if size < _HEADERS - found:
                    yield CutFrame(stream.offset, stream.offset + found, -1, size, self._count)
                    cut = self._document(found, end, end, 0)
                    yield replace(cut, block=NOWHERE, syntax="")
                    continue
            length = self._length(head[:end])
            if length is None or not is_number(length):
                said = length if length is not None else b""
                at = stream.offset
                yield NoLength(at, at + found, self._field, said, self._count)
                yield self._document(found, end, self._next(end), 0)
            else:
                yield from self._record(found, end, int(length))

    def _record(self, block: int, body: int, length: int) -> Iterator[Item]:
        """The items of a record whose header says `length`.

        `block` and `body` are where its header and body begin, in bytes from its start.
        """
        stream, size = self._stream, body + length
        start, index = stream.offset, self._count
        if self._limit and size > self._limit:
            row = stream.row
            have = stream.skip(size)
            yield Oversized(start, start + block, index, size, self._limit)
            yield Document(Window(b"", start, row), (0, 0), index=index, size=have)
            if stream.peek(len(self._after)) == self._after:
                stream.skip(len(self._after))
            return
        have = stream.have(size + len(self._after))
        after = stream.peek(len(self._after), size)
        if after == self._after:
            yield self._document(block, body, size, len(self._after))
        elif self._lacks_only_after(size, after):
            found = self._line_ends(after)
            at = start + size
            yield NoAfter(at - (not found), at + len(found), self._after, found, index)
            yield self._document(block, body, size, len(found))
        elif have >= size and self._after.startswith(after):
            told = length + len(self._after)
            yield CutFrame(start, start + block, told, have - body, index)
            yield self._document(block, body, size, have - size)
        elif (following := self._next(body)) < have or have >= size:
            # a record that is longer than the file is not cut if other records begin within it
            yield self._wrong_length(block, body, length, following)
            yield self._document(block, body, following, 0)
        else:
            yield CutFrame(start, start + block, length, have - body, index)
            yield self._document(block, body, have, 0)

    def _lacks_only_after(self, size: int, after: bytes) -> bool:
        """Whether the next record begins where this one ends, and only line ends are missing.

        If the line ends are there, but counted as a part of the record, its length is wrong.
        """
        found = self._line_ends(after)
        others = () if found else (self._after.replace(b"\r\n", b"\n"),)
        ends = (self._after, *others)
        if self._stream.peek(size + len(found)).endswith(ends):
            return False
        return self._marker(self._stream.peek(_HEADERS, size + len(found))) is not None

    @staticmethod
    def _line_ends(after: bytes) -> bytes:
        """The line ends that `after`, the bytes behind a record, begins with."""
        return after[: len(after) - len(after.lstrip(b"\r\n"))]

    def _wrong_length(self, block: int, body: int, told: int, following: int) -> Flaw:
        stream = self._stream
        data = stream.peek(following)
        actual = following - len(self._after) - body if data.endswith(self._after) else -1
        start = stream.offset
        return WrongLength(start, start + block, self._field, told, actual, self._count)

    def _next(self, start: int) -> int:
        """Where the next record starts, at `start` or later; else where the file (or limit) ends.

        In bytes from the current place of the stream.
        """
        text = self._begin[0].form.encode()
        size = max(start + (1 << 18), 1 << 18)
        while True:
            data = self._stream.peek(min(size, self._limit or size))
            at = start
            while (at := data.find(b"\n" + text[:4], at)) >= 0:
                at += 1
                if self._marker(data[at : at + _HEADERS]) is not None:
                    return at
            if len(data) < size or (self._limit and size >= self._limit):
                return len(data)
            size *= 2

    def _astray(self, head: bytes) -> Iterator[Item]:
        """The flaw of bytes that are in no record, up to the next one; they are skipped."""
        stream = self._stream
        start = stream.offset
        size = self._next(0)
        text = stream.peek(size)
        if text.strip():
            place = "between" if self._count else "before"
            yield Outside(start, start + len(text.rstrip()), place, self._begin[0].form, None)
        stream.skip(max(size, 1))

    def _marker(self, data: bytes) -> int | None:
        """Where the line after the marker at the start of `data` begins; None if there is none."""
        for marker in self._begin:
            found = marker.match(data, 0)
            if found:
                return found[1]
        return None

    def _length(self, head: bytes) -> bytes | None:
        """The value of the length header; None if there is no such header."""
        name = self._field.encode().lower()
        for line in NEWLINE.split(head):
            key, colon, value = line.partition(b":")
            if colon and key.strip().lower() == name:
                return value.strip()
        return None

    def _document(self, block: int, body: int, size: int, after: int) -> Document:
        """The record of `size` bytes at the current place; skips it, and `after` bytes more."""
        stream = self._stream
        data = stream.peek(size)
        header_end = body - len(data[:body]) + len(data[:body].rstrip(b"\r\n"))
        window = Window(data, stream.offset, stream.row, 1, stream.offset == 0)
        block_span = (block, max(header_end, block)) if body > block else NOWHERE
        document = Document(
            window, (min(body, size), size), block_span, "headers",
            index=self._count, size=size + after,
        )  # fmt: skip
        stream.skip(size + after)
        return document


def _blank_line(head: bytes, start: int) -> int:
    """Where the body begins: after the first empty line from `start` on; -1 if there is none."""
    return next((after for at, end, after in lines_of(head, start) if at == end), -1)


class _Stream:
    """The bytes of windows as a stream, to look ahead in and to skip."""

    def __init__(self, windows: Iterable[Window]) -> None:
        self._windows = iter(windows)
        self._buffer = b""
        self._at = 0  # the bytes of the buffer before this offset were skipped
        self.offset, self.row = 0, 1

    def have(self, size: int) -> int:
        """How many of the next `size` bytes there are: all, or fewer at the end of the file."""
        have = len(self._buffer) - self._at
        if have < size:
            parts = [self._buffer[self._at :]]
            while have < size and (window := next(self._windows, None)) is not None:
                parts.append(window.data)
                have += len(window.data)
            self._buffer, self._at = b"".join(parts), 0
        return min(have, size)

    def peek(self, size: int, start: int = 0) -> bytes:
        """The `size` bytes that begin `start` bytes from here; fewer at the end of the file."""
        self.have(start + size)
        return self._buffer[self._at + start : self._at + start + size]

    def skip(self, size: int) -> int:
        """Skip `size` bytes; returns how many there were."""
        done = 0
        while done < size and (part := self.peek(min(size - done, 1 << 18))):
            self.row += part.count(b"\n")
            self._at += len(part)
            self.offset += len(part)
            done += len(part)
        return done


KIND = Kind(
    name="length-framed",
    document="so many bytes after a header that says how many",
    needs="`begin`, `length-field`",
    divider=lambda settings: lambda windows: _Framed(windows, settings).run(),
    sample=b"R\nSize: 4\n\nOne.R\nSize: 4\n\nTwo.",
    keys={"begin": "R", "length-field": "Size"},
    lacks=_lacks,
)
