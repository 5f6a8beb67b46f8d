"""Windows joined so that no marker is cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..text.lines import NEWLINE, Window, line_start

LONGEST: Final = 1 << 20
"""Most bytes that are held back for the next window; no marker has lines of this length."""


def stitched(windows: Iterable[Window], lines: int, reach: int) -> Iterator[tuple[Window, int]]:
    """The windows, joined so that each marker is whole in one of them.

    `lines` is how many lines the longest marker has. `reach` is one less than the bytes of the
    longest marker that may be inside a line, 0 if there is none. With each window comes an offset
    in the file: markers that start before it are whole; the bytes after it come again in the next
    window.
    """
    held = Window(b"")
    for window in windows:
        data = held.data + window.data if held.data else window.data
        whole = window
        if held.data:
            whole = Window(data, held.offset, held.row, held.column, held.first, window.last)
        stop = len(data)
        if not whole.last:
            stop = _back(data, lines - 1)
            if reach and not data.endswith((b"\n", b"\r")):
                stop = min(stop, max(len(data) - reach, 0))
            if not stop and len(data) > LONGEST:
                stop = len(data)
        yield whole, whole.offset + stop
        row, column = whole.row, whole.column
        if stop and stop < len(data):
            row += len(NEWLINE.findall(data, 0, stop))
            column = 1 if data[stop - 1] in b"\r\n" else 2
        held = Window(data[stop:], whole.offset + stop, row, column, whole.first and not stop)


def _back(data: bytes, lines: int) -> int:
    """The offset at which the last `lines` lines of `data` begin; 0 if it has no more lines."""
    at = len(data)
    for _ in range(lines):
        ends_in_two = data.endswith(b"\r\n", 0, at)
        bare = at - (2 if ends_in_two else data.endswith((b"\r", b"\n"), 0, at))
        at = line_start(data, bare)
        if not at:
            return 0
    return at
