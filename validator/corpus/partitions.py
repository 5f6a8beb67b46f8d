"""Records in 256 partitions by the first byte of a digest: what each partition tells by itself.

A record is the digest of a key, then the number of its document. Runs are pieces of all records,
each in order, wherever they lie: in a temporary file, or in objects that workers wrote. Equal keys
meet in one partition, so that partitions are asked one at a time, by any worker, in bounded memory;
only the candidates come out, records that something may have to be said of.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from heapq import merge
from itertools import compress
from operator import itemgetter
from struct import Struct as Packer
from typing import ClassVar, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace

PARTS: Final = 256

RECORD: Final = 24
"""Bytes of a record: a digest of 16 bytes, and a number of 8, both from their highest byte."""

VALUED: Final = 40
"""Bytes of a record that ends in the digest of a value beside the key; zeros where it has none."""

NO_VALUE: Final = bytes(16)

AT_ONCE: Final = 1 << 19
"""Records whose digests are in memory at a time: about 60 MB of them."""

HELD: Final = 1 << 23
"""Records of a partition that are held while they are asked: 200 MB. More are read again."""

DIGEST: Final = itemgetter(slice(0, 16))

_DIGESTS: Final = {size: Packer(f"16s{size - 16}x").iter_unpack for size in (RECORD, VALUED)}
_RECORDS: Final = {size: Packer(f"{size}s").iter_unpack for size in (RECORD, VALUED)}
_FIELDS: Final = Packer("16s8s16s").iter_unpack
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
    size: int = RECORD

    def count(self, top: int) -> int:
        """How many records there are in a partition."""
        return self.bounds[top + 1] - self.bounds[top]

    def read(self, start: int, end: int) -> bytes:
        """The records from one to another."""
        size = self.size
        return self.source.read(self.offset + start * size, (end - start) * size)

    def numbered(self, records: Iterable[bytes]) -> Iterable[bytes]:
        """Records with the numbers of documents among all; their order stays."""
        if not self.firsts:
            return records
        return (one[:16] + self.number(one[16:24]) + one[24:] for one in records)

    def number(self, known: bytes) -> bytes:
        """The number of a document among all."""
        if not self.firsts:
            return known
        told = int.from_bytes(known, "big")
        return (self.firsts[told >> _ROW] + (told & _ROWS)).to_bytes(8, "big")


def local(task: int, row: int) -> int:
    """The number of a document where tasks are counted, and documents in each, from 0."""
    return task << _ROW | row


def bounds_of(records: Sequence[bytes]) -> array[int]:
    """Where the partitions of records in order begin, and where the last one ends."""
    bounds = array("q", (bisect_left(records, bytes((top,))) for top in range(PARTS)))
    bounds.append(len(records))
    return bounds


def tops_of(runs: Sequence[SortedRun]) -> list[int]:
    """The partitions in which there are records."""
    return [top for top in range(PARTS) if any(run.count(top) for run in runs)]


class Question(Struct, frozen=True):
    """What is asked of each partition. Pickles if the sources of its runs do."""

    size: ClassVar[int] = RECORD
    """Bytes of each answer."""

    runs: Sequence[SortedRun]

    @property
    def tops(self) -> list[int]:
        """The partitions in which there are records."""
        return tops_of(self.runs)

    @abstractmethod
    def __call__(self, top: int) -> Iterator[bytes]:
        """The answers of a partition, in order."""


class Repeated(Question, frozen=True):
    """The records whose digest is there more than once."""

    def __call__(self, top: int) -> Iterator[bytes]:
        """See `Question`."""
        for pieces, _ in _slices(self.runs, (), top):
            yield from _repeated(pieces)


class Unmatched(Question, frozen=True):
    """The records whose digest none of the `targets` has."""

    targets: Sequence[SortedRun]

    def __call__(self, top: int) -> Iterator[bytes]:
        """See `Question`."""
        for pieces, aims in _slices(self.runs, self.targets, top):
            known = set[bytes]().union(*(aim.digests() for aim in aims))
            odd = []
            for piece in pieces:
                digests = piece.digests()
                if not known.issuperset(digests):
                    odd.append(piece.chosen([digest not in known for digest in digests]))
            yield from merge(*odd)


class Pairs(Question, frozen=True):
    """The pairs of values, of a record and of the first target that has its digest.

    An answer is both digests of values and the numbers of two documents that have them. Each pair
    comes once from a partition; a value beside the same is none.
    """

    size: ClassVar[int] = 48

    targets: Sequence[SortedRun]

    def __call__(self, top: int) -> Iterator[bytes]:
        """See `Question`."""
        known: set[bytes] = set()
        for pieces, aims in _slices(self.runs, self.targets, top):
            firsts = _firsts(aims)
            for piece in pieces:
                for digest, number, own in _FIELDS(piece.data):
                    aim = firsts.get(digest)
                    if aim and (own != aim[1] or own == NO_VALUE) and own + aim[1] not in known:
                        known.add(own + aim[1])
                        yield own + aim[1] + piece.run.number(number) + aim[0]


class Paired(Question, frozen=True):
    """The records that have one of these `pairs` with a target, and the number of that."""

    size: ClassVar[int] = RECORD + 8

    targets: Sequence[SortedRun]
    pairs: Set[bytes]

    def __call__(self, top: int) -> Iterator[bytes]:
        """See `Question`."""
        for pieces, aims in _slices(self.runs, self.targets, top):
            firsts = _firsts(aims)
            yield from merge(*(self._of(piece, firsts) for piece in pieces))

    def _of(self, piece: _Piece, firsts: Mapping[bytes, tuple[bytes, bytes]]) -> Iterator[bytes]:
        for digest, number, own in _FIELDS(piece.data):
            aim = firsts.get(digest)
            if aim and own + aim[1] in self.pairs:
                yield digest + piece.run.number(number) + aim[0]


Ask = Callable[[Question], Iterator[bytes]]
"""Gets the answers of all partitions, in order, from whoever works them out."""


def in_turn(question: Question) -> Iterator[bytes]:
    """The answers, partition after partition, in this process."""
    for top in question.tops:
        yield from question(top)


class Keyed(Struct, frozen=True):
    """Which records a rule asks for: the key of documents in these fields, together or `split`.

    With `split` a field is taken item by item. Where all fields, and those `beside`, are fields of
    files, files are numbered and not documents. `profile` is that of the documents, if not its own.
    If they are `valued`, records have the value of the field beside, if there is one.
    """

    fields: tuple[str, ...]
    split: str | None = None
    beside: tuple[str, ...] = ()
    profile: str = ""
    valued: bool = False

    @property
    def size(self) -> int:
        """Bytes of a record."""
        return VALUED if self.valued else RECORD


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
        return [digest for (digest,) in _DIGESTS[self.run.size](self.data)]

    def chosen(self, flags: Iterable[bool]) -> Iterable[bytes]:
        """Those of its records for which the flag is true, numbered."""
        records = (record for (record,) in _RECORDS[self.run.size](self.data))
        return self.run.numbered(compress(records, flags))


def _firsts(aims: Sequence[_Piece]) -> dict[bytes, tuple[bytes, bytes]]:
    """Of each digest the number of the first document that has it, and its value."""
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for aim in aims:
        for digest, known, value in _FIELDS(aim.data):
            number = aim.run.number(known)
            if digest not in found or number < found[digest][0]:
                found[digest] = number, value
    return found


def _repeated(pieces: Sequence[_Piece]) -> Iterator[bytes]:
    """As `Repeated`. Half a digest tells that all are different, which is quick to know."""
    halves: set[int] = set()
    count = 0
    for piece in pieces:
        some = memoryview(piece.data).cast("Q")[:: piece.run.size // 8].tolist()
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
        size = piece.run.size
        start, end = _place(piece.held, low, size), _place(piece.held, high, size)
        if end > start:
            held = piece.held[start * size : end * size]
            found.append(_Piece(piece.run, piece.start + start, piece.start + end, held))
    return found


def _place(data: bytes, low: bytes, size: int) -> int:
    """How many records in order are before some bytes."""
    every = range(len(data) // size)
    return bisect_left(every, low, key=lambda at: data[size * at : size * (at + 1)])
