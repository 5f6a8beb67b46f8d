"""The differences between a manifest and the files.

Entries and files are sorted by digests of their paths, so that both may be of any number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from heapq import merge
from itertools import groupby, repeat
from operator import itemgetter
from typing import Final

from msgspec import Struct
from xxhash import xxh3_128_digest

from ..file.name_fields import SIZE, fact_of_sum
from ..file.opening import read_whole
from ..memo import memo
from .declared_checks import Manifest
from .external_sort import Shuffle
from .facts import Facts, number_of
from .manifest import Entry, Reader
from .members import Spot
from .paths import is_below

_NONE: Final = bytes(16)
_KEY: Final = itemgetter(slice(0, 16))


class Difference(Struct, frozen=True):
    """A difference: its `kind`, the first byte of the line, and the number of the file.

    `start` or `number` is -1 where there is no line, or no file.
    """

    kind: str
    start: int = -1
    number: int = -1


class Comparison:
    """A manifest and the files, sorted by path; several rules may ask for the differences."""

    def __init__(self, facts: Facts, reader: Reader) -> None:
        self._reader, self._manifest = reader, reader.manifest
        self._listed, self._there = facts.shuffle(48), facts.shuffle(48)
        self.entries = 0
        self._own = xxh3_128_digest(os.path.abspath(reader.path))
        for line in reader.lines():
            if isinstance(line, Entry):
                self.entries += 1
                self._listed.add([self._record(line.path, line.digest, line.size, line.start)])
        told = fact_of_sum(self._manifest.algorithm), SIZE
        for number, path, (digest, size) in facts.files_with(told):
            length = int(size) if size is not None else None
            absolute = os.path.abspath(path)
            self._there.add([self._record(absolute, digest or b"", length, number)])

    def _record(self, path: bytes, digest: bytes, size: int | None, number: int) -> bytes:
        return b"".join(
            (
                xxh3_128_digest(self._reader.absolute(path)),
                xxh3_128_digest(digest) if digest else _NONE,
                (0 if size is None else size + 1).to_bytes(8, "big"),
                number.to_bytes(8, "big"),
            )
        )

    def differences(self) -> Iterator[Difference]:
        """The differences, in order of digests of paths; none if the manifest has no entry."""
        if not self.entries:
            return
        for listed, there in _side_by_side(self._listed, self._there):
            for again in listed[1:]:
                yield Difference("twice", number_of(again))
            line = number_of(listed[0]) if listed else -1
            if not there:
                yield Difference("missing", line)
            for record in there:
                number = number_of(record)
                if not listed:
                    if _KEY(record) != self._own:
                        yield Difference("unlisted", number=number)
                    continue
                for kind, part in (("digest", slice(16, 32)), ("size", slice(32, 40))):
                    ours, theirs = record[part], listed[0][part]
                    if any(ours) and any(theirs) and ours != theirs:
                        yield Difference(kind, line, number)


LARGE: Final = 1 << 26
"""A file of more bytes than this is not read again to find out how its line ends differ."""


def other_line_ends(path: bytes, algorithm: str, digest: bytes) -> str:
    """The line ends (`LF`, `CRLF`) with which the file would have this digest; empty if none do."""
    import hashlib  # for a finding only

    data = read_whole(path, LARGE)
    if data is None:
        return ""
    with_lf = data.replace(b"\r\n", b"\n")
    for name, other in (("LF", with_lf), ("CRLF", with_lf.replace(b"\n", b"\r\n"))):
        if (
            other != data
            and hashlib.new(algorithm, other, usedforsecurity=False).digest() == digest
        ):
            return name
    return ""


def _side_by_side(left: Shuffle, right: Shuffle) -> Iterator[tuple[list[bytes], list[bytes]]]:
    """For each key, its records of both sides; one of the lists may be empty."""
    every = merge(zip(left, repeat(0)), zip(right, repeat(1)), key=lambda pair: _KEY(pair[0]))
    for _, group in groupby(every, key=lambda pair: _KEY(pair[0])):
        found: tuple[list[bytes], list[bytes]] = [], []
        for record, side in group:
            found[side].append(record)
        yield found


@memo
def reader_of(facts: Facts, manifest: Manifest) -> Reader:
    """The reader of a manifest, made once."""
    return Reader(facts, manifest)


@memo
def _comparison(facts: Facts, manifest: Manifest) -> Comparison:
    return Comparison(facts, reader_of(facts, manifest))


def compared(facts: Facts, manifest: Manifest, *kinds: str) -> Iterator[tuple[Difference, Spot]]:
    """The differences of these kinds, each with the line of the manifest, if it has one.

    Files that are missing count only if they should be at or below the checked paths.
    """
    reader = reader_of(facts, manifest)
    if not reader.path or reader.leads_out:
        return
    try:
        found = _comparison(facts, manifest)
    except OSError:
        return  # said by the rule about the manifest itself
    roots = [os.path.abspath(os.fsencode(root)) for root in facts.roots]
    for one in found.differences():
        if one.kind not in kinds:
            continue
        entry = reader.entry(one.start) if one.start >= 0 else None
        spot = Spot(reader.path)
        if entry is not None:
            spot = Spot(reader.path, item=entry.path, start=entry.start, end=entry.end)
        if one.kind == "missing":
            path = reader.absolute(spot.item)
            if not any(is_below(path, root) for root in roots) or os.path.lexists(path):
                continue
        yield one, spot
