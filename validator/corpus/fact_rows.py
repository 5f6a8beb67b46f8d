"""The facts of the documents of a task, in order: in memory while they are few, then in files.

A file of a hundred million records has a hundred million ids: the worker puts them away in chunks,
in a directory of the run, and tells the names of the chunks.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count
from typing import Final

from msgspec.msgpack import Decoder, Encoder

from ..file.temporary import put_away, take_back

Row = tuple[bytes | None, ...]
"""The facts of a document, in the order of `FactPlan.of_documents`."""

MANY: Final = 1 << 14
"""The least number of rows that are written as a chunk: some MB of Python objects."""

_encode = Encoder().encode
columns_of: Final = Decoder(list[list[bytes | None]]).decode
"""The columns in the bytes of a chunk."""

_numbers = count()


class Rows:
    """Rows of `width` facts each. Without a directory `spool` all of them stay in memory."""

    def __init__(self, width: int, spool: str = "") -> None:
        self._width, self._spool = width, spool
        self._rows: list[Row] = []
        self.count = 0
        self.chunks: list[str] = []

    def extend(self, rows: Sequence[Row]) -> None:
        """Take in the facts of the next documents."""
        self.count += len(rows)
        if self._width:
            self._rows += rows
            if self._spool and len(self._rows) >= MANY:
                self._put_away()

    def join(self, others: Rows) -> None:
        """Take in all rows of the next file."""
        if others.chunks:
            self._put_away()
            self.chunks += others.chunks
            self.count += others.count - len(others._rows)
        self.extend(others._rows if self._width else [()] * others.count)

    def _put_away(self) -> None:
        if self._rows:
            path = os.path.join(self._spool, f"{os.getpid()}-{next(_numbers)}")
            put_away(path, _encode(self.columns()))
            self.chunks.append(path)
            self._rows = []

    def columns(self) -> list[list[bytes | None]]:
        """The rows that are in memory, as a column for each fact."""
        found = [list(column) for column in zip(*self._rows, strict=True)]
        return found or [[] for _ in range(self._width)]


def read_chunk(path: str) -> list[list[bytes | None]]:
    """Read the columns of a chunk and remove it. Raises OSError."""
    return columns_of(take_back(path))
