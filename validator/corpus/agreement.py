"""Documents of one scope compared: whether their numbers have gaps, whether their values agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count, groupby
from operator import itemgetter
from typing import Final, cast

from msgspec import Struct, field

from ..memo import memo
from .fact_store import Keys
from .facts import Facts, number_of

MOST_VALUES: Final = 1000
"""The most different values of a field that are counted to see whether all documents agree."""

_LONGEST_NUMBER: Final = 38  # digits that fit into 16 bytes


class Tally(Struct):
    """The values of a field in one scope: how often each occurs, and the first document with it."""

    counts: Counter[bytes] = field(default_factory=Counter)
    firsts: dict[bytes, int] = field(default_factory=dict)

    def take(self, first: int, keys: Keys) -> None:
        """Count values of the documents from number `first` on, at most MOST_VALUES different."""
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


def tallies_of(facts: Facts, name: str, within: str) -> dict[bytes, Tally]:
    """The values of a field in each scope."""
    found: dict[bytes, Tally] = {}
    for scope, first, keys in facts.scoped(name, within):
        found.setdefault(scope, Tally()).take(first, keys)
    return found


def sequences(
    facts: Facts, name: str, within: str, first: int | None
) -> Iterator[Iterator[tuple[int, int]]]:
    """Each scope in which a number is missing or there twice, as pairs in order of the numbers.

    A pair is a number and the index, among all, of the document (or file) that has it. Values that
    are no numbers are left out. `first` is the number that must come first; None allows any.
    """
    faulty = _faulty(facts, name, within, first)
    if not faulty:
        return
    scopes = {scope: at.to_bytes(4, "big") for at, scope in enumerate(sorted(faulty))}
    shuffle = facts.shuffle(28)
    for scope, start, keys in facts.scoped(name, within):
        if scope in scopes:
            shuffle.add(
                scopes[scope] + int(key).to_bytes(16, "big") + number.to_bytes(8, "big")
                for number, key in zip(count(start), keys, strict=False)
                if key is not None and _is_number(key)
            )
    for _, group in groupby(shuffle, key=itemgetter(slice(0, 4))):
        yield ((int.from_bytes(record[4:20], "big"), number_of(record)) for record in group)


class _Extent(Struct):
    """The numbers of one scope: how many, the least and the greatest, and whether in order."""

    count: int
    least: int
    greatest: int
    in_order: bool

    def take(self, numbers: Sequence[int]) -> None:
        """Take in the next numbers."""
        start = self.greatest + 1
        self.in_order = self.in_order and numbers == list(range(start, start + len(numbers)))
        self.count += len(numbers)
        self.least = min(self.least, *numbers)
        self.greatest = max(self.greatest, *numbers)


@memo
def _faulty(facts: Facts, name: str, within: str, first: int | None) -> frozenset[bytes]:
    """The scopes in which a number is missing or there twice."""
    return frozenset(_find_faulty(facts, name, within, first))


def _find_faulty(facts: Facts, name: str, within: str, first: int | None) -> Iterator[bytes]:
    extents: dict[bytes, _Extent] = {}
    for scope, _, keys in facts.scoped(name, within):
        numbers = _numbers(keys)
        if numbers:
            start = numbers[0]
            extents.setdefault(scope, _Extent(0, start, start - 1, True)).take(numbers)
    seen: dict[bytes, bytearray] = {}  # a mark for each number, where they may all be there
    for scope, extent in extents.items():
        dense = extent.greatest - extent.least + 1 == extent.count
        if not dense or first not in (None, extent.least):
            yield scope
        elif not extent.in_order:
            seen[scope] = bytearray(extent.count)
    if not seen:
        return
    for scope, _, keys in facts.scoped(name, within):
        if scope in seen:
            marks, least = seen[scope], extents[scope].least
            for number in _numbers(keys):
                marks[number - least] = 1
    yield from (scope for scope, marks in seen.items() if 0 in marks)


def _is_number(key: bytes) -> bool:
    return key.isdigit() and len(key) <= _LONGEST_NUMBER


def _numbers(keys: Keys) -> list[int]:
    if None not in keys and max(map(len, cast(Sequence[bytes], keys)), default=0) < 19:
        try:
            numbers = list(map(int, cast(Sequence[bytes], keys)))
        except ValueError:
            pass
        else:
            if b"".join(cast(Sequence[bytes], keys)).isdigit():  # neither signs nor `1_0`
                return numbers
    return [int(key) for key in keys if key is not None and _is_number(key)]
