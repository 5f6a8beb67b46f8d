"""Windows of a part of a large file: of a range, or of all but the stretches that are known.

They are the same windows as those of the whole file: blocks begin at multiples of a window's size,
and after a block that has a line end, the windows do not depend on the bytes before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, Protocol, TypeVar

from ..text.lines import Window
from . import reading
from .reading import Pages
from .windows import after, last_line_end, parted


class Version(NamedTuple):
    """The version of a file: another file in its place has another one."""

    size: int
    changed: int
    number: int


OF_STREAM: Final = Version(-2, 0, 0)
"""The version of a stream that is read as it comes, and has none."""


class Stretch(Protocol):
    """Consecutive windows: the bytes `start:stop` of a file, with `rows` line ends."""

    @property
    def start(self) -> int:
        """The first byte, which begins a line."""
        ...

    @property
    def stop(self) -> int:
        """The byte after its last line end."""
        ...

    @property
    def rows(self) -> int:
        """Line ends in it."""
        ...


S = TypeVar("S", bound=Stretch)


class Forward(Protocol):
    """A source of bytes, of which some may be skipped."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        ...

    def seek(self, offset: int, /) -> int:
        """Go on at the byte `offset`, which was read shortly before, or comes later."""
        ...


def version_of(pages: Pages) -> Version:
    """The version that a file has now. Raises OSError.

    For an object in storage it is the version that was listed, as no other one is ever read.
    """
    if pages.version is not None:
        return Version(pages.version.size, 0, 0)
    found = os.stat(pages.path)
    return Version(found.st_size, found.st_mtime_ns, found.st_ino)


def windows_within(pages: Pages, start: int, stop: int) -> Iterator[tuple[bytes, Window]]:
    """The windows that end in the bytes `start:stop` of a file, without the last one of the file.

    Each comes after the bytes of some lines before it, the last of which is whole; empty if they
    are not known. `start` and `stop` are multiples of a window's size. Rows count from each window.
    """
    at = max(0, start - reading.WINDOW)
    with pages.from_within(at, stop) as file:
        blocks = _but_the_last(file, at, stop, version_of(pages).size)
        yield from windows_among(blocks, at, known=not start)


def _but_the_last(file: Forward, at: int, stop: int, whole: int) -> Iterator[bytes]:
    """The blocks of a file from the byte `at` up to `stop`, without the one that ends it."""
    while at < stop and (block := file.read(reading.WINDOW)):
        at += len(block)
        if at >= whole:
            return
        yield block


def windows_among(
    blocks: Iterable[bytes], at: int, *, known: bool = False
) -> Iterator[tuple[bytes, Window]]:
    """`windows_within` for these blocks, which begin at the byte `at` of the file.

    `known` says that a line begins there; else no window ends before the second block with a line
    end.
    """
    offset, before, pending = at, b"", b""
    for block in blocks:
        at += len(block)
        if not known:  # of the bytes before, only the end of the last line matters
            end = last_line_end(block)
            known, pending, offset = end > 0, block[end:], at - len(block) + end
            before = block[block.find(b"\n") + 1 : end]
            continue
        part, pending = parted(pending, block)
        if part:
            yield before, Window(part, offset, first=not offset, last=False)
            offset, before = offset + len(part), part


def windows_without(file: Forward, known: Callable[[int], S | None]) -> Iterator[Window | S]:
    """The windows of a file, with each stretch that is `known` in place of its windows.

    `known` is called with the offset at which each window begins; it gives a stretch or None.
    """
    size = reading.WINDOW
    offset, row, column, pending = 0, 1, 1, b""
    blocks, last = _blocks(file, size), False
    while not last:
        found = known(offset)
        if found is not None:
            yield found
            offset, row, column = found.stop, row + found.rows, 1
            file.seek(offset)
            pending = file.read(-offset % size)
            blocks = _blocks(file, size)
            continue
        block, last = next(blocks, (b"", True))
        part, pending = (pending + block, b"") if last else parted(pending, block)
        if part:
            yield Window(part, offset, row, column, offset == 0, last)
            row, column = after(part, row, column)
            offset += len(part)


def _blocks(file: Forward, size: int) -> Iterator[tuple[bytes, bool]]:
    """The remaining blocks of a file, each with whether it is the last."""
    block = file.read(size)
    while block:
        ahead = file.read(size)
        yield block, not ahead
        block = ahead
