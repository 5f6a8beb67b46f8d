"""Reads a file, or what it expands to, from start to end; parts of it may be skipped."""

from __future__ import annotations

import os
import sys
from io import RawIOBase
from typing import Final

from .streams import Source

AT_ONCE: Final = 1 << 18
"""Bytes read at a time."""


class Through:
    """The bytes of a source in order; `at` is the offset of the next one.

    `size` is how many there are, sys.maxsize if unknown. In a file or an object in storage, parts
    that are skipped are not read.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held, self._start = b"", 0
        self.at = 0
        self.size = sys.maxsize
        if isinstance(source, RawIOBase):
            self.size = source.seek(0, os.SEEK_END)
            source.seek(0)

    def close(self) -> None:
        """Close the source."""
        self._source.close()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises OSError, BrokenStreamError."""
        start = self.at - self._start
        data = self._held[start : start + size]
        if len(data) < size:
            data = self._more(data, size)
        self.at += len(data)
        return data

    def _more(self, data: bytes, size: int) -> bytes:
        """Read on, where what is held is not enough."""
        parts, have = [data], len(data)
        self._start = self.at + have
        self._held = b""
        while have < size:
            block = self._source.read(max(AT_ONCE, min(size - have, 1 << 24))) or b""
            if not block:
                break
            part = block[: size - have]
            parts.append(part)
            have += len(part)
            self._held, self._start = block, self.at + have - len(part)
        return b"".join(parts) if len(parts) > 1 else data

    def go_to(self, at: int) -> None:
        """Go on at the byte `at`, or at the end if there are fewer.

        Only in a file may it be before the next byte.
        """
        if self._start <= at <= self._start + len(self._held):
            self.at = at
            return
        if isinstance(self._source, RawIOBase):
            self.at = self._start = min(at, self.size)
            self._source.seek(self.at)
            self._held = b""
            return
        while self.at < at and self.read(min(at - self.at, AT_ONCE)):
            pass
