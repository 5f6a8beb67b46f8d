"""What the corpus rules ask of the facts of all documents: twins, gaps, links, agreement.

Every answer is a stream in one order, whatever came first and whether the facts are in memory or
not: keys are compared by 128-bit digests, brought together through the scratch file.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from operator import add, itemgetter
from struct import Struct as Packer
from typing import Final, cast

from msgspec import Struct, field
from xxhash import xxh3_128_digest

from .ledger import Block, Keys, Ledger
from .scratch import RUN, Scratch, Shuffle
from .source import names_in, same_content

Fields = tuple[str, ...]

LIST: Final = b"\0"
"""Stands between the items of a fact that is a list."""

MOST_VALUES: Final = 1000
"""Values of a field that are told apart when it is asked whether all documents agree in it."""

_DIGEST: Final = itemgetter(slice(0, 16))
_EIGHT_BYTES: Final = Packer(">Q").pack
_PROOF: Final = 32  # bytes of a SHA-256
_LONGEST_NUMBER: Final = 38  # digits that fit into 16 bytes


class Spot(Struct, frozen=True):
    """A place in the corpus: a field of a document, or one item in it, a document, or a file.

    `index` counts the documents of the file from 1; with 0 it is the file that is meant, or the
    bytes `start:end` of it.
    """

    path: bytes
    index: int = 0
    field: str = ""
    item: bytes = b""
    start: int = -1
    end: int = -1


class Member(Struct, frozen=True):
    """A document as the corpus knows it: the values of the fields asked for, and where it is.

    `index` is 0 where the values are those of a file that holds many documents.
    """

    number: int
    path: bytes
    index: int
    values: tuple[bytes, ...]
    id: bytes = b""

    @property
    def key(self) -> bytes:
        """The value of the first field."""
        return self.values[0]

    @property
    def folder(self) -> bytes:
        """The path of its directory, with a final `/`, empty for the working directory."""
        return self.path[: self.path.rfind(b"/") + 1]

    def spot(self, name: str, item: bytes = b"") -> Spot:
        """The place of one of its fields."""
        return Spot(self.path, self.index, name, item)


class Tally(Struct):
    """The values of a field in one scope: how often each, and in which document first."""

    counts: Counter[bytes] = field(default_factory=Counter)
    firsts: dict[bytes, int] = field(default_factory=dict)

    def take(self, first: int, keys: Keys) -> None:
        """Count values; those beyond the first thousand only once they are known."""
        if len(set(keys)) == 1 and keys[0] is not None:
            self._one(first, keys[0], len(keys))
            return
        for number, key in zip(count(first), keys, strict=False):
            if key is not None:
                self._one(number, key, 1)

    def _one(self, number: int, key: bytes, times: int) -> None:
        if key in self.counts or len(self.counts) < MOST_VALUES:
            self.firsts.setdefault(key, number)
            self.counts[key] += times

    def usual(self) -> bytes:
        """The most frequent value; of those that are equally frequent, the one that came first."""
        return min(self.counts, key=lambda key: (-self.counts[key], self.firsts[key]))


class Facts:
    """The facts of one profile, when all files are through."""

    def __init__(
        self,
        ledger: Ledger,
        names: Sequence[str],
        of_files: Sequence[bool],
        *,
        divided: bool = False,
        id_field: str = "",
        scratch: Scratch | None = None,
        most: int = RUN,
        roots: tuple[str, ...] = (".",),
        base: str = "",
    ) -> None:
        self._ledger, self._divided = ledger, divided
        self._at: Mapping[str, int] = {name: at for at, name in enumerate(names)}
        self._of_files = of_files
        self._id = self._at.get(id_field, -1)
        self._scratch, self._most = scratch or Scratch(), most
        self._disordered: dict[tuple[str, str], frozenset[bytes]] = {}
        self.roots, self.base = roots, base

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return self._ledger.documents

    @property
    def files(self) -> int:
        """How many files there are."""
        return self._ledger.files

    def is_of_file(self, fields: Fields) -> bool:
        """Whether these fields are the file's alone, so that its documents do not tell."""
        return self._divided and all(self._of_files[self._at[name]] for name in fields)

    def keys(self, fields: Fields) -> Iterator[tuple[int, Keys, Block]]:
        """The number of the first and the key of each document (or file), block after block.

        Of several fields the key is a digest. It is None where one of them has no value.
        """
        whole = self.is_of_file(fields)
        for block in self._ledger.blocks():
            if whole and not block.begins:
                continue
            columns = [self._column(block, name, whole) for name in fields]
            keys = columns[0] if len(columns) == 1 else _compound(columns)
            yield block.files if whole else block.documents, keys, block

    def _column(self, block: Block, name: str, whole: bool) -> Keys:
        at = self._at[name]
        keys = block.column(at)
        return block.of_documents(keys) if self._of_files[at] and not whole else keys

    def member(self, fields: Fields, number: int) -> Member:
        """The document (or file) of this number, with the values of these fields."""
        ledger = self._ledger
        whole = self.is_of_file(fields)
        block = ledger.with_file(number) if whole else ledger.with_document(number)
        if whole:
            file, index = number - block.files, 0
        else:
            file, index = block.owner(number)
        row = number - block.documents

        def value(at: int) -> bytes:
            return block.column(at)[file if self._of_files[at] else row] or b""

        name = value(self._id) if self._id >= 0 and not whole else b""
        values = tuple(value(self._at[one]) for one in fields)
        return Member(number, block.folder + block.names[file], index, values, name)

    def twins(self, fields: Fields) -> Iterator[tuple[Member, Member]]:
        """Documents that have the values of an earlier one: that one, and the document."""
        if self._ledger.in_memory and self._all_different(fields):
            return
        for part in self._shuffled(fields).parts(ordered=False):
            if isinstance(part, list):
                if len(set(map(_DIGEST, part))) == len(part):
                    continue
                part.sort()
            for _, group in groupby(part, key=_DIGEST):
                first = None
                for record in group:
                    if first is None:
                        first = record
                    else:
                        yield (
                            self.member(fields, _number(first)),
                            self.member(fields, _number(record)),
                        )

    def _all_different(self, fields: Fields) -> bool:
        seen: set[bytes | None] = set()
        total = 0
        for _, keys, _ in self.keys(fields):
            total += len(keys) - keys.count(None)
            seen.update(keys)
        return len(seen - {None}) == total

    def _shuffled(self, fields: Fields, split: str | None = None) -> Shuffle:
        """Digest and number of each key, or of each item of it."""
        shuffle = Shuffle(24, self._scratch, self._most)
        for first, keys, _ in self.keys(fields):
            if split is None and None not in keys:
                digests = map(xxh3_128_digest, cast(Sequence[bytes], keys))
                shuffle.add(map(add, digests, _numbers_from(first, len(keys))))
                continue
            for number, key in zip(_numbers_from(first, len(keys)), keys, strict=True):
                if key is not None:
                    items = [key] if split is None else items_of(key, split)
                    shuffle.add([xxh3_128_digest(item) + number for item in items])
        return shuffle

    def dangling(self, name: str, split: str, target: str) -> Iterator[tuple[Member, bytes]]:
        """Items of a field that no document has in its field `target`."""
        if self._ledger.in_memory and self._all_known(name, split, target):
            return
        for digest, source, aim in self._joined(name, split, target):
            if aim is None:
                member = self.member((name,), source)
                yield member, _item(member.key, split, digest)

    def linked(
        self, name: str, split: str, target: str, own: str, theirs: str
    ) -> Iterator[tuple[Member, bytes, Member]]:
        """Each item with the document that it leads to; the members' second values are to compare.

        The values are those of `own` in the one and of `theirs` in the other.
        """
        for digest, source, aim in self._joined(name, split, target):
            if aim is not None:
                member = self.member((name, own), source)
                item = _item(member.key, split, digest)
                yield member, item, self.member((target, theirs), aim)

    def _joined(
        self, name: str, split: str, target: str
    ) -> Iterator[tuple[bytes, int, int | None]]:
        """Digest of an item, its document, and the first one that it leads to, if any."""
        aims = iter(self._shuffled((target,)))
        aim = next(aims, b"")
        for record in self._shuffled((name,), split):
            digest = _DIGEST(record)
            while aim and _DIGEST(aim) < digest:
                aim = next(aims, b"")
            known = aim and _DIGEST(aim) == digest
            yield digest, _number(record), _number(aim) if known else None

    def _all_known(self, name: str, split: str, target: str) -> bool:
        known: set[bytes | None] = set()
        for _, keys, _ in self.keys((target,)):
            known.update(keys)
        return all(
            key in known or (key is not None and known.issuperset(items_of(key, split)))
            for _, keys, _ in self.keys((name,))
            for key in set(keys) - {None}
        )

    def some_values(self, name: str, most: int) -> list[bytes]:
        """All values of a field if the documents are at most so many, else none."""
        if self.documents > most:
            return []
        return [key for _, keys, _ in self.keys((name,)) for key in keys if key is not None]

    def members(self, fields: Fields) -> Iterator[Member]:
        """All that have a value in these fields."""
        for first, keys, _ in self.keys(fields):
            for number, key in zip(count(first), keys, strict=False):
                if key is not None:
                    yield self.member(fields, number)

    def scoped(self, name: str, within: str) -> Iterator[tuple[bytes, int, Keys]]:
        """The keys of a field by scope: the `corpus`, a `directory`, or a `file`."""
        for first, keys, block in self.keys((name,)):
            if within == "file" and not self.is_of_file((name,)):
                at = 0
                for own, documents in zip(block.names, block.counts, strict=True):
                    yield block.folder + own, first + at, keys[at : at + documents]
                    at += documents
            else:
                yield block.folder if within == "directory" else b"", first, keys

    def tallies(self, name: str, within: str) -> dict[bytes, Tally]:
        """The values of a field in each scope."""
        found: dict[bytes, Tally] = {}
        for scope, first, keys in self.scoped(name, within):
            found.setdefault(scope, Tally()).take(first, keys)
        return found

    def sequences(
        self, name: str, within: str, first: int | None
    ) -> Iterator[Iterator[tuple[int, Member]]]:
        """Each scope whose numbers are not all there in their order: they and their documents.

        They come in the order of the numbers. What is no number is left out.
        """
        disordered = self._out_of_order(name, within, first)
        if not disordered:
            return
        scopes = {scope: at.to_bytes(4, "big") for at, scope in enumerate(sorted(disordered))}
        shuffle = Shuffle(28, self._scratch, self._most)
        for scope, start, keys in self.scoped(name, within):
            if scope in scopes:
                shuffle.add(
                    scopes[scope] + int(key).to_bytes(16, "big") + number.to_bytes(8, "big")
                    for number, key in zip(count(start), keys, strict=False)
                    if key is not None and _is_number(key)
                )
        for _, group in groupby(shuffle, key=itemgetter(slice(0, 4))):
            yield (
                (int.from_bytes(record[4:20], "big"), self.member((name,), _number(record)))
                for record in group
            )

    def _out_of_order(self, name: str, within: str, first: int | None) -> frozenset[bytes]:
        if (name, within) in self._disordered:
            return self._disordered[name, within]
        expected: dict[bytes, int] = {}
        found = set()
        for scope, _, keys in self.scoped(name, within):
            numbers = _numbers(keys)
            if numbers and scope not in found:
                start = expected.get(scope, numbers[0] if first is None else first)
                if numbers != list(range(start, start + len(numbers))):
                    found.add(scope)
                expected[scope] = start + len(numbers)
        self._disordered[name, within] = frozenset(found)
        return self._disordered[name, within]

    def equal(self, one: Member, other: Member) -> bool:
        """Whether two documents with one digest of their content have the same bytes.

        That of a document that is not a file is a SHA-256, which proves it.
        """
        return len(one.key) == _PROOF or same_content(one.path, other.path)

    def same(self, one: Member, other: Member) -> bool:
        """Whether two documents that are files have the same bytes."""
        return not self._divided and same_content(one.path, other.path)

    def folders(self) -> Iterator[tuple[bytes, list[bytes]]]:
        """Each directory with files in the corpus, in order, and all names that are in it."""
        for folder in sorted({block.folder for block in self._ledger.blocks()}):
            yield folder, names_in(folder)

    def root(self) -> bytes:
        """The directory that all checked paths share."""
        folders = [
            os.path.abspath(one if os.path.isdir(one) else os.path.dirname(one) or ".")
            for one in self.roots
        ]
        try:
            return os.fsencode(os.path.commonpath(folders))
        except ValueError:  # two drives
            return os.fsencode(os.path.abspath("."))


def items_of(key: bytes, split: str) -> list[bytes]:
    """The items of a fact that is a list, or a text that `split` divides."""
    parts = key.split(LIST)
    if split:
        parts = [item for part in parts for item in part.split(split.encode())]
    return [item for item in map(bytes.strip, parts) if item]


def _item(key: bytes, split: str, digest: bytes) -> bytes:
    return next((one for one in items_of(key, split) if xxh3_128_digest(one) == digest), key)


def _compound(columns: Sequence[Keys]) -> list[bytes | None]:
    return [
        None if None in row else b"".join(xxh3_128_digest(key) for key in row if key is not None)
        for row in zip(*columns, strict=True)
    ]


def _numbers_from(first: int, size: int) -> Iterable[bytes]:
    return map(_EIGHT_BYTES, range(first, first + size))


def _number(record: bytes) -> int:
    return int.from_bytes(record[-8:], "big")


def _is_number(key: bytes) -> bool:
    return key.isdigit() and len(key) <= _LONGEST_NUMBER


def _numbers(keys: Keys) -> list[int]:
    return [int(key) for key in keys if key is not None and _is_number(key)]
