"""Holds the bytes of a file that a divider may still need: those of the open document."""

from __future__ import annotations

from ..text.lines import Window


class Held:
    """The bytes of a file, from the beginning of the document that has not ended yet."""

    def __init__(self, limit: int) -> None:
        """`limit` is how many bytes of a document are held; 0 for no limit."""
        self.limit = limit
        self._parts: list[bytes] = []
        self._start = self._size = 0

    def add(self, window: Window) -> None:
        """Take in the next window."""
        if not self._parts:
            self._start = window.offset
        self._parts.append(window.data)
        self._size += len(window.data)
        if self.limit:  # a document that ends later and is not too large begins in the last bytes
            count, spare = 0, self._size - len(window.data) - self.limit
            while spare >= len(self._parts[count]):
                spare -= len(self._parts[count])
                count += 1
            self._drop(count)

    def forget_before(self, offset: int) -> None:
        """Drop the bytes before `offset`, which are not needed any more."""
        start, count = self._start, 0
        for part in self._parts:
            start += len(part)
            if start > offset:
                break
            count += 1
        self._drop(count)

    def _drop(self, count: int) -> None:
        gone = sum(map(len, self._parts[:count]))
        del self._parts[:count]
        self._start += gone
        self._size -= gone

    def slice(self, start: int, end: int) -> bytes | None:
        """The bytes `start:end` of the file; None if there are more than may be held."""
        if start < self._start or (self.limit and end - start > self.limit):
            return None
        return self.what_is_left(start, end)[1]

    def what_is_left(self, start: int, end: int) -> tuple[int, bytes]:
        """The part of the bytes `start:end` that is still held, after the offset of its start."""
        start = max(start, self._start)
        at, parts = self._start, []
        for part in self._parts:
            if at < end and at + len(part) > start:
                parts.append(part[max(start - at, 0) : end - at])
            at += len(part)
        return start, b"".join(parts)
