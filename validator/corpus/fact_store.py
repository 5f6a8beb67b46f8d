"""The facts of a profile's documents in the order in which they came, in memory while they are few.

Documents are numbered from 0, and so are files. A block holds the facts of files that came
together, or of some documents of one file. The number of a document leads to its block and path.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress, repeat
from typing import Final

from msgspec import Raw, Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from ..file.name_fields import is_of_file
from ..model import Piece
from .external_sort import Scratch

Keys = Sequence[bytes | None]

KEPT: Final = 1 << 18
"""So many facts are kept in memory before they are written: about 20 MB."""

LONGEST: Final = 1 << 11
"""The most documents of one file in a block: it is read again for a single fact."""

_CACHED: Final = 16

_encode = Encoder().encode
_keys = Decoder(list[bytes | None]).decode


class Block(Struct, frozen=True, array_like=True):
    """Facts of neighbouring files. `documents` and `files` are the numbers of the first of each.

    `counts` says how many documents of each file are in the block; those of the first file begin
    with its document `index`, from 1. A column has an entry for each file if its fact is one of
    files, else one for each document.
    """

    folder: bytes
    names: Sequence[bytes]
    counts: Sequence[int]
    index: int
    documents: int
    files: int
    columns: Sequence[Keys | Raw]

    def column(self, at: int) -> Keys:
        """The keys of a fact, by the index of its column."""
        found = self.columns[at]
        return _keys(found) if isinstance(found, Raw) else found

    @property
    def begins(self) -> bool:
        """Whether its first file begins here, and not in an earlier block."""
        return self.index == 1

    def of_documents(self, keys: Keys) -> Keys:
        """A column of files turned into one with an entry for each document."""
        if len(self.counts) == sum(self.counts) == len(keys) and min(self.counts) == 1:
            return keys
        return list(chain.from_iterable(map(repeat, keys, self.counts)))

    def owner(self, number: int) -> tuple[int, int]:
        """The index of the file that holds the document of this number, and its index there.

        That of the file counts from 0 in the block, that of the document from 1 in the file.
        """
        at = number - self.documents
        ends = list(accumulate(self.counts))
        file = bisect_right(ends, at)
        index = at - (ends[file - 1] if file else 0)
        return file, index + (self.index if file == 0 else 1)


_block = Decoder(Block).decode


class _Stream:
    """Columns that are read in chunks and taken in pieces of another length."""

    def __init__(self, chunks: Iterator[Sequence[Keys]], width: int) -> None:
        self._chunks = chunks
        self._columns: list[Keys] = [[] for _ in range(width)]
        self._at = 0

    def take(self, size: int) -> list[Keys]:
        """The next entries of each column."""
        if not self._columns:
            return []
        while len(self._columns[0]) - self._at < size:
            more = next(self._chunks)
            self._columns = [
                [*held[self._at :], *new] for held, new in zip(self._columns, more, strict=True)
            ]
            self._at = 0
        self._at += size
        return [column[self._at - size : self._at] for column in self._columns]


class Ledger:
    """All facts of one profile, by their `names`. Some have an entry for each file (`of_files`)."""

    def __init__(
        self,
        names: Sequence[str],
        scratch: Scratch,
        most: int = KEPT,
        longest: int = LONGEST,
    ) -> None:
        """Once there are `most` facts in memory, they are written into `scratch`."""
        self.documents = self.files = 0
        self.names, self.scratch = names, scratch
        self.of_files = [*map(is_of_file, names)]
        self._most, self._longest = most, longest
        self._held: list[Block] = []
        self._weight = 0
        self._offsets, self._sizes = array("q"), array("q")  # of the blocks that are written
        self._documents, self._files = array("q"), array("q")  # first numbers of all blocks
        self._cached = lru_cache(_CACHED)(self._read)

    @property
    def in_memory(self) -> bool:
        """Whether all facts are in memory still."""
        return not self._sizes

    def add(self, piece: Piece, read: Callable[[str], Sequence[Keys]] = lambda chunk: ()) -> None:
        """Take in the facts of files of one directory; `read` gives the columns in a chunk."""
        folder, names, columns = piece.folder, piece.names, piece.report.columns
        counts, chunks = piece.report.counts or [1] * len(names), piece.report.chunks
        if not chunks and sum(counts) <= max(self._longest, len(names)):
            self._append(folder, names, counts, 1, columns)
            return
        told = [not of_file for of_file in self.of_files]
        stream = _Stream(chain(map(read, chunks), [list(compress(columns, told))]), sum(told))
        for at, (name, count) in enumerate(zip(names, counts, strict=True)):
            for done in range(0, max(count, 1), self._longest):
                size = min(self._longest, count - done)
                taken = iter(stream.take(size))
                cut = [
                    column[at : at + 1] if of_file else next(taken)
                    for of_file, column in zip(self.of_files, columns, strict=True)
                ]
                self._append(folder, [name], [size], done + 1, cut)

    def _append(
        self,
        folder: bytes,
        names: Sequence[bytes],
        counts: Sequence[int],
        index: int,
        columns: Sequence[Keys],
    ) -> None:
        files = self.files - (index > 1)
        block = Block(folder, names, counts, index, self.documents, files, columns)
        self._documents.append(block.documents)
        self._files.append(files)
        self._held.append(block)
        self.documents += sum(counts)
        self.files = files + len(names)
        self._weight += len(names) + sum(map(len, columns))
        if self._weight >= self._most:
            self._write()

    def _write(self) -> None:
        for block in self._held:
            raw = [Raw(_encode(column)) for column in block.columns]
            data = _encode(replace(block, columns=raw))
            self._offsets.append(self.scratch.write(data))
            self._sizes.append(len(data))
        self._held, self._weight = [], 0

    def blocks(self) -> Iterator[Block]:
        """All blocks, in order."""
        for at in range(len(self._sizes)):
            yield self._read(at)
        yield from self._held

    def with_document(self, number: int) -> Block:
        """The block that holds a document."""
        return self._block(bisect_right(self._documents, number) - 1)

    def with_file(self, number: int) -> Block:
        """A block that holds a file, or a part of it."""
        return self._block(bisect_right(self._files, number) - 1)

    def _block(self, at: int) -> Block:
        written = len(self._sizes)
        return self._held[at - written] if at >= written else self._cached(at)

    def _read(self, at: int) -> Block:
        return _block(self.scratch.read(self._offsets[at], self._sizes[at]))
