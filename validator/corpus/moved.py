"""The new target for a link of a text that leads nowhere: the one document with its file name.

It is looked for among all documents of the run, of any profile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from ..encoding.utf8 import is_utf8
from ..file.archive_names import INSIDE
from ..text.lazy_re import later
from .fact_store import Block
from .facts import Facts
from .fragments import anchors_in
from .members import Member
from .paths import Target, corpus_root, home_of, path_to, target_of, unescaped

MOST: Final = 16
"""The most documents of one name that are searched for an anchor."""

_OF_A_DIRECTORY: Final = (b"index", b"_index", b"readme")
"""Names, without their suffix, that every directory may have: they tell nothing of the content."""

_SPECIAL: Final = later(rb"[^A-Za-z0-9\-._~/!+,=@\x80-\xff]")
_NOT_PLAIN: Final = later(rb"[^A-Za-z0-9\-._~/!+,=@]")
_BEHIND_PATH: Final = later(rb"[?#]")


class Moved(Struct, frozen=True):
    """The target to write in a link, and the absolute path of the file that it leads to."""

    target: bytes
    file: bytes


def moved(
    facts: Facts, lost: Sequence[tuple[Member, bytes]], syntax: str
) -> Iterator[Moved | None]:
    """The new target for each `lost` link, given as a document and a target that leads nowhere.

    None where no document has the file name, or several have it. If the target has a fragment, only
    documents with that anchor count. `syntax` is that of the documents.
    """
    wanted = {name for _, item in lost if (name := _name(item))}
    known = _paths(facts, wanted) if wanted else {}
    for member, item in lost:
        name = _name(item)
        paths = [path for path in known.get(name, ()) if path != os.path.abspath(member.path)]
        found = [*_with_anchor(facts, member, item, paths, syntax)] if len(paths) <= MOST else []
        yield _moved(facts, member, item, found[0]) if len(found) == 1 else None


def parted(written: bytes) -> tuple[bytes, bytes, bytes]:
    """The directory of a target, with its `/`, the file name, and what follows the path."""
    behind = _BEHIND_PATH.search(written)
    end = behind.start() if behind else len(written)
    at = written.rfind(b"/", 0, end) + 1
    return written[:at], written[at:end], written[end:]


def _name(item: bytes) -> bytes:
    """The file name of a target; empty where it does not tell one document from others."""
    name = unescaped(parted(item)[1])
    stem = name.partition(b".")[0].lower()
    return b"" if stem in _OF_A_DIRECTORY or b"/" in name or name in (b".", b"..") else name


def _paths(facts: Facts, wanted: set[bytes]) -> Mapping[bytes, list[bytes]]:
    """The absolute paths of the run's documents by these names; at most `MOST + 2` for a name."""
    found: dict[bytes, list[bytes]] = {}
    for block in _blocks(facts):
        for name in wanted.intersection(block.names):
            paths = found.setdefault(name, [])
            if INSIDE not in block.folder and len(paths) <= MOST + 1:
                paths.append(os.path.abspath(block.folder + name))
    return found


def _blocks(facts: Facts) -> Iterator[Block]:
    for one in facts.others.values() or (facts,):
        yield from (block for block in one.blocks() if block.begins)


def _with_anchor(
    facts: Facts, member: Member, item: bytes, paths: Sequence[bytes], syntax: str
) -> Iterator[bytes]:
    target = target_of(item, link=True)
    if target is not None:
        yield from (path for path in paths if _has(facts, member, path, target, syntax))


def _has(facts: Facts, member: Member, path: bytes, target: Target, syntax: str) -> bool:
    """Whether a document has the anchor that a target names, if it names one."""
    if target.viewed or target.fragment in (b"", b"top"):
        return True
    return target.fragment.decode("utf-8", "surrogateescape") in anchors_in(
        facts, member, path, syntax
    )


def _moved(facts: Facts, member: Member, item: bytes, path: bytes) -> Moved | None:
    """The target that leads to the file `path`; only its directory is changed from `item`."""
    before, name, behind = parted(item)
    home = home_of(facts, member)
    if home is None or INSIDE in member.path or member.path in facts.shown:
        return None
    written = _way(before, os.path.abspath(home or b"."), os.path.dirname(path), facts)
    target = written + name + behind
    found = target_of(target, link=True)
    leads = found is not None and path_to(facts, home, found.path) == path
    return Moved(target, path) if leads else None


def _way(before: bytes, home: bytes, folder: bytes, facts: Facts) -> bytes:
    """How `folder` is written in a target: from `home`, or from the root if `before` was, too."""
    root = corpus_root(facts)
    way = os.path.relpath(folder, root if before.startswith(b"/") else home)
    way = b"" if way == os.curdir.encode() else way.replace(os.sep.encode(), b"/") + b"/"
    if before.startswith(b"/"):
        way = b"/" + way
    elif before.startswith(b"./") and not way.startswith(b"../"):
        way = b"./" + way
    special = _SPECIAL if is_utf8(way) else _NOT_PLAIN
    return special.sub(lambda match: b"%%%02X" % match[0][0], way)
