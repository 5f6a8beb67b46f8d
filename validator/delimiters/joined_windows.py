"""Windows joined so that no marker is cut in two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..text.lines import NEWLINE, Window, line_start

LONGEST: Final = 1 << 20
"""Bytes that may be held back; no marker has lines of this length."""


def stitched(windows: Iterable[Window], lines: int, reach: int) -> Iterator[tuple[Window, int]]:
    """The windows joined so that a marker of this many lines, or bytes, stands whole in one.

    With each window comes the byte of the file up to which markers that start there are certain;
    what follows comes again at the start of the next window.
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
    """Where the last `lines` lines of `data` begin, 0 where it has no more of them."""
    at = len(data)
    for _ in range(lines):
        ends_in_two = data.endswith(b"\r\n", 0, at)
        bare = at - (2 if ends_in_two else data.endswith((b"\r", b"\n"), 0, at))
        at = line_start(data, bare)
        if not at:
            return 0
    return at
