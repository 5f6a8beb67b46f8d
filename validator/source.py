"""The one place that opens files: small ones in one read, large ones window by window."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, FileIO
from typing import ClassVar, Final

from msgspec import Struct
from stringzilla import count

from .errors import no_room
from .lines import NEWLINE, Window, code_points
from .model import Flaw
from .packing import Bounds, Packing, packing_of
from .streams import BrokenStreamError, Inflated

SMALL: Final = 1 << 16
"""A file shorter than this is read in one call and is one window."""

WINDOW: Final = 1 << 18
"""Bytes read at a time from a larger file (64 KiB to 1 MiB measure alike)."""

LONGEST_LINE: Final = 1 << 20
"""A line longer than this is cut, at a character, so that memory stays bounded."""

NO_BOUNDS: Final = Bounds()

_NEAR_END: Final = 4096
_IN_WORD: Final = re.compile(rb"(?s:.*) [a-z](?=[a-z]+ )")
_IN_TEXT: Final = re.compile(rb"(?s:.*)[^\s](?=[!-~\xc2-\xf4])")

_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_open, _read, _close = os.open, os.read, os.close  # one look-up less for each file and call


class Unreadable(Flaw, frozen=True):
    """The system would not give the file's bytes."""

    blocks: ClassVar[bool] = True
    reason: str


class Empty(Flaw, frozen=True):
    """There is not one byte."""

    blocks: ClassVar[bool] = True


class Blank(Flaw, frozen=True):
    """There are only blanks and line ends."""

    blocks: ClassVar[bool] = True
    size: int


def unreadable(error: OSError) -> Unreadable:
    """The flaw for what the system said when a file was opened or read."""
    return Unreadable(error.strerror or type(error).__name__)


def read_head(path: bytes) -> bytes:
    """The first SMALL bytes of a file; fewer mean that this is all of it. Raises OSError."""
    fd = _open(path, _FLAGS)
    try:
        return _read(fd, SMALL)
    finally:
        _close(fd)


def read_heads(
    folder: bytes, names: Sequence[bytes], odd: Mapping[bytes, Flaw]
) -> list[bytes | Flaw]:
    """`read_head` of each file; for `odd` ones and those that cannot be read, the flaw instead."""
    if odd.keys().isdisjoint(names):
        try:
            return [read_head(folder + name) for name in names]
        except OSError:
            pass  # one of them; find out which
    return [odd[name] if name in odd else _head_or_flaw(folder + name) for name in names]


def _head_or_flaw(path: bytes) -> bytes | Flaw:
    try:
        return read_head(path)
    except OSError as error:
        return unreadable(error)


def read_text(path: str) -> str:
    """A configuration file as text. Raises OSError, and ValueError when it is not UTF-8."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def read_whole(path: bytes, most: int) -> bytes | None:
    """A regular file of at most so many bytes; None for another, and where it cannot be read."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > most:
            return None
        with FileIO(path) as file:
            return file.readall()
    except OSError:
        return None


def put_away(path: str, data: bytes) -> None:
    """Write a file of the run's own. Raises UsageError where there is no room."""
    try:
        with FileIO(path, "x") as file:
            file.write(data)
    except OSError as error:
        raise no_room(os.path.dirname(path), error) from None


def take_back(path: str) -> bytes:
    """The bytes of a file of the run's own, which is then removed. Raises OSError."""
    with FileIO(path) as file:
        data = file.readall()
    os.unlink(path)
    return data


def names_in(folder: bytes) -> list[bytes]:
    """The names of all that is in a directory, in order; none if it cannot be read."""
    try:
        return sorted(os.listdir(folder or b"."))
    except OSError:
        return []


def sums(path: bytes, head: bytes, algorithms: Sequence[str]) -> tuple[int, list[bytes]]:
    """The size of a file on the disk, and its digests; `head` is what `read_head` gave.

    Raises OSError.
    """
    import hashlib  # for manifests alone

    makers = [hashlib.new(name, usedforsecurity=False) for name in algorithms]
    size = 0
    for block in _blocks(path, head):
        size += len(block)
        for maker in makers:
            maker.update(block)
    return size, [maker.digest() for maker in makers]


def _blocks(path: bytes, head: bytes) -> Iterator[bytes]:
    if len(head) < SMALL:
        yield head
        return
    with FileIO(path) as file:
        while block := file.read(WINDOW):
            yield block


def spool(directory: str, name: str) -> str:
    """Copy standard input, of any length, to a new file in `directory`; its path."""
    import shutil
    import sys

    path = os.path.join(directory, name)
    with open(path, "wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file, WINDOW)
    return path


def same_content(first: bytes, second: bytes) -> bool:
    """Whether two documents have the same bytes. One that cannot be read is like no other."""
    try:
        with (
            Pages(first, None, packing_of(first)).open() as one,
            Pages(second, None, packing_of(second)).open() as two,
        ):
            while True:
                left, right = one.read(WINDOW), two.read(WINDOW)
                if left != right:
                    return False
                if not left:
                    return True
    except (OSError, BrokenStreamError):
        return False


def unpacked_head(head: bytes, packing: Packing, bounds: Bounds) -> bytes | Flaw:
    """What `read_head` is for the document inside a compressed file with this head."""
    if not 0 < len(head) < SMALL:
        return head
    try:
        return Inflated(BytesIO(head), packing, bounds).read(SMALL)
    except BrokenStreamError as error:
        return error.flaw


class Pages(Struct, frozen=True):
    """A document as windows, to go over as often as needed: the file's, or `data` if it is given.

    With a `packing` it is what either expands to, and `members` is filled, while they are gone
    over, with the bytes of the document at which its streams begin. Raises OSError,
    BrokenStreamError.
    """

    path: bytes
    data: bytes | None = None
    packing: Packing | None = None
    bounds: Bounds = NO_BOUNDS
    members: array[int] | None = None

    def __iter__(self) -> Iterator[Window]:
        if self.data is not None and self.packing is None:
            return iter((Window(self.data),))
        return self._read()

    def open(self) -> BytesIO | FileIO | Inflated:
        """What the document's bytes are read from; to be closed."""
        raw = FileIO(self.path) if self.data is None else BytesIO(self.data)
        if not self.packing:
            return raw
        if self.members is not None:
            del self.members[:]
        return Inflated(raw, self.packing, self.bounds, self.members)

    def _read(self) -> Iterator[Window]:
        offset, row, column = 0, 1, 1
        with self.open() as file:
            pending = b""
            block = file.read(WINDOW)
            while block or pending:
                ahead = file.read(WINDOW) if block else b""
                part, pending = _parted(pending, block) if ahead else (pending + block, b"")
                if part:
                    yield Window(part, offset, row, column, offset == 0, not ahead)
                    row, column = _after(part, row, column)
                    offset += len(part)
                block = ahead


def _parted(pending: bytes, block: bytes) -> tuple[bytes, bytes]:
    """What is in the next window of two pieces that follow each other, and what is left."""
    end = _last_line_end(block)
    if not end:
        data = pending + block
        end = cut(data)
        return data[:end], data[end:]
    return b"".join((pending, memoryview(block)[:end])), block[end:]


def _last_line_end(data: bytes) -> int:
    """Where the last line begins. A CR that is the last byte may be half of a CRLF."""
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1


def cut(data: bytes) -> int:
    """Where to end a window: after the last line end, else (a huge line) inside it.

    A CR that is the last byte may be half of a CRLF, so it does not count as a line end. A huge
    line is cut inside a word, else between characters that are no blanks: then no blank seems to
    end a line, and no marker or escape is cut in two.
    """
    end = _last_line_end(data)
    if end or len(data) < LONGEST_LINE:
        return end
    tail = data[-_NEAR_END:]
    for place in (_IN_WORD, _IN_TEXT):
        match = place.match(tail)
        if match:
            return len(data) - len(tail) + match.end()
    for back in range(1, 4):
        if data[-back] & 0xC0 != 0x80:
            return len(data) - back if data[-back] != 0x0A else len(data)
    return len(data)


def _after(part: bytes, row: int, column: int) -> tuple[int, int]:
    """Row and column of the byte that follows `part`."""
    rows = len(NEWLINE.findall(part)) if b"\r" in part else count(part, b"\n")
    if not rows:
        return row, column + code_points(part)
    tail = part[max(part.rfind(b"\n"), part.rfind(b"\r")) + 1 :]
    return row + rows, 1 + code_points(tail)
