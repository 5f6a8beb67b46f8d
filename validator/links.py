"""Where the fields of documents lead to: to other documents, and to files."""

from __future__ import annotations

import os
from collections.abc import Iterator

from .gathered import DIGEST, Facts, Member, item_with, items_of, number_of
from .source import names_in
from .visible import visible_bytes


def dangling(facts: Facts, name: str, split: str, target: str) -> Iterator[tuple[Member, bytes]]:
    """Items of a field that no document has in its field `target`."""
    if facts.in_memory and _all_known(facts, name, split, target):
        return
    for digest, source, aim in _joined(facts, name, split, target):
        if aim is None:
            member = facts.member((name,), source)
            yield member, item_with(member.key, split, digest)


def linked(
    facts: Facts, name: str, split: str, target: str, own: str, theirs: str
) -> Iterator[tuple[Member, bytes, Member]]:
    """Each item with the document that it leads to; the members' second values are to compare.

    The values are those of `own` in the one and of `theirs` in the other.
    """
    for digest, source, aim in _joined(facts, name, split, target):
        if aim is not None:
            member = facts.member((name, own), source)
            item = item_with(member.key, split, digest)
            yield member, item, facts.member((target, theirs), aim)


def _joined(
    facts: Facts, name: str, split: str, target: str
) -> Iterator[tuple[bytes, int, int | None]]:
    """Digest of an item, its document, and the first one that it leads to, if any."""
    aims = iter(facts.shuffled((target,)))
    aim = next(aims, b"")
    for record in facts.shuffled((name,), split):
        digest = DIGEST(record)
        while aim and DIGEST(aim) < digest:
            aim = next(aims, b"")
        known = aim and DIGEST(aim) == digest
        yield digest, number_of(record), number_of(aim) if known else None


def _all_known(facts: Facts, name: str, split: str, target: str) -> bool:
    known: set[bytes | None] = set()
    for _, keys, _ in facts.keys((target,)):
        known.update(keys)
    return all(
        key in known or (key is not None and known.issuperset(items_of(key, split)))
        for _, keys, _ in facts.keys((name,))
        for key in set(keys) - {None}
    )


def some_values(facts: Facts, name: str, most: int) -> list[bytes]:
    """All values of a field if the documents are at most so many, else none."""
    if facts.documents > most:
        return []
    return [key for _, keys, _ in facts.keys((name,)) for key in keys if key is not None]


def file_problem(facts: Facts, member: Member, target: bytes) -> str:
    """What is wrong with a path in a document, as the rest of "which ..."; empty if nothing is.

    A fragment (`#part`) and a query are not part of the path.
    """
    bare = target.partition(b"#")[0].partition(b"?")[0]
    if not bare:
        return ""
    root = _root(facts)
    start = root if bare.startswith(b"/") else os.path.abspath(member.folder or b".")
    path = os.path.normpath(os.path.join(start, bare.lstrip(b"/")))
    if not (path + b"/").startswith(root.rstrip(b"/") + b"/"):
        return "is outside of the corpus"
    if os.path.exists(path):
        return ""
    folder, name = os.path.split(path)
    near = [one for one in names_in(folder) if one.lower() == name.lower()]
    return f"is not there; there is {visible_bytes(near[0])}" if near else "is not there"


def folders(facts: Facts) -> Iterator[tuple[bytes, list[bytes]]]:
    """Each directory with files in the corpus, in order, and all names that are in it."""
    for folder in sorted({block.folder for block in facts.blocks()}):
        yield folder, names_in(folder)


def shared_folder(facts: Facts) -> bytes:
    """The directory that all files share, without a final slash."""
    shared: list[bytes] | None = None
    for block in facts.blocks():
        parts = block.folder.split(b"/")[:-1]
        if shared is None:
            shared = parts
        while shared and parts[: len(shared)] != shared:
            shared.pop()
    return b"/".join(shared or ()) or b"."


def _root(facts: Facts) -> bytes:
    """The root of the corpus: the configuration's directory, if all checked paths are in it."""
    folders = [
        os.path.abspath(one if os.path.isdir(one) else os.path.dirname(one) or ".")
        for one in facts.roots
    ]
    try:
        top = os.path.commonpath(folders)
        base = os.path.abspath(facts.base or ".")
        within = os.path.commonpath([top, base]) == base
    except ValueError:  # two drives
        return os.fsencode(os.path.abspath("."))
    return os.fsencode(base if within and facts.base else top)
