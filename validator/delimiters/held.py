"""The bytes of a file that a divider may still want: of the document that is open."""

from __future__ import annotations

from ..text.lines import Window


class Held:
    """The bytes of a file from the first document on that is not finished yet."""

    def __init__(self, limit: int) -> None:
        """Of a document that has more than `limit` bytes not all are held; 0 for no limit."""
        self.limit = limit
        self._parts: list[bytes] = []
        self._start = self._size = 0

    def add(self, window: Window) -> None:
        """Take in the next window."""
        if not self._parts:
            self._start = window.offset
        self._parts.append(window.data)
        self._size += len(window.data)
        if self.limit:  # what ends from here on and is not too large begins in the last bytes
            count, spare = 0, self._size - len(window.data) - self.limit
            while spare >= len(self._parts[count]):
                spare -= len(self._parts[count])
                count += 1
            self._drop(count)

    def forget_before(self, offset: int) -> None:
        """Nothing before this byte is wanted any more."""
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
        """The bytes `start:end` of the file; None where there are too many of them."""
        if start < self._start or (self.limit and end - start > self.limit):
            return None
        return self.what_is_left(start, end)[1]

    def what_is_left(self, start: int, end: int) -> tuple[int, bytes]:
        """Those of the bytes `start:end` that are still held, and where they begin."""
        start = max(start, self._start)
        at, parts = self._start, []
        for part in self._parts:
            if at < end and at + len(part) > start:
                parts.append(part[max(start - at, 0) : end - at])
            at += len(part)
        return start, b"".join(parts)
