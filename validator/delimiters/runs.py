"""Runs of JSON records, a line each, that are checked together before any is looked at alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..document import Document, Place
from ..file.windows import after
from ..text.lines import Window

NO_PLACE: Final = Place()


class Run(Struct, frozen=True, dict=True):
    """The records of a window, a line each, which all begin and end with a brace.

    `index` is the number of the first in its file, `count` how many there are; `place` is that of
    the file.
    """

    window: Window
    index: int
    count: int
    place: Place = NO_PLACE

    def lines(self) -> list[bytes]:
        """The records without their line ends."""
        return split(self.window.data)

    def documents(self) -> Iterator[Document]:
        """The records one by one."""
        offset, row = self.window.offset, self.window.row
        for index, line in enumerate(self.lines(), self.index):
            yield document(line, offset, row, index, self.window, self.place)
            offset, row = offset + len(line) + 1, row + 1 + inner_rows(line)


def halves(run: Run) -> tuple[Run, Run] | None:
    """A run as two of about the same size; None if it is one record, or not in its own bytes."""
    window = run.window
    data, start = window.data, window.offset
    if window.view is not None:
        return None
    cut = data.find(b"\n", len(data) // 2) + 1
    if cut in (0, len(data)):
        cut = data.rfind(b"\n", 0, len(data) // 2) + 1
    if not cut:
        return None
    front, back = data[:cut], data[cut:]
    count = front.count(b"\n")
    row = after(front, window.row, 1)[0]
    first = replace(window, data=front, last=False)
    second = Window(back, start + cut, row, 1, False, window.last)
    return (
        Run(first, run.index, count, run.place),
        Run(second, run.index + count, run.count - count, run.place),
    )


class Passed(Struct, frozen=True):
    """Lines that were found clean before and are not checked again; in JSON Lines, records.

    They are the bytes `start:stop` of the file, whole lines with their ends. `rows` counts their
    line ends, `count` their records; `shapes` are the shapes of the fields of these records.
    """

    start: int
    stop: int
    rows: int
    count: int = 0
    shapes: frozenset[object] = frozenset()


def inner_rows(line: bytes) -> int:
    """How many line ends are inside of a line that was cut at LF: each CR that is not in a CRLF."""
    return line.count(b"\r", 0, max(len(line) - 1, 0))


def split(data: bytes) -> list[bytes]:
    """The lines of `data`, cut at LF, without it."""
    lines = data.split(b"\n")
    if not lines[-1]:
        del lines[-1]
    return lines


def document(
    line: bytes, offset: int, row: int, index: int, window: Window, place: Place = NO_PLACE
) -> Document:
    """The record that is `line` of `window`, at `offset` in the file; its size has the line end."""
    end = min(offset + len(line) + 1, window.offset + len(window.data))
    bare = len(line) - line.endswith(b"\r")
    own = Window(line[:bare], offset, row, 1, offset == 0)
    size = end - offset
    return Document(own, (bare, bare), (0, bare), "json", index=index, place=place, size=size)
