"""The questions of corpus rules about the facts of all documents: twins, gaps, links, agreement.

Every answer is a stream in a fixed order, which does not depend on whether the facts are in memory.
Keys are compared by digests of 128 bits, which are sorted through the scratch file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from operator import add
from struct import Struct as Packer
from typing import Final, cast

from xxhash import xxh3_128_digest

from ..file.name_fields import is_of_file
from ..file.reading import same_content
from .external_sort import RUN, Shuffle
from .fact_store import Block, Keys, Ledger
from .members import Member, items_of
from .partitions import DIGEST, NO_VALUE, Ask, Keyed, SortedRun, in_turn

Fields = tuple[str, ...]

OR: Final = " or "
"""Between two names: a field, and the one whose value counts for documents that lack it."""

_EIGHT_BYTES: Final = Packer(">Q").pack
_PROOF: Final = 32  # bytes of a SHA-256


class Facts:
    """The facts of one profile, after the last file."""

    def __init__(
        self,
        ledger: Ledger,
        *,
        divided: bool = False,
        id_field: str = "",
        most: int = RUN,
        roots: tuple[str, ...] = (".",),
        base: str = "",
    ) -> None:
        """At most `most` records are sorted in memory at a time."""
        self._ledger, self.divided, self._most = ledger, divided, most
        self._at: Mapping[str, int] = {name: at for at, name in enumerate(ledger.names)}
        self._of_files = ledger.of_files
        self._id, self._id_field = self._at.get(id_field, -1), id_field
        self.roots, self.base = roots, base
        self.others: Mapping[str, Facts] = {}  # of the other profiles, by name
        self.shown: Mapping[bytes, str] = {}  # paths in messages, where these are others
        self.elsewhere: Callable[[Keyed], Sequence[SortedRun]] | None = None
        self.ask: Ask = in_turn  # computes answers; workers do for `elsewhere`

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self._ledger.documents

    @property
    def files(self) -> int:
        """How many files there are."""
        return self._ledger.files

    @property
    def in_memory(self) -> bool:
        """Whether all facts are in memory, few enough to be put into sets."""
        return self._ledger.in_memory

    def blocks(self) -> Iterator[Block]:
        """The facts as they came, file after file."""
        return self._ledger.blocks()

    def shuffle(self, size: int) -> Shuffle:
        """A new sorter of records of `size` bytes."""
        return Shuffle(size, self._ledger.scratch, self._most)

    def keys(self, fields: Fields, beside: Fields = ()) -> Iterator[tuple[int, Keys, Block]]:
        """For each block: the number of its first document (or file), the key of each, the block.

        The key is the value of the field; of several fields it is a digest. It is None if one of
        them has no value. Keys are those of files if all `fields` and those `beside` are fields of
        files, else of documents.
        """
        whole = are_of_files((*fields, *beside))
        for block in self._ledger.blocks():
            if whole and not block.begins:
                continue
            columns = [self._column(block, name, whole) for name in fields]
            keys = columns[0] if len(columns) == 1 else _compound(columns)
            yield block.files if whole else block.documents, keys, block

    def _column(self, block: Block, name: str, whole: bool) -> Keys:
        if OR in name:
            columns = (self._column(block, one, whole) for one in name.split(OR))
            return [own if own is not None else other for own, other in zip(*columns, strict=True)]
        at = self._at[name]
        keys = block.column(at)
        return block.of_documents(keys) if self._of_files[at] and not whole else keys

    def member(self, fields: Fields, number: int) -> Member:
        """The document (or file) of this number, with the values of these fields."""
        if are_of_files(fields):
            return self.file(number, fields)
        block = self._ledger.with_document(number)
        file, index = block.owner(number)
        row = number - block.documents

        def value(at: int) -> bytes:
            return block.column(at)[file if self._of_files[at] else row] or b""

        name = value(self._id) if self._id >= 0 else b""
        values = tuple(
            next(filter(None, (value(self._at[own]) for own in one.split(OR))), b"")
            for one in fields
        )
        return Member(number, block.folder + block.names[file], index, values, name)

    def file(self, number: int, fields: Fields = ()) -> Member:
        """The file of this number, with the values of these fields of files."""
        block = self._ledger.with_file(number)
        file = number - block.files
        known = self._id >= 0 and self._of_files[self._id]
        name = block.column(self._id)[file] if known else None
        values = tuple(block.column(self._at[one])[file] or b"" for one in fields)
        index = 0 if self.divided else 1
        path = block.folder + block.names[file]
        return Member(number, path, index, values, name or b"", of_file=True)

    def identity(self, member: Member) -> bytes:
        """The id of a member, empty if it has none; for a file, the id of its only document."""
        return member.id or self.fact(member, self._id_field) or b""

    def fact(self, member: Member, name: str) -> bytes | None:
        """Any fact of a member; None if it has no such fact, or is a file of many documents."""
        at = self._at.get(name, -1)
        if at < 0:
            return None
        if not member.of_file:
            block = self._ledger.with_document(member.number)
            file, row = block.owner(member.number)[0], member.number - block.documents
        else:
            block = self._ledger.with_file(member.number)
            file = member.number - block.files
            row = sum(block.counts[:file])
            if not self._of_files[at] and (self.divided or not block.counts[file]):
                return None
        return block.column(at)[file if self._of_files[at] else row]

    def files_with(self, fields: Fields) -> Iterator[tuple[int, bytes, tuple[bytes | None, ...]]]:
        """Number, path and values of each file; a value is None where it is not known."""
        for block in self._ledger.blocks():
            if not block.begins:
                continue
            columns = [
                block.column(self._at[name]) if name in self._at else [None] * len(block.names)
                for name in fields
            ]
            for at, name in enumerate(block.names):
                yield block.files + at, block.folder + name, tuple(one[at] for one in columns)

    def twins(self, fields: Fields) -> Iterator[tuple[Member, Member]]:
        """Pairs of documents with the same values in these fields: the first one, and another."""
        if self.in_memory and self._all_different(fields):
            return
        for _, group in groupby(self.shuffled(Keyed(fields)).repeated(), key=DIGEST):
            firsts: dict[tuple[bytes, ...], Member] = {}  # one, unless digests collide
            for record in group:
                member = self.member(fields, number_of(record))
                first = firsts.setdefault(member.values, member)
                if first is not member:
                    yield first, member

    def _all_different(self, fields: Fields) -> bool:
        seen: set[bytes | None] = set()
        total = 0
        for _, keys, _ in self.keys(fields):
            total += len(keys) - keys.count(None)
            seen.update(keys)
        return len(seen - {None}) == total

    def shuffled(self, keyed: Keyed) -> Shuffle:
        """Records, with digest and number, of each key, or of each of its items if it is split."""
        if self.elsewhere:
            found = self.elsewhere(keyed)
            return Shuffle(keyed.size, self._ledger.scratch, self._most, found, self.ask)
        shuffle = self.shuffle(keyed.size)
        for records in self.records(keyed):
            shuffle.add(records)
        return shuffle

    def records(self, keyed: Keyed, base: int = 0) -> Iterator[Iterable[bytes]]:
        """The records of `shuffled` unsorted, block after block; documents count from `base`."""
        split = keyed.split
        for ends, keys in self._ends(keyed, base):
            if split is None and None not in keys:
                digests = map(xxh3_128_digest, cast(Sequence[bytes], keys))
                yield map(add, digests, ends)
                continue
            for end, key in zip(ends, keys, strict=True):
                if key is not None:
                    items = [key] if split is None else items_of(key, split)
                    yield [xxh3_128_digest(item) + end for item in items]

    def _ends(self, keyed: Keyed, base: int) -> Iterator[tuple[Iterable[bytes], Keys]]:
        """For each block, what follows the digest in its records, and its keys."""
        if not keyed.valued:
            for first, keys, _ in self.keys(keyed.fields, keyed.beside):
                yield _numbers_from(base + first, len(keys)), keys
            return
        for first, keys, values in self.beside(keyed.fields, keyed.beside):
            digests = (xxh3_128_digest(value) if value else NO_VALUE for value in values)
            yield map(add, _numbers_from(base + first, len(keys)), digests), keys

    def beside(self, fields: Fields, beside: Fields) -> Iterator[tuple[int, Keys, Keys]]:
        """As `keys`, with the values of the field `beside`, None where there is none."""
        if not beside:
            yield from ((first, keys, [None] * len(keys)) for first, keys, _ in self.keys(fields))
            return
        one, other = self.keys(fields, beside), self.keys(beside, fields)
        for (first, keys, _), (_, values, _) in zip(one, other, strict=True):
            yield first, keys, values

    def members(self, fields: Fields) -> Iterator[Member]:
        """All documents (or files) that have a value in each of these fields."""
        for first, keys, _ in self.keys(fields):
            for number, key in zip(count(first), keys, strict=False):
                if key is not None:
                    yield self.member(fields, number)

    def scoped(self, name: str, within: str) -> Iterator[tuple[bytes, int, Keys]]:
        """The keys of a field by scope (`within`): `corpus`, `directory` or `file`.

        Gives the path of the scope, empty for the corpus; the number of the first document (or
        file); and the keys. A scope may come several times.
        """
        for first, keys, block in self.keys((name,)):
            if within == "file" and not are_of_files((name,)):
                at = 0
                for own, documents in zip(block.names, block.counts, strict=True):
                    yield block.folder + own, first + at, keys[at : at + documents]
                    at += documents
            else:
                yield block.folder if within == "directory" else b"", first, keys

    def equal(self, one: Member, other: Member) -> bool:
        """Whether two documents whose contents have the same digest have the same bytes.

        A document that is one of many in its file has a SHA-256, which is proof enough.
        """
        return len(one.key) == _PROOF or same_content(one.path, other.path)

    def same(self, one: Member, other: Member) -> bool:
        """Whether two documents that are files have the same bytes."""
        return not self.divided and same_content(one.path, other.path)


def are_of_files(names: Fields) -> bool:
    """Whether all these fields are fields of files: then files are numbered, not documents."""
    return all(OR not in name and is_of_file(name) for name in names)


def _compound(columns: Sequence[Keys]) -> list[bytes | None]:
    return [
        None if None in row else b"".join(xxh3_128_digest(key) for key in row if key is not None)
        for row in zip(*columns, strict=True)
    ]


def _numbers_from(first: int, size: int) -> Iterable[bytes]:
    return map(_EIGHT_BYTES, range(first, first + size))


def number_of(record: bytes) -> int:
    """The number of the document, which is the last eight bytes of a record."""
    return int.from_bytes(record[-8:], "big")
