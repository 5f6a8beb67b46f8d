"""What does not fit in memory: one temporary file, and records brought into order through it.

The file has no name where the system can do that, so that it is gone with the process, however
that ends. `TMPDIR` says on which disk it is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from typing import BinaryIO, Final, cast

from msgspec import Struct

from ..errors import no_room
from ..file.temporary import PREFIX, temporary_folder

RUN: Final = 1 << 17
"""Records kept in memory before they are put in order and written: about 10 MB of them."""

_PARTS: Final = 256
_CHUNK: Final = 1 << 10  # records read at a time of a run that is too long to be read at once


class Scratch:
    """Bytes that are put away and read again. Nothing is created before something is written."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._end = 0

    def write(self, data: bytes) -> int:
        """Put bytes away; the offset to read them at. Raises UsageError where there is no room."""
        import tempfile  # 5 ms, which a small corpus does not pay

        try:
            if self._file is None:
                made = tempfile.TemporaryFile(prefix=PREFIX, buffering=0)  # noqa: SIM115
                self._file = cast(BinaryIO, made)
            self._file.seek(self._end)
            rest = memoryview(data)
            while rest:  # a disk that is nearly full takes a part
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise no_room(temporary_folder(), error) from None
        offset = self._end
        self._end += len(data)
        return offset

    def read(self, offset: int, size: int) -> bytes:
        """Bytes that were put away. Raises UsageError where they cannot be read any more."""
        if self._file is None:
            return b""
        try:
            self._file.seek(offset)
            data = self._file.read(size)
        except OSError as error:
            raise no_room(temporary_folder(), error) from None
        assert len(data) == size
        return data

    def close(self) -> None:
        """Give the room back."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __del__(self) -> None:
        self.close()


class _Run(Struct, frozen=True):
    """Ordered records in the scratch file; `bounds[k]` is the first whose first byte is >= k."""

    offset: int
    bounds: array[int]


class Shuffle:
    """Records of one size, brought into order: equal keys stand together.

    At most `most` of them are in memory while they come in. The first byte of a record should be
    evenly spread, as that of a digest is: then a 256th of them is in memory when they are read.
    """

    def __init__(self, size: int, scratch: Scratch, most: int = RUN) -> None:
        self._size, self._scratch, self._most = size, scratch, most
        self._records: list[bytes] = []
        self._runs: list[_Run] = []
        self._sorted = False

    def add(self, records: Iterable[bytes]) -> None:
        """Take records in."""
        self._records += records
        self._sorted = False
        if len(self._records) >= self._most:
            self._spill()

    def _spill(self) -> None:
        records = self._records
        records.sort()
        bounds = array("q", (bisect_left(records, bytes((top,))) for top in range(_PARTS)))
        bounds.append(len(records))
        self._runs.append(_Run(self._scratch.write(b"".join(records)), bounds))
        self._records = []

    def parts(self, ordered: bool = True) -> Iterator[Iterable[bytes]]:
        """All records in pieces; those with one first byte are in one piece.

        A piece is a list, or where that would be too long an iterator in order. Lists are in order
        too, unless it is not asked for. May be asked again.
        """
        if not self._runs:
            if not self._sorted:
                self._records.sort()
                self._sorted = True
            if self._records:
                yield self._records
            return
        if self._records:
            self._spill()
        for top in range(_PARTS):
            count = sum(run.bounds[top + 1] - run.bounds[top] for run in self._runs)
            if 0 < count <= 4 * self._most:
                yield self._list(top, ordered)
            elif count:
                yield merge(*(self._stream(run, top) for run in self._runs))

    def __iter__(self) -> Iterator[bytes]:
        """All records in order."""
        for part in self.parts():
            yield from part

    def _list(self, top: int, ordered: bool) -> list[bytes]:
        records: list[bytes] = []
        for run in self._runs:
            records += self._read(run, run.bounds[top], run.bounds[top + 1])
        if ordered:
            records.sort()
        return records

    def _stream(self, run: _Run, top: int) -> Iterator[bytes]:
        end = run.bounds[top + 1]
        for start in range(run.bounds[top], end, _CHUNK):
            yield from self._read(run, start, min(start + _CHUNK, end))

    def _read(self, run: _Run, start: int, end: int) -> list[bytes]:
        size = self._size
        data = self._scratch.read(run.offset + start * size, (end - start) * size)
        return [data[at : at + size] for at in range(0, len(data), size)]
