"""The keys of many documents in the store, in partitions, so that any worker can ask one partition.

The keys of some tasks are gathered into pieces of about a million records, each an object. It has,
for each kind of key, the sorted records, one partition after the other. An index beside the pieces
says of which reports they are, and where each partition begins; it is written last, so that all
pieces that it names are there. The names are digests of the reports: the same reports have the same
objects.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from xxhash import xxh3_64_intdigest

from ..corpus.partitions import PARTS, SortedRun, bounds_of
from ..errors import UsageError
from ..file.objects import Objects
from .canonical import digest
from .envelope import HEAD, DamagedError, read_by, unwrapped, wrapped
from .task_groups import MOST

FACTS: Final = "facts"
"""The folder of these objects, below that of the plan."""

INDEX: Final = ".index"


class Section(Struct, frozen=True, array_like=True):
    """The records of one kind of key in a piece: the first byte, and the bytes of a record.

    `bounds` are those of the partitions, as in `SortedRun`; `sums` are checksums of each partition.
    """

    offset: int
    size: int
    bounds: tuple[int, ...]
    sums: tuple[int, ...]


class Index(Struct, frozen=True, array_like=True):
    """The pieces that were gathered from some tasks, and from which reports of these.

    Each of the `pieces` has a section for each kind of key, in the order of `keyed_of`. In the
    numbers of documents (`local`), the index of a task is that in `tasks`.
    """

    plan: bytes
    tasks: tuple[bytes, ...]
    reports: tuple[bytes, ...]
    pieces: tuple[tuple[Section, ...], ...]

    @property
    def name(self) -> str:
        """The name of the index in the store."""
        return index_name(self.plan, self.tasks, self.reports)


def index_name(plan: bytes, tasks: Sequence[bytes], reports: Sequence[bytes]) -> str:
    """The name of the index of the keys that are gathered from these reports."""
    return f"{plan.hex()}/{FACTS}/{digest(b''.join((*tasks, *reports))).hex()}{INDEX}"


def piece_name(index: str, number: int) -> str:
    """The name of one of the pieces of an index."""
    return f"{index.removesuffix(INDEX)}.{number}"


class Pieces:
    """Writes records into pieces, each when there are enough for it."""

    def __init__(
        self, objects: Objects, index: str, sizes: Sequence[int], most: int = MOST
    ) -> None:
        """`sizes` are the bytes of a record of each kind; a piece has about `most` records."""
        self._objects, self._index, self._most = objects, index, most
        self._sizes = sizes
        self._records: list[list[bytes]] = [[] for _ in sizes]
        self._count = 0
        self._written: list[tuple[Section, ...]] = []

    def take(self, kind: int, records: Sequence[bytes]) -> None:
        """Take in records of a kind of key. Raises UsageError where they cannot be written."""
        self._records[kind] += records
        self._count += len(records)
        if self._count >= self._most:
            self._write()

    def end(self) -> tuple[tuple[Section, ...], ...]:
        """Write the last piece; gives the sections of all pieces."""
        if self._count:
            self._write()
        return tuple(self._written)

    def _write(self) -> None:
        name = piece_name(self._index, len(self._written))
        sections, written = [], bytearray()
        for size, records in zip(self._sizes, self._records, strict=True):
            records.sort()
            data = b"".join(records)
            sections.append(_section(len(written), size, bounds_of(records), data))
            written += data
            records.clear()
        self._count = 0
        self._written.append(tuple(sections))
        self._objects.put(name, wrapped(bytes(written)))


def _section(offset: int, size: int, bounds: Sequence[int], data: bytes) -> Section:
    spans = [slice(bounds[top] * size, bounds[top + 1] * size) for top in range(PARTS)]
    return Section(
        offset, size, tuple(bounds), tuple(xxh3_64_intdigest(data[span]) for span in spans)
    )


_encode = msgspec.msgpack.Encoder().encode
_index = msgspec.msgpack.Decoder(Index).decode


def put_index(objects: Objects, index: Index) -> None:
    """Write an index, after its pieces. Raises UsageError."""
    objects.put(index.name, wrapped(_encode(index)))


def remove_index(objects: Objects, index: Index) -> None:
    """Remove an index and then its pieces, so that all pieces that an index names are there."""
    objects.remove(index.name)
    for number in range(len(index.pieces)):
        objects.remove(piece_name(index.name, number))


def find_index(objects: Objects, name: str, sizes: Sequence[int]) -> Index | None:
    """The index of a name, None if it is not there; `sizes` are the bytes of records by kind.

    Raises UsageError for an index that is damaged or does not fit.
    """
    data = objects.get(name)
    if data is None:
        return None
    try:
        found = read_by(_index, unwrapped(data))
        if found.name != name:
            raise DamagedError("is of other reports: it was put there under this name")
        if not _is_sound(found, sizes):
            raise DamagedError("cannot be read: its numbers do not fit each other")
    except DamagedError as error:
        raise refused(objects, name, name, str(error)) from None
    return found


def _is_sound(index: Index, sizes: Sequence[int]) -> bool:
    """Whether each piece has these sections, with partitions that follow each other."""
    sections = [section for piece in index.pieces for section in piece]
    return (
        len(index.tasks) == len(index.reports)
        and all([one.size for one in piece] == [*sizes] for piece in index.pieces)
        and all(len(one.bounds) == PARTS + 1 and len(one.sums) == PARTS for one in sections)
        and all([0, *sorted(one.bounds)] == [0, *one.bounds] for one in sections)
    )


def indexes(objects: Objects, plan: bytes, sizes: Sequence[int]) -> Iterator[Index]:
    """All indexes under a plan, in the order of names. Raises UsageError."""
    folder = f"{plan.hex()}/{FACTS}"
    for name in sorted(objects.names(folder)):
        found = find_index(objects, f"{folder}/{name}", sizes) if name.endswith(INDEX) else None
        if found is not None:
            yield found


def must_be_whole(objects: Objects, index: Index) -> None:
    """Raises UsageError where a piece of an index is missing, or shorter than it was."""
    for number, sections in enumerate(index.pieces):
        size = sum(section.bounds[-1] * section.size for section in sections)
        bytes_of(objects, index.name, piece_name(index.name, number), size - 1, 1)


def bytes_of(objects: Objects, index: str, name: str, offset: int, size: int) -> bytes:
    """Bytes of a piece of an index. Raises UsageError where they are not there."""
    data = objects.get_range(name, HEAD + offset, size)
    if data is None or len(data) != size:
        words = "is not there" if data is None else "is cut off"
        raise refused(objects, index, name, words)
    return data


class Stored(Struct, frozen=True):
    """The source of the records of a section. It pickles, so that workers can read them."""

    objects: Objects
    index: str
    piece: int
    section: Section

    def read(self, offset: int, size: int) -> bytes:
        """See `partitions.Source`. The checksum is compared where a partition is read whole.

        Raises UsageError where bytes are missing, or the checksum is wrong.
        """
        name = piece_name(self.index, self.piece)
        data = bytes_of(self.objects, self.index, name, self.section.offset + offset, size)
        width = self.section.size
        start, end = offset // width, (offset + size) // width
        bounds, sums = self.section.bounds, self.section.sums
        top = bisect_right(bounds, start) - 1
        if bounds[top : top + 2] == (start, end) and xxh3_64_intdigest(data) != sums[top]:
            words = "is torn: its checksum is not that of its bytes"
            raise refused(self.objects, self.index, name, words)
        return data


def run_of(
    objects: Objects, index: Index, piece: int, kind: int, firsts: Sequence[int]
) -> SortedRun:
    """The records of a kind of key in a piece; `firsts` has the first document of each task."""
    section = index.pieces[piece][kind]
    return SortedRun(
        Stored(objects, index.name, piece, section), 0, section.bounds, firsts, section.size
    )


def refused(objects: Objects, index: str, name: str, words: str) -> UsageError:
    """The error for an object of facts that cannot be used; `words` say why."""
    return UsageError(
        f"the facts in `{objects.path}/{name}` cannot be used: the object {words}. Remove "
        f"`{objects.path}/{index}`, then merge again: it is made anew from the reports"
    )
