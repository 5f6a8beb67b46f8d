"""A JSON record a line: each line is a document, whatever is wrong with it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from msgspec import Struct
from stringzilla import count as text_count

from ..document import Document
from ..lines import Window
from ..model import Flaw
from ..options import Settings
from . import options as keys
from .flaws import BlankLine, Oversized


class Run(Struct, frozen=True):
    """Records that stand together in a window, a line each, that all begin with a brace.

    `index` is that of the first, `count` how many there are.
    """

    window: Window
    index: int
    count: int

    def lines(self) -> list[bytes]:
        """The records without their line ends."""
        return _split(self.window.data)

    def documents(self) -> Iterator[Document]:
        """The records one by one."""
        offset, row = self.window.offset, self.window.row
        for number, line in enumerate(self.lines()):
            yield document(line, offset, row + number, self.index + number, self.window)
            offset += len(line) + 1


Item = Document | Flaw | Run


def divide(windows: Iterable[Window], settings: Settings) -> Iterator[Item]:
    """The records of a file: runs of lines as they are in a window, and flaws between them."""
    limit = settings[keys.RECORD_BYTES]
    count = 0
    for window, size in _whole_lines(windows, limit):
        if size:
            count += 1
            yield Oversized(window.offset, window.offset, count, size, limit)
            yield Document(window, (0, 0), index=count, size=size)
        else:
            count = yield from _lines(window, count)


def _whole_lines(windows: Iterable[Window], limit: int) -> Iterator[tuple[Window, int]]:
    """The windows cut at LF; and in their place lines above the limit, empty, with their size."""
    parts: list[bytes] = []  # of a line that has begun in an earlier window
    start, row, size = 0, 1, 0
    for window in windows:
        data, at = window.data, 0
        if parts or size:
            end = data.find(b"\n") + 1
            whole = bool(end) or window.last
            at = end or len(data)
            size += at
            if limit and size > limit:
                parts.clear()
            else:
                parts.append(data[:at])
            if whole:
                line = Window(b"".join(parts), start, row, 1, start == 0, window.last)
                yield line, 0 if parts else size
                parts, row, size = [], row + 1, 0
        else:
            row = window.row
        cut = len(data) if window.last else data.rfind(b"\n", at) + 1
        if cut > at:
            part = data[at:cut] if at or cut < len(data) else data
            yield Window(part, window.offset + at, row, 1, window.first and not at, window.last), 0
            if cut < len(data):
                row += part.count(b"\n")
            at = cut
        if at < len(data):
            parts, start, size = [data[at:]], window.offset + at, len(data) - at


def _lines(window: Window, count: int) -> Generator[Item, None, int]:
    """The lines of a window that is cut at line ends; gives the number of records so far."""
    data = window.data
    if not data:
        return count
    expected = int(text_count(data, b"\n")) + (not data.endswith(b"\n"))
    if text_count(data, b"\n{") + data.startswith(b"{") == expected:
        yield Run(window, count + 1, expected)
        return count + expected
    offset, row = window.offset, window.row
    for line in _split(data):
        if not line or line.isspace():
            yield BlankLine(offset, offset + len(line))
        else:
            count += 1
            yield document(line, offset, row, count, window)
        offset, row = offset + len(line) + 1, row + 1
    return count


def _split(data: bytes) -> list[bytes]:
    lines = data.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    return lines


def document(line: bytes, offset: int, row: int, index: int, window: Window) -> Document:
    """The record that is this line of a window. Its line end is a part of it."""
    end = min(offset + len(line) + 1, window.offset + len(window.data))
    bare = len(line) - line.endswith(b"\r")
    own = Window(line[:bare], offset, row, 1, offset == 0)
    return Document(own, (bare, bare), (0, bare), "json", index=index, size=end - offset)
