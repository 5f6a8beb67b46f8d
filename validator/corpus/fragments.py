"""Fragments of references, `page.md#part`: whether the target file has such an anchor.

Each target file is read once, whether it is one of the run or only on the disk: references are
sorted by target file, through the scratch file where they are many, so that the anchors of only
one file are in memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from struct import Struct as Packer
from typing import Final

from xxhash import xxh3_128_digest

from ..file.archive_names import INSIDE
from ..file.opening import read_whole
from ..file.reading import read_beginning
from .declared_checks import Reference
from .facts import Facts
from .members import Member, items_of_members
from .partitions import DIGEST
from .paths import Target, corpus_root, home_of, is_below, path_to, target_of

_RECORD: Final = Packer(">16sQI")
"""The digest of the path of the target file, the number of the document, and that of its item."""

MOST: Final = 1 << 24
"""The most bytes of a file whose anchors are looked for; references into larger ones pass."""

Found = tuple[Member, bytes, str, Sequence[str]]
"""A document, an item of it, the fragment that is no anchor, and all anchors of the target file."""


def lost_anchors(facts: Facts, check: Reference, syntax: str, link: bool) -> Iterator[Found]:
    """The items of a reference whose fragment is no anchor of the target file.

    `syntax` is that of the documents; a target file whose name does not tell its syntax has it too,
    if its name ends as that of the document. A file that is not there is passed by. `link` says
    that the items are links of a text.
    """
    shuffle, items = facts.shuffle(_RECORD.size), items_of_members(check.split)
    for member in facts.members((check.field,)):
        into = ((_into(facts, member, item, link), at) for at, item in enumerate(items(member)))
        shuffle.add(
            [
                _RECORD.pack(xxh3_128_digest(found[1]), member.number, at)
                for found, at in into
                if found
            ]
        )
    for digest, records in groupby(shuffle, key=DIGEST):
        page: _Page | None = None
        for record in records:
            _, number, at = _RECORD.unpack(record)
            member = facts.member((check.field,), number)
            item = items(member)[at]
            found = _into(facts, member, item, link)
            if found is None or xxh3_128_digest(found[1]) != digest:
                continue
            target, path = found
            if page is None:
                page = _Page(*_page(facts, member, path, syntax))
            fragment = target.fragment.decode("utf-8", "surrogateescape")
            if page.lacks(fragment):
                yield member, item, fragment, page.listed


def _into(facts: Facts, member: Member, item: bytes, link: bool) -> tuple[Target, bytes] | None:
    """The target of an item and the path of its file; None if it has no fragment, or no file."""
    target = target_of(item, link) if b"#" in item else None
    if target is None or target.viewed or target.fragment in (b"", b"top"):
        return None
    if not target.path:
        return target, _own(member)
    home = home_of(facts, member)
    path = path_to(facts, home, target.path) if home is not None else None
    return None if path is None else (target, path)


def _own(member: Member) -> bytes:
    return os.path.abspath(member.path)


class _Page:
    """A target file. All its anchors are computed only if one is not found in a quick way."""

    def __init__(self, text: bytes | None, syntax: str) -> None:
        """`text` is None if nothing is known of the anchors of the file."""
        self._text, self._syntax = text, syntax

    def lacks(self, fragment: str) -> bool:
        """Whether the fragment is surely no anchor of the file."""
        return (
            self._text is not None and fragment not in self._sure and fragment not in self.anchors
        )

    @cached_property
    def _sure(self) -> frozenset[str]:
        from ..body.anchors import sure_anchors_of

        return sure_anchors_of(self._text or b"", self._syntax)

    @cached_property
    def anchors(self) -> dict[str, None]:
        """All anchors of the file, as keys in their order."""
        from ..body.anchors import anchors_of

        return anchors_of(self._text or b"", self._syntax)

    @cached_property
    def listed(self) -> Sequence[str]:
        """All anchors of the file, in their order."""
        return [*self.anchors]


def anchors_in(facts: Facts, member: Member, path: bytes, syntax: str) -> dict[str, None]:
    """The anchors of the file at an absolute path that a document leads to.

    Empty where they are not known.
    """
    from ..body.anchors import anchors_of

    text, written = _page(facts, member, path, syntax)
    return {} if text is None else anchors_of(text, written)


def _page(facts: Facts, member: Member, path: bytes, syntax: str) -> tuple[bytes | None, str]:
    """The text of a target file, None if its anchors cannot be known; and its syntax."""
    from ..body.anchors import syntax_of

    written = syntax_of(path)
    if not written and os.path.splitext(path)[1] == os.path.splitext(member.path)[1]:
        written = syntax
    if written and INSIDE in path:
        return read_beginning(path, MOST) or None, written
    root = os.path.realpath(corpus_root(facts))
    if not written or (path != _own(member) and not is_below(os.path.realpath(path), root)):
        return None, written
    return read_whole(path, MOST), written
