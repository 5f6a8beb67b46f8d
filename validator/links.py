"""Where the fields of documents lead to: to other documents, and to files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from .gathered import DIGEST, Facts, number_of
from .members import Member, item_with, items_of
from .scratch import Shuffle
from .source import names_in
from .visible import visible_bytes


def dangling(
    facts: Facts, name: str, split: str, aims: Facts, target: str
) -> Iterator[tuple[Member, bytes]]:
    """Items of a field that none of the documents `aims` has in its field `target`."""
    if facts.in_memory and aims.in_memory and _all_known(facts, name, split, aims, target):
        return
    sources = facts.shuffled((name,), split)
    for digest, source, aim in _joined(sources, aims.shuffled((target,))):
        if aim is None:
            member = facts.member((name,), source)
            yield member, item_with(member.key, split, digest)


def linked(
    facts: Facts, fields: tuple[str, ...], split: str, aims: Facts, targets: tuple[str, ...]
) -> Iterator[tuple[Member, bytes, Member]]:
    """Each item of the first of `fields`, and the document that has it in the first of `targets`.

    Both members have the values of all these fields.
    """
    sources = facts.shuffled(fields[:1], split, beside=fields[1:])
    for digest, source, aim in _joined(sources, aims.shuffled(targets[:1], beside=targets[1:])):
        if aim is not None:
            member = facts.member(fields, source)
            yield member, item_with(member.key, split, digest), aims.member(targets, aim)


def _joined(sources: Shuffle, targets: Shuffle) -> Iterator[tuple[bytes, int, int | None]]:
    """Digest of an item, its document, and the first one that it leads to, if any."""
    aims = iter(targets)
    aim = next(aims, b"")
    for record in sources:
        digest = DIGEST(record)
        while aim and DIGEST(aim) < digest:
            aim = next(aims, b"")
        known = aim and DIGEST(aim) == digest
        yield digest, number_of(record), number_of(aim) if known else None


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
    """All values of a field if the documents are at most so many, else none."""
    if facts.documents > most:
        return []
    return [key for _, keys, _ in facts.keys((name,)) for key in keys if key is not None]


class Target(Struct, frozen=True):
    """A path in a document, or an address: the path itself, and the fragment behind a `#`.

    `path` is empty where only a part of the same document is meant. In a file that is `viewed` as
    it is written, a fragment is a line.
    """

    path: bytes
    fragment: bytes = b""
    viewed: bool = False


_SCHEME: Final = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]+:|//")
_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


def target_of(written: bytes, link: bool) -> Target | None:
    """What a path in a document leads to; None where it leads out to the net.

    Only a `link` of a text may do that, and only in that `%20` is a blank.
    """
    if link and _SCHEME.match(written):
        return None
    bare, _, fragment = written.partition(b"#")
    path, _, query = bare.partition(b"?")
    if link:
        path, fragment = unescaped(path), unescaped(fragment)
    return Target(path, fragment, b"plain=1" in query)


def unescaped(text: bytes) -> bytes:
    """The bytes of an address, percent signs read."""
    return _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), text) if b"%" in text else text


def home_of(facts: Facts, member: Member) -> bytes | None:
    """The directory that paths in a document count from; None if nobody knows where it lies."""
    shown = facts.shown.get(member.path)  # standard input goes by the name that it was given
    if shown is None:
        return member.folder
    return None if shown == "-" else os.fsencode(os.path.dirname(shown))


def path_to(facts: Facts, home: bytes, path: bytes) -> bytes | None:
    """Where a path in a document of this directory leads; None if out of the corpus."""
    root = corpus_root(facts)
    start = root if path.startswith(b"/") else os.path.abspath(home or b".")
    found = os.path.normpath(os.path.join(start, path.lstrip(b"/")))
    return found if is_below(found, root) else None


def file_problem(facts: Facts, member: Member, written: bytes, link: bool = False) -> str:
    """What is wrong with a path in a document, as the rest of "which ..."; empty if nothing is.

    A fragment (`#part`) and a query are not part of the path.
    """
    target, home = target_of(written, link), home_of(facts, member)
    if target is None or not target.path or home is None:
        return ""
    path = path_to(facts, home, target.path)
    if path is None:
        return "is outside of the corpus"
    if os.path.exists(path):
        return ""
    folder, name = os.path.split(path)
    near = [one for one in names_in(folder) if one.lower() == name.lower()]
    return f"is not there; there is {visible_bytes(near[0])}" if near else "is not there"


def without_sidecar(facts: Facts, of: str, name: str) -> Iterator[tuple[Member, bytes, bytes]]:
    """Files of the form `of` beside which the one of the form `name` is not there.

    Gives the file, the name that is missing, and one that differs from it in case only.
    """
    folder, known = None, _Names(())
    for number, path, _ in facts.files_with(()):
        here = path[: path.rfind(b"/") + 1]
        if here != folder:
            folder, known = here, _Names(names_in(here))
        missing = known.partner(path[len(here) :], of, name)
        if missing:
            yield facts.file(number), missing, known.near(missing)


def orphans(facts: Facts, of: str, name: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Files of the form `name`, checked or not, beside which the one of the form `of` is not there.

    Gives the path, the name that is missing, and one that differs from it in case only.
    """
    for folder in sorted({block.folder for block in facts.blocks()}):
        known = _Names(names_in(folder))
        for own in known.names:
            missing = known.partner(own, name, of)
            if missing:
                yield folder + own, missing, known.near(missing)


class _Names:
    """The names in one directory."""

    def __init__(self, names: Iterable[bytes]) -> None:
        self.names = list(names)
        self._known = set(self.names)
        self._folded = {name.lower(): name for name in self.names}

    def partner(self, name: bytes, form: str, other: str) -> bytes:
        """The name of the form `other` that is missing beside `name`; empty if there is none.

        A name of the longer form is none of the shorter: `a.meta.json` is no `{stem}.json`.
        """
        stem = _stem(name, form)
        if not stem or (len(other) > len(form) and _stem(name, other)):
            return b""
        wanted = os.fsencode(other).replace(b"{stem}", stem)
        return b"" if wanted in self._known else wanted

    def near(self, name: bytes) -> bytes:
        """A name that differs from this one in case only."""
        return self._folded.get(name.lower(), b"")


def _stem(name: bytes, form: str) -> bytes:
    before, _, after = os.fsencode(form).partition(b"{stem}")
    if name.startswith(before) and name.endswith(after) and len(name) > len(before + after):
        return name[len(before) : len(name) - len(after)]
    return b""


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


def top_folder(facts: Facts) -> bytes:
    """The directory that all checked paths share."""
    folders = [
        os.path.abspath(one if os.path.isdir(one) else os.path.dirname(one) or ".")
        for one in facts.roots
    ]
    try:
        return os.fsencode(os.path.commonpath(folders))
    except ValueError:  # two drives
        return os.fsencode(os.path.abspath("."))


def corpus_root(facts: Facts) -> bytes:
    """The root of the corpus: the configuration's directory, if all checked paths are in it."""
    if "root" not in facts.kept:
        facts.kept["root"] = _corpus_root(facts)
    root: bytes = facts.kept["root"]
    return root


def _corpus_root(facts: Facts) -> bytes:
    top = top_folder(facts)
    base = os.fsencode(os.path.abspath(facts.base)) if facts.base else top
    return base if is_below(top, base) else top


def is_below(path: bytes, folder: bytes) -> bool:
    """Whether an absolute path is that of a directory, or of something in it."""
    separator = os.fsencode(os.sep)
    return (path + separator).startswith(folder.rstrip(separator) + separator)
