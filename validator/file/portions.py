"""A large file in ranges: the windows of a range, and those of a file but for what is known of it.

Both are windows of the whole file: blocks begin at multiples of a window's size, and after a block
that has a line end it does not matter what came before.
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
    """What tells a file from another one in its place."""

    size: int
    changed: int
    number: int


OF_STREAM: Final = Version(-2, 0, 0)
"""That of what is read as it comes, by one who hands it on."""


class Stretch(Protocol):
    """Windows after each other, from the byte `start` to `stop`, with so many line ends."""

    @property
    def start(self) -> int:
        """The first byte, which begins a line."""
        ...

    @property
    def stop(self) -> int:
        """The byte after the line end that is the last of it."""
        ...

    @property
    def rows(self) -> int:
        """Line ends in it."""
        ...


S = TypeVar("S", bound=Stretch)


class Forward(Protocol):
    """What bytes are read from, some of which may be passed by."""

    def read(self, size: int, /) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        ...

    def seek(self, offset: int, /) -> int:
        """Go on at a byte that is near what was read last, or after it."""
        ...


def version_of(pages: Pages) -> Version:
    """The version of a file that is there now. Raises OSError.

    Of an object in storage it is the one that was listed: no read gives bytes of another one.
    """
    if pages.version is not None:
        return Version(pages.version.size, 0, 0)
    found = os.stat(pages.path)
    return Version(found.st_size, found.st_mtime_ns, found.st_ino)


def windows_within(pages: Pages, start: int, stop: int) -> Iterator[tuple[bytes, Window]]:
    """The windows whose last line ends in these bytes, but for the last one of the file.

    Each comes with lines before it, of which the last is whole; none where they are not known.
    `start` and `stop` are multiples of a window's size. Rows are counted from each window.
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
    """See `windows_within`: the windows that end in these blocks, which begin at the byte `at`.

    Unless it is `known` that this begins a line, there are none in the first block with a line end.
    """
    offset, before, pending = at, b"", b""
    for block in blocks:
        at += len(block)
        if not known:  # all that matters of what came before is where the last line ends
            end = last_line_end(block)
            known, pending, offset = end > 0, block[end:], at - len(block) + end
            before = block[block.find(b"\n") + 1 : end]
            continue
        part, pending = parted(pending, block)
        if part:
            yield before, Window(part, offset, first=not offset, last=False)
            offset, before = offset + len(part), part


def windows_without(file: Forward, known: Callable[[int], S | None]) -> Iterator[Window | S]:
    """The windows of a file, and in place of those of a stretch that is `known` the stretch.

    It is asked for with the byte at which each window begins.
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
    """The blocks that are left of a file, and whether each is the last."""
    block = file.read(size)
    while block:
        ahead = file.read(size)
        yield block, not ahead
        block = ahead
