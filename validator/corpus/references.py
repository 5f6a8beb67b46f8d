"""References of documents to other documents and to files: those that lead nowhere or misfit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import groupby

from msgspec import Struct

from ..file.archive_names import INSIDE, is_object
from ..file.listing import name_like, names_in
from ..file.opening import leads_out
from ..file.sidecars import orphans as unclaimed
from .facts import Facts, number_of
from .members import Member, items_by_digest, items_of
from .partitions import DIGEST, Keyed
from .paths import corpus_root, path_to


def dangling(
    facts: Facts, name: str, split: str, aims: Facts, target: str
) -> Iterator[tuple[Member, bytes]]:
    """Items of the field `name` that no document of `aims` has in its field `target`.

    Each comes with the document that has it.
    """
    if facts.in_memory and aims.in_memory and _all_known(facts, name, split, aims, target):
        return
    sources, items = facts.shuffled(Keyed((name,), split)), items_by_digest(split)
    for record in sources.without(aims.shuffled(Keyed((target,)))):
        member = facts.member((name,), number_of(record))
        yield member, items(member).get(DIGEST(record), member.key)


Fits = Callable[[bytes, bytes], bool]
"""Whether a value of a document fits the value of the document that it leads to.

Where two documents are compared, equal values always fit.
"""


class Comparison(Struct, frozen=True):
    """References whose two documents must have values that fit each other.

    The items of the first of `fields` are the references. One leads to the document of `aims` that
    has it in the first of `targets`. The value of the second of `fields`, if there is one, must fit
    that of the second of `targets`; a missing value is empty.
    """

    facts: Facts
    fields: tuple[str, ...]
    split: str
    aims: Facts
    targets: tuple[str, str]
    fits: Fits

    def unfit(self) -> Iterator[tuple[Member, bytes, Member]]:
        """Each document, an item that leads to a document which does not fit, and that document.

        The members have the values of `fields` and of `targets`.
        """
        facts, fields, aims, targets = self.facts, self.fields, self.aims, self.targets
        if facts.in_memory and aims.in_memory and self._all_fit():
            return
        sources = facts.shuffled(Keyed(fields[:1], self.split, fields[1:], valued=True))
        targeted = aims.shuffled(Keyed(targets[:1], None, targets[1:], valued=True))
        items = items_by_digest(self.split)
        bad = self._bad_pairs(sources.pairs(targeted))
        for found in sources.paired(targeted, bad) if bad else ():
            member, target = self._members(found[16:])
            if not self._fit(member, target):
                yield member, items(member).get(DIGEST(found), member.key), target

    def _bad_pairs(self, pairs: Iterable[bytes]) -> set[bytes]:
        """The pairs of values that do not fit; `fits` is called once for each pair."""
        verdicts: dict[bytes, bool] = {}
        for pair in pairs:
            if pair[:32] not in verdicts:
                verdicts[pair[:32]] = self._fit(*self._members(pair[32:]))
        return {pair for pair, is_fit in verdicts.items() if not is_fit}

    def _members(self, numbers: bytes) -> tuple[Member, Member]:
        """A document and the one that it leads to, by their numbers in a record."""
        member = self.facts.member(self.fields, number_of(numbers[:8]))
        return member, self.aims.member(self.targets, number_of(numbers))

    def _fit(self, member: Member, target: Member) -> bool:
        return self.fits(b"".join(member.values[1:]), target.values[1])

    def _all_fit(self) -> bool:
        """Whether all fit; found without records, where all facts are in memory."""
        known: dict[bytes, bytes] = {}
        for _, keys, values in self.aims.beside(self.targets[:1], self.targets[1:]):
            for key, value in zip(keys, values, strict=True):
                if key is not None:
                    known.setdefault(key, value or b"")
        for _, keys, values in self.facts.beside(self.fields[:1], self.fields[1:]):
            for key, value in zip(keys, values, strict=True):
                for item in items_of(key, self.split) if key is not None else ():
                    if item in known and not self.fits(value or b"", known[item]):
                        return False
        return True


def _all_known(facts: Facts, name: str, split: str, aims: Facts, target: str) -> bool:
    known: set[bytes | None] = set()
    for _, keys, _ in aims.keys((target,)):
        known.update(keys)
    return all(
        known.issuperset(items_of(key, split))
        for _, keys, _ in facts.keys((name,))
        for key in set(keys)
        if key is not None
    )


def some_values(facts: Facts, name: str, most: int) -> list[bytes]:
    """All values of a field; empty if there are more documents than `most`."""
    if facts.documents > most:
        return []
    return [key for _, keys, _ in facts.keys((name,)) for key in keys if key is not None]


def without_sidecar(facts: Facts, of: str, name: str) -> Iterator[tuple[Member, bytes, bytes]]:
    """Files of the form `of` whose partner of the form `name` is not there.

    `name` may have a path to another directory, from that of the file. Gives the file, the name
    that is missing (with that path), and a similar name that is there, or an empty one.
    """
    way, _, form = name.rpartition("/")
    for here, files in groupby(facts.files_with(()), key=lambda one: _folder(one[1])):
        if is_object(here):
            continue
        there = _led_to(facts, here, way)
        known = frozenset(names_in(there)) if there is not None else frozenset[bytes]()
        for number, path, _ in files:
            missing = _partner(known, path[len(here) :], of, form)
            if missing:
                near = name_like(there, missing) if there is not None else b""
                yield facts.file(number), os.fsencode(f"{way}/") * bool(way) + missing, near


def _folder(path: bytes) -> bytes:
    return path[: path.rfind(b"/") + 1]


def _led_to(facts: Facts, folder: bytes, way: str) -> bytes | None:
    """The directory that a path leads to from another one; None if out of the corpus."""
    if not way:
        return folder
    found = path_to(facts, folder, os.fsencode(way))
    if found is None or (INSIDE not in found and leads_out(found, corpus_root(facts))):
        return None
    return found + b"/"


def orphans(facts: Facts, of: str, name: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Files of the form `name`, checked or not, whose partner of the form `of` is not there.

    There are none if `name` leads into another directory. Gives the path, the name that is missing,
    and a similar name that is there, or an empty one.
    """
    beside = "/" not in name
    for folder in _directories(facts) if beside else ():
        names = names_in(folder)
        known = frozenset(names)
        for own in names:
            missing = _partner(known, own, name, of)
            if missing:
                yield folder + own, missing, name_like(folder, missing)


def without_document(
    facts: Facts, form: str, fits: Callable[[bytes], object] | None
) -> Iterator[bytes]:
    """Paths of sidecars of the form `form`, checked or not, that have no document beside them.

    `fits` says whether a file name is that of a document; if it is None, all names are.
    """
    for folder in _directories(facts):
        names = names_in(folder)
        for name in unclaimed(names, form, filter(fits, names) if fits else names):
            yield folder + name


def _directories(facts: Facts) -> list[bytes]:
    """The directories of all files, without those in storage, whose names cannot be listed."""
    return sorted({block.folder for block in facts.blocks() if not is_object(block.folder)})


def _partner(known: Set[bytes], name: bytes, form: str, other: str) -> bytes:
    """The name of the form `other` that is missing beside `name`.

    Empty if it is among the `known` names, or `name` is not of the form `form`. A name that fits
    the longer form does not fit the shorter one: `a.meta.json` is no `{stem}.json`.
    """
    stem = _stem(name, form)
    if not stem or (len(other) > len(form) and _stem(name, other)):
        return b""
    wanted = os.fsencode(other).replace(b"{stem}", stem)
    return b"" if wanted in known else wanted


def _stem(name: bytes, form: str) -> bytes:
    before, _, after = os.fsencode(form).partition(b"{stem}")
    if name.startswith(before) and name.endswith(after) and len(name) > len(before + after):
        return name[len(before) : len(name) - len(after)]
    return b""
