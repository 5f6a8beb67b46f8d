"""Records in 256 partitions by the first byte of a digest: what each partition tells by itself.

A record is the digest of a key, then the number of its document. Runs are pieces of all records,
each in order, wherever they lie: in a temporary file, or in objects that workers wrote. Equal keys
meet in one partition, so that partitions are asked one at a time, by any worker, in bounded memory;
only the candidates come out, records that something may have to be said of.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import compress
from operator import itemgetter
from struct import Struct as Packer
from typing import Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

PARTS: Final = 256

RECORD: Final = 24
"""Bytes of a record: a digest of 16 bytes, and a number of 8, both from their highest byte."""

AT_ONCE: Final = 1 << 19
"""Records whose digests are in memory at a time: about 60 MB of them."""

HELD: Final = 1 << 23
"""Records of a partition that are held while they are asked: 200 MB. More are read again."""

DIGEST: Final = itemgetter(slice(0, 16))

_DIGESTS: Final = Packer("16s8x").iter_unpack
_RECORDS: Final = Packer(f"{RECORD}s").iter_unpack
_ROW: Final = 32  # bits of a local number for the document in its task; the higher are the task
_ROWS: Final = (1 << _ROW) - 1


class Source(Protocol):
    """Bytes that runs lie in."""

    def read(self, offset: int, size: int) -> bytes:
        """So many bytes from an offset. Raises UsageError where they are not there."""
        ...


class SortedRun(Struct, frozen=True):
    """Records of one size in order; `bounds[k]` is the first whose first byte is at least k.

    Numbers in it count the documents of all tasks where there are no `firsts`; else those of each
    task by itself (`local`), and these are the numbers of the first document of each.
    """

    source: Source
    offset: int
    bounds: Sequence[int]
    firsts: Sequence[int] = ()

    def count(self, top: int) -> int:
        """How many records there are in a partition."""
        return self.bounds[top + 1] - self.bounds[top]

    def read(self, start: int, end: int, size: int = RECORD) -> bytes:
        """The records from one to another."""
        return self.source.read(self.offset + start * size, (end - start) * size)

    def numbered(self, records: Iterable[bytes]) -> Iterable[bytes]:
        """Records with the numbers of documents among all; their order stays."""
        return (self._numbered(record) for record in records) if self.firsts else records

    def _numbered(self, record: bytes) -> bytes:
        local = int.from_bytes(record[-8:], "big")
        number = self.firsts[local >> _ROW] + (local & _ROWS)
        return record[:-8] + number.to_bytes(8, "big")


def local(task: int, row: int) -> int:
    """The number of a document where tasks are counted, and documents in each, from 0."""
    return task << _ROW | row


def bounds_of(records: Sequence[bytes]) -> array[int]:
    """Where the partitions of records in order begin, and where the last one ends."""
    bounds = array("q", (bisect_left(records, bytes((top,))) for top in range(PARTS)))
    bounds.append(len(records))
    return bounds


class _Piece(Struct, frozen=True):
    """Records of a run, from one to another, that are asked with those of others."""

    run: SortedRun
    start: int
    end: int
    held: bytes = b""

    @property
    def data(self) -> bytes:
        return self.held or self.run.read(self.start, self.end)

    def digests(self) -> list[bytes]:
        return [digest for (digest,) in _DIGESTS(self.data)]

    def chosen(self, flags: Iterable[bool]) -> Iterable[bytes]:
        """Those of its records for which the flag is true, numbered."""
        return self.run.numbered(compress((record for (record,) in _RECORDS(self.data)), flags))


def repeated(runs: Sequence[SortedRun], top: int) -> Iterator[bytes]:
    """The records of a partition whose digest is there more than once, in order."""
    for pieces, _ in _slices(runs, (), top):
        yield from _repeated(pieces)


def unmatched(runs: Sequence[SortedRun], targets: Sequence[SortedRun], top: int) -> Iterator[bytes]:
    """The records of a partition whose digest none of the `targets` has, in order."""
    for pieces, aims in _slices(runs, targets, top):
        known: set[bytes] = set()
        for aim in aims:
            known.update(aim.digests())
        odd = []
        for piece in pieces:
            digests = piece.digests()
            if not known.issuperset(digests):
                odd.append(piece.chosen([digest not in known for digest in digests]))
        yield from merge(*odd)


def _repeated(pieces: Sequence[_Piece]) -> Iterator[bytes]:
    """As `repeated`. Half a digest tells that all are different, which is quick to know."""
    halves: set[int] = set()
    count = 0
    for piece in pieces:
        some = memoryview(piece.data).cast("Q")[:: RECORD // 8].tolist()
        halves.update(some)
        count += len(some)
    if len(halves) == count:
        return
    del halves
    seen: set[bytes] = set()
    twice: set[bytes] = set()
    for piece in pieces:
        counts = Counter(piece.digests())
        twice.update(digest for digest, times in counts.items() if times > 1)
        twice.update(seen.intersection(counts))
        seen.update(counts)
    del seen
    if twice:
        found = (piece.chosen(map(twice.__contains__, piece.digests())) for piece in pieces)
        yield from merge(*found)


def _slices(
    runs: Sequence[SortedRun], others: Sequence[SortedRun], top: int
) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """The records of a partition and those of others, in slices by the second byte.

    So many are in a slice that their digests fit in memory. There are more than `HELD` in a
    partition only where very many keys are the same, which no slices would part.
    """
    sizes = [sum(run.count(top) for run in chosen) for chosen in (runs, others)]
    width, is_held = PARTS, sum(sizes) <= HELD
    while is_held and width > 1 and max(sizes) * width > AT_ONCE * PARTS:
        width //= 2
    pieces, aims = _pieces(runs, top, is_held), _pieces(others, top, is_held)
    if width == PARTS:
        yield pieces, aims
        return
    for second in range(0, PARTS, width):
        bounds = bytes((top, second)), second + width
        yield _cut(pieces, *bounds), _cut(aims, *bounds)


def _pieces(runs: Sequence[SortedRun], top: int, is_held: bool) -> list[_Piece]:
    found = [_Piece(run, run.bounds[top], run.bounds[top + 1]) for run in runs if run.count(top)]
    return [replace(piece, held=piece.data) for piece in found] if is_held else found


def _cut(pieces: Sequence[_Piece], low: bytes, second: int) -> list[_Piece]:
    """The records of each piece from `low` on, with a second byte below `second`."""
    high = low[:1] + (bytes((second,)) if second < PARTS else b"\xff" * RECORD)
    found = []
    for piece in pieces:
        start, end = _place(piece.held, low), _place(piece.held, high)
        if end > start:
            held = piece.held[start * RECORD : end * RECORD]
            found.append(_Piece(piece.run, piece.start + start, piece.start + end, held))
    return found


def _place(data: bytes, low: bytes) -> int:
    """How many records in order are before some bytes."""
    every = range(len(data) // RECORD)
    return bisect_left(every, low, key=lambda at: data[RECORD * at : RECORD * (at + 1)])
