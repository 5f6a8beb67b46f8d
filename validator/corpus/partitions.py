"""Records in 256 partitions by the first byte of a digest, and questions about each partition.

A record is the digest of a key, then the number of its document. A run is a sorted piece of all
records, in a temporary file or in an object that a worker wrote. Equal keys are in one partition,
so partitions can be asked one at a time, by any worker, in bounded memory. The answers are the
candidates: records that a finding may be about.
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
"""Bytes of a record: a digest of 16 bytes, and a number of 8 bytes in big-endian order."""

VALUED: Final = 40
"""Bytes of a record that ends in the digest of a value beside the key; zeros if it has none."""

NO_VALUE: Final = bytes(16)

AT_ONCE: Final = 1 << 19
"""The digests of so many records are in memory at a time: about 60 MB."""

HELD: Final = 1 << 23
"""Up to so many records of a partition are held in memory: 200 MB. More are read again."""

DIGEST: Final = itemgetter(slice(0, 16))

_DIGESTS: Final = {size: Packer(f"16s{size - 16}x").iter_unpack for size in (RECORD, VALUED)}
_RECORDS: Final = {size: Packer(f"{size}s").iter_unpack for size in (RECORD, VALUED)}
_FIELDS: Final = Packer("16s8s16s").iter_unpack
_ROW: Final = 32  # bits of a local number for the document in its task; the higher are the task
_ROWS: Final = (1 << _ROW) - 1


class Source(Protocol):
    """What the bytes of runs are read from."""

    def read(self, offset: int, size: int) -> bytes:
        """`size` bytes from an offset. Raises UsageError where they are not there."""
        ...


class SortedRun(Struct, frozen=True):
    """Sorted records of one size.

    `bounds[k]` is the index of the first record whose first byte is k or more. Without `firsts`,
    the numbers in records count the documents of all tasks. Else they count those of each task by
    itself (`local`), and `firsts` has the number of the first document of each.
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
        """The bytes of the records `start:end` of the run, by index."""
        size = self.size
        return self.source.read(self.offset + start * size, (end - start) * size)

    def numbered(self, records: Iterable[bytes]) -> Iterable[bytes]:
        """Records with their numbers changed to count the documents of all tasks; in order."""
        if not self.firsts:
            return records
        return (one[:16] + self.number(one[16:24]) + one[24:] for one in records)

    def number(self, known: bytes) -> bytes:
        """The number of a document among those of all tasks, from the one in a record."""
        if not self.firsts:
            return known
        told = int.from_bytes(known, "big")
        return (self.firsts[told >> _ROW] + (told & _ROWS)).to_bytes(8, "big")


def local(task: int, row: int) -> int:
    """The number of a document by the index of its task and its index in that, both from 0."""
    return task << _ROW | row


def bounds_of(records: Sequence[bytes]) -> array[int]:
    """The index of the first record of each partition of sorted records; last, their number."""
    bounds = array("q", (bisect_left(records, bytes((top,))) for top in range(PARTS)))
    bounds.append(len(records))
    return bounds


def tops_of(runs: Sequence[SortedRun]) -> list[int]:
    """The partitions in which there are records."""
    return [top for top in range(PARTS) if any(run.count(top) for run in runs)]


class Question(Struct, frozen=True):
    """A question to each partition. Pickles if the sources of its runs do."""

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
    """The pairs of different values: of a record, and of the first target that has its digest.

    An answer is the digests of both values, then the numbers of two documents that have them. Each
    pair comes once from a partition. Equal values are no pair, unless both are missing.
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
    """The records that have one of these `pairs` with a target, each with the target's number."""

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
"""Gives the answers of all partitions, in order."""


def in_turn(question: Question) -> Iterator[bytes]:
    """The answers, partition after partition, in this process."""
    for top in question.tops:
        yield from question(top)


class Keyed(Struct, frozen=True):
    """Which records a rule asks for: those of the keys that documents have in these fields.

    If `split` is not None, each item of the field is a key. If all fields, and those `beside`, are
    fields of files, files are numbered and not documents. `profile` is that of the documents, empty
    for the rule's own. `valued` records have the digest of the value of the field `beside`.
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
    """The records `start:end` of a run; `held` are their bytes, if they are in memory."""

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
        """The records whose flag is true, numbered among the documents of all tasks."""
        records = (record for (record,) in _RECORDS[self.run.size](self.data))
        return self.run.numbered(compress(records, flags))


def _firsts(aims: Sequence[_Piece]) -> dict[bytes, tuple[bytes, bytes]]:
    """For each digest the number of the first document that has it, and the digest of its value."""
    found: dict[bytes, tuple[bytes, bytes]] = {}
    for aim in aims:
        for digest, known, value in _FIELDS(aim.data):
            number = aim.run.number(known)
            if digest not in found or number < found[digest][0]:
                found[digest] = number, value
    return found


def _repeated(pieces: Sequence[_Piece]) -> Iterator[bytes]:
    """See `Repeated`. First, half digests are compared: it is quick to see that all differ."""
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
    """The records of a partition of `runs` and of `others`, in slices by the second byte.

    The digests of a slice fit in memory. A partition has more than `HELD` records only where very
    many keys are equal; slices would not separate these, so it is one slice.
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
    """How many of the sorted records in `data` are less than `low`."""
    every = range(len(data) // size)
    return bisect_left(every, low, key=lambda at: data[size * at : size * (at + 1)])
