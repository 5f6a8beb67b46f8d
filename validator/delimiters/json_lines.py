"""Divides JSON Lines: each line is a document, even if it is no valid JSON.

Only flaws of the division into lines are found here: blank lines, a record over several lines, a
file that is one array. Flaws inside a line are found when its JSON is read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace
from stringzilla import count as text_count

from ..document import Document
from ..text.lines import NEWLINE, Window
from .array import begins_array, has_enough
from .broken import LONGEST, record_end
from .flaws import BlankLine, BrokenRecord, NotLines, Oversized
from .kind import Item, Kind
from .options import RECORD_BYTES
from .runs import Passed, Run, document, inner_rows, split


def _rows(data: bytes) -> int:
    """How many line ends `data` has: LF, CRLF or CR."""
    return len(NEWLINE.findall(data)) if b"\r" in data else data.count(b"\n")


def _divide(limit: int, windows: Iterable[Window | Passed]) -> Iterator[Item]:
    """The records of a file, as runs of lines of one window or one by one, and flaws between them.

    A `Passed` must follow a window that ends with a whole record on one line, so that no bytes are
    held back for it.
    """
    lines = _headed(_whole_lines(windows, limit))
    count, held = 0, b""
    for window, size in lines:
        if isinstance(window, Passed):
            yield window
            count += window.count
            continue
        found = begins_array(window) if not window.offset and not size else None
        if found:
            yield from _array(found, window, lines)
            return
        if size:
            count = yield from _lines(_ended(held, window), count, limit)
            held = b""
            count += 1
            yield Oversized(window.offset, window.offset, count, size, limit)
            yield Document(window, (0, 0), index=count, size=size)
            continue
        joined = _joined(held, window)
        cut = _unfinished(joined) if not joined.last else len(joined.data)
        held = joined.data[cut:]
        front = replace(joined, data=joined.data[:cut]) if held else joined
        count = yield from _lines(front, count, limit)


def _joined(held: bytes, window: Window) -> Window:
    """The window, with the bytes before it that were held back."""
    if not held:
        return window
    start, row = window.offset - len(held), window.row - _rows(held)
    return Window(held + window.data, start, row, 1, start == 0, window.last)


def _ended(held: bytes, window: Window) -> Window:
    """A window of only the bytes that were held back before `window`."""
    return replace(_joined(held, window), data=held)


def _unfinished(window: Window) -> int:
    """Where a record over several lines begins that may go on in the next window.

    The size of the data if there is none.
    """
    data = window.data
    tail = max(0, len(data) - LONGEST)
    at = data.rfind(b"\n{", tail) + 1
    first = data.startswith(b"{") and not tail
    if not at and not first:
        return len(data)
    end = data.find(b"\n", at)
    if _is_plain(data[at : end if end >= 0 else len(data)]):
        return len(data)
    return at if record_end(data, at) < 0 else len(data)


_Line = tuple[Window | Passed, int]
"""A window of whole lines and 0; or an empty window at a line above the limit, and its size."""


def _headed(lines: Iterator[_Line]) -> Iterator[_Line]:
    """The same lines, with the first windows joined to one that is enough to recognise an array."""
    head: list[Window] = []
    for window, size in lines:
        if size or isinstance(window, Passed):
            yield from ((one, 0) for one in _one(head))
            yield window, size
            break
        head.append(window)
        if window.last or has_enough(b"".join(one.data for one in head)):
            yield from ((one, 0) for one in _one(head))
            break
    yield from lines


def _one(windows: Sequence[Window]) -> list[Window]:
    """Consecutive windows, joined to one; empty if there are none."""
    if len(windows) < 2:
        return [*windows]
    data = b"".join(one.data for one in windows)
    return [replace(windows[0], data=data, last=windows[-1].last)]


def _array(found: NotLines, window: Window, rest: Iterable[_Line]) -> Iterator[Item]:
    """The items of a file that is one array: its flaw, and one document that is not checked."""
    end = len(window.data)
    for other, size in rest:
        end = other.stop if isinstance(other, Passed) else other.offset + (size or len(other.data))
    yield found
    yield Document(Window(b""), (0, 0), index=1, size=end)


def _whole_lines(windows: Iterable[Window | Passed], limit: int) -> Iterator[_Line]:
    """The windows, cut at LF. A line above the limit comes as an empty window with its size."""
    parts: list[bytes] = []  # of a line that began in an earlier window
    start, row, size, rows = 0, 1, 0, 0
    for window in windows:
        if isinstance(window, Passed):
            yield window, 0
            continue
        data, at = window.data, 0
        if parts or size:
            end = data.find(b"\n") + 1
            whole = bool(end) or window.last
            at = end or len(data)
            size += at
            rows += _rows(data[:at])
            if limit and size > limit:
                parts.clear()
            else:
                parts.append(data[:at])
            if whole:
                last = window.last and at == len(data)
                line = Window(b"".join(parts), start, row, 1, start == 0, last)
                yield line, 0 if parts else size
                parts, row, size, rows = [], row + rows, 0, 0
        else:
            row = window.row
        cut = len(data) if window.last else data.rfind(b"\n", at) + 1
        if cut > at:
            part = data[at:cut] if at or cut < len(data) else data
            yield Window(part, window.offset + at, row, 1, window.first and not at, window.last), 0
            if cut < len(data):
                row += _rows(part)
            at = cut
        if at < len(data):
            parts, start, size = [data[at:]], window.offset + at, len(data) - at
            rows = _rows(data[at:])


def _lines(window: Window, count: int, limit: int) -> Generator[Item, None, int]:
    """The items of a window of whole lines; returns the number of records so far."""
    data = window.data
    if not data:
        return count
    run = _run(limit, window, count + 1)
    if run is not None:
        yield run
        return count + run.count
    offset, row, until = window.offset, window.row, -1
    for line in split(data):
        following = min(offset + len(line) + 1, window.offset + len(window.data))
        if offset >= until:
            if not line or line.isspace():
                yield BlankLine(offset, offset + len(line.rstrip(b"\r")), following)
            else:
                count += 1
                until = following
                if limit and len(line) > limit:
                    size = following - offset
                    yield Oversized(offset, offset, count, size, limit)
                    yield Document(Window(b"", offset, row), (0, 0), index=count, size=size)
                elif (
                    not _is_plain(line)
                    and (end := record_end(window.data, offset - window.offset)) >= 0
                ):
                    until = end + window.offset
                    yield from _broken(window, offset, row, end, count)
                else:
                    yield document(line, offset, row, count, window)
        offset, row = following, row + 1 + inner_rows(line)
    return count


def _run(limit: int, window: Window, index: int = 1) -> Run | None:
    """The records of a window of whole lines, if each line is one; else None."""
    data = window.data
    expected = int(text_count(data, b"\n")) + (not data.endswith(b"\n"))
    if _are_plain(data, expected) and (not limit or _largest(data, limit) <= limit):
        return Run(window, index, expected)
    return None


def _broken(window: Window, offset: int, row: int, end: int, index: int) -> Iterator[Item]:
    """The items of a record over several lines, up to the byte `end` of the window."""
    data = window.data[offset - window.offset : end]
    first = data.find(b"\n")
    until = row + _rows(data[:-1])
    yield BrokenRecord(offset, offset + len(data[:first].rstrip(b"\r")), until, index)
    yield Document(Window(b"", offset, row), (0, 0), index=index, size=len(data))


def _are_plain(data: bytes, expected: int) -> bool:
    """Whether `data` is `expected` lines that all begin and end with a brace."""
    begun = text_count(data, b"\n{") + data.startswith(b"{")
    if begun != expected:
        return False
    ended = text_count(data, b"}\n") + (not data.endswith(b"\n") and _is_plain(b"{" + data[-2:]))
    return bool(ended == expected or ended + text_count(data, b"}\r\n") == expected)


def _largest(data: bytes, limit: int) -> int:
    """The bytes of the longest line, or of all lines if these are within the limit together."""
    return len(data) if len(data) <= limit else max(map(len, split(data)))


def _is_plain(line: bytes) -> bool:
    """Whether a line begins and ends as a record does."""
    return line.endswith((b"}", b"}\r")) and line.startswith(b"{")


KIND = Kind(
    name="json-lines",
    document="a line that is a JSON object",
    needs="nothing",
    divider=lambda settings: partial(_divide, settings[RECORD_BYTES]),
    sample=b'{"id": 1}\n{"id": 2}\n',
    is_record=True,
    run_of=lambda settings: partial(_run, settings[RECORD_BYTES]),
)
