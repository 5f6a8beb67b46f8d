"""Fragments of references, `page.md#part`: whether the file that is led to has such an anchor.

Each file that a fragment leads into is read once, whether it is one of the run or only on the
disk: references are brought into the order of the files, through the scratch file where they are
many, so that the anchors of one file at a time are known.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from xxhash import xxh3_128_digest

from ..file.archive_names import INSIDE
from ..file.opening import read_whole
from ..file.reading import read_beginning
from .declared_checks import Reference
from .facts import Facts, number_of
from .members import Member, items_of
from .partitions import DIGEST
from .paths import Target, corpus_root, home_of, is_below, path_to, target_of

MOST: Final = 1 << 24
"""Bytes of a file whose anchors are looked for; of a larger one nothing is said."""

Found = tuple[Member, bytes, str, list[str]]
"""A document, an item of it, the fragment that is no anchor, and the anchors that there are."""


def lost_anchors(facts: Facts, check: Reference, syntax: str, link: bool) -> Iterator[Found]:
    """The items of a reference whose fragment is no anchor of the file that they lead to.

    `syntax` is that of the documents: a file whose name does not tell its own, but ends as that of
    the document, is written so, too. A file that is not there is passed by.
    """
    shuffle = facts.shuffle(24)
    for member in facts.members((check.field,)):
        paths = {path for _, _, path in _into(facts, check, member, link)}
        number = member.number.to_bytes(8, "big")
        shuffle.add([xxh3_128_digest(path) + number for path in paths])
    for digest, records in groupby(shuffle, key=DIGEST):
        known: dict[str, None] | None = None
        for record in records:
            member = facts.member((check.field,), number_of(record))
            for item, target, path in _into(facts, check, member, link):
                if xxh3_128_digest(path) != digest:
                    continue
                if known is None:
                    known = anchors_in(facts, member, path, syntax)
                fragment = target.fragment.decode("utf-8", "surrogateescape")
                if known is not _NOT_KNOWN and fragment not in known:
                    yield member, item, fragment, [*known]


def _into(
    facts: Facts, check: Reference, member: Member, link: bool
) -> Iterator[tuple[bytes, Target, bytes]]:
    """Items with a fragment, and the file that each leads into."""
    for item in items_of(member.key, check.split):
        target = target_of(item, link) if b"#" in item else None
        if target is None or target.viewed or target.fragment in (b"", b"top"):
            continue
        path, home = _own(member), home_of(facts, member)
        if target.path:
            found = path_to(facts, home, target.path) if home is not None else None
            if found is None:
                continue
            path = found
        yield item, target, path


def _own(member: Member) -> bytes:
    return os.path.abspath(member.path)


_NOT_KNOWN: Final[dict[str, None]] = {}


def anchors_in(facts: Facts, member: Member, path: bytes, syntax: str) -> dict[str, None]:
    """The anchors of the file at an absolute path, which a document leads to.

    It is empty, and `_NOT_KNOWN`, where nothing can be said of them.
    """
    from ..body.anchors import anchors_of, syntax_of

    written = syntax_of(path)
    if not written and os.path.splitext(path)[1] == os.path.splitext(member.path)[1]:
        written = syntax
    if written and INSIDE in path:
        text = read_beginning(path, MOST)
        return anchors_of(text, written) if text else _NOT_KNOWN
    root = os.path.realpath(corpus_root(facts))
    if not written or (path != _own(member) and not is_below(os.path.realpath(path), root)):
        return _NOT_KNOWN
    whole = read_whole(path, MOST)
    return _NOT_KNOWN if whole is None else anchors_of(whole, written)
