"""Reads the bytes that a compressed file expands to a little ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from . import reading
from .streams import BrokenStreamError, Closing, Source


class ReadAhead(Closing):
    """The bytes of a source, in blocks of a window's size, of which some are held.

    The last two blocks that were read can be read again.
    """

    def __init__(self, source: Source, seen: Callable[[bytes], object]) -> None:
        """`seen` is called with each block when it is read from the source."""
        self._source, self._size, self._seen = source, reading.WINDOW, seen
        self._blocks: deque[bytes] = deque()
        self._start = self._at = 0  # where the first block begins, and the next byte
        self._fault: OSError | BrokenStreamError | None = None
        self._ended = False

    def close(self) -> None:
        """Close the source."""
        self._source.close()

    @property
    def ahead(self) -> int:
        """How many bytes are held that were not asked for yet."""
        return self._start + sum(map(len, self._blocks)) - self._at

    def take(self) -> bytes:
        """Read one more block, and hold it; empty at the end, or if reading fails."""
        if self._ended:
            return b""
        try:
            block = self._source.read(self._size) or b""
        except (OSError, BrokenStreamError) as fault:  # raised by `read` at this place
            self._fault, block = fault, b""
        self._ended = not block
        if block:
            self._blocks.append(block)
            self._seen(block)
        return block

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`, and never of two blocks; none at the end.

        Raises OSError, BrokenStreamError.
        """
        number, skipped = divmod(self._at - self._start, self._size)
        if size and number == len(self._blocks) and not self.take():
            if self._fault:
                raise self._fault
            return b""
        part = self._blocks[number][skipped : skipped + size] if size else b""
        self._at += len(part)
        while self._at - self._start > 3 * self._size:
            self._start += len(self._blocks.popleft())
        return part

    def seek(self, offset: int) -> int:
        """Go on at the byte `offset`: one of the last two blocks, or a later one."""
        while self._start + len(self._blocks) * self._size < offset and self.take():
            pass
        self._at = offset
        return offset
