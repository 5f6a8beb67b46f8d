"""One temporary file for what does not fit in memory, and records that are sorted through it.

Where the system can do that the file has no name, so that it is gone with the process, however
that ends. `TMPDIR` says on which disk it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from heapq import merge
from typing import BinaryIO, Final, cast

from ..errors import no_room
from ..file.temporary import PREFIX, temporary_folder
from .partitions import (
    Ask,
    Paired,
    Pairs,
    Repeated,
    SortedRun,
    Unmatched,
    bounds_of,
    in_turn,
    tops_of,
)

RUN: Final = 1 << 17
"""So many records are kept in memory before they are sorted and written: about 10 MB."""

_CHUNK: Final = 1 << 10  # records read at a time of a run that is too long to be read at once


class Scratch:
    """Bytes that are written and read again. No file is made before the first bytes are written."""

    def __init__(self) -> None:
        self._file: BinaryIO | None = None
        self._end = 0

    def write(self, data: bytes) -> int:
        """Write bytes; gives the offset to read them at. Raises UsageError if there is no room."""
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
        """Bytes that were written. Raises UsageError where they cannot be read any more."""
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
        """Remove the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def __del__(self) -> None:
        self.close()


class Held:
    """Bytes that stay in memory, with the methods of `Scratch`."""

    def __init__(self) -> None:
        self._data = b""

    def write(self, data: bytes) -> int:
        """Keep all bytes at once; gives their offset."""
        self._data = data
        return 0

    def read(self, offset: int, size: int) -> bytes:
        """Bytes that were kept."""
        return self._data[offset : offset + size]


class Shuffle:
    """Sorts records of one size, so that equal keys follow each other.

    At most `most` records are in memory while they are added. The first byte of a record should be
    evenly spread, as that of a digest is: then a 256th of them is in memory when they are read.
    """

    def __init__(
        self,
        size: int,
        scratch: Scratch,
        most: int = RUN,
        runs: Iterable[SortedRun] = (),
        ask: Ask = in_turn,
    ) -> None:
        """`runs` are records that are sorted already; `ask` computes the answers to questions."""
        self._size, self._scratch, self._most, self._ask = size, scratch, most, ask
        self._records: list[bytes] = []
        self._runs = [*runs]

    def add(self, records: Iterable[bytes]) -> None:
        """Take records in."""
        self._records += records
        if len(self._records) >= self._most:
            self._spill(self._scratch)

    def _spill(self, source: Scratch | Held) -> None:
        records = self._records
        records.sort()
        offset = source.write(b"".join(records))
        self._runs.append(SortedRun(source, offset, bounds_of(records), (), self._size))
        self._records = []

    def runs(self) -> Sequence[SortedRun]:
        """All records as sorted runs; if they are few, in memory."""
        if self._records:
            self._spill(self._scratch if self._runs else Held())
        return self._runs

    def repeated(self) -> Iterator[bytes]:
        """The records of 24 bytes that share their first 16 bytes with another record, in order."""
        yield from self._ask(Repeated(self.runs()))

    def without(self, targets: Shuffle) -> Iterator[bytes]:
        """The records of 24 bytes whose first 16 bytes no record of `targets` has, in order."""
        yield from self._ask(Unmatched(self.runs(), targets.runs()))

    def pairs(self, targets: Shuffle) -> Iterator[bytes]:
        """The pairs of values of records of 40 bytes; see `partitions.Pairs`."""
        yield from self._ask(Pairs(self.runs(), targets.runs()))

    def paired(self, targets: Shuffle, pairs: Set[bytes]) -> Iterator[bytes]:
        """The records of 40 bytes that have one of these pairs; see `partitions.Paired`."""
        yield from self._ask(Paired(self.runs(), targets.runs(), pairs))

    def __iter__(self) -> Iterator[bytes]:
        """All records in order; may be called again."""
        for top in tops_of(self.runs()):
            if sum(run.count(top) for run in self._runs) <= 4 * self._most:
                yield from self._list(top)
            else:
                yield from merge(*(self._stream(run, top) for run in self._runs))

    def _list(self, top: int) -> list[bytes]:
        records: list[bytes] = []
        for run in self._runs:
            records += self._read(run, run.bounds[top], run.bounds[top + 1])
        records.sort()
        return records

    def _stream(self, run: SortedRun, top: int) -> Iterator[bytes]:
        end = run.bounds[top + 1]
        for start in range(run.bounds[top], end, _CHUNK):
            yield from self._read(run, start, min(start + _CHUNK, end))

    def _read(self, run: SortedRun, start: int, end: int) -> Iterable[bytes]:
        size = self._size
        data = run.read(start, end)
        return run.numbered(data[at : at + size] for at in range(0, len(data), size))
