"""Paths and addresses in documents: where they count from, where they lead, if that is there."""

from __future__ import annotations

import os
from typing import Final

from msgspec import Struct

from ..file.archive import is_member
from ..file.archive_names import INSIDE, is_object, parted, path_inside
from ..file.listing import name_like
from ..file.opening import is_remote, leads_out
from ..file.portable import is_decomposed
from ..memo import memo
from ..text.lazy_re import later
from ..text.visible import visible_bytes
from .facts import Facts
from .members import Member


class Target(Struct, frozen=True):
    """A path in a document, or an address: the path itself, and the fragment behind a `#`.

    `path` is empty where a part of the same document is meant. `viewed` says that the target is
    shown as its source text (`plain=1`), where a fragment names a line.
    """

    path: bytes
    fragment: bytes = b""
    viewed: bool = False


ABSENT: Final = "is not there"
"""The problem of a path at which there is nothing, and nothing with a similar name."""

_SCHEME: Final = later(rb"[A-Za-z][A-Za-z0-9+.-]+:|//")
_ESCAPED: Final = later(rb"%([0-9A-Fa-f]{2})")


def target_of(written: bytes, link: bool) -> Target | None:
    """The target that a path in a document names; None for an address on the web.

    Only a `link` of a text may be such an address, and only in a link are percent signs read.
    """
    if link and _SCHEME.match(written):
        return None
    bare, _, fragment = written.partition(b"#")
    path, _, query = bare.partition(b"?")
    if link:
        path, fragment = unescaped(path), unescaped(fragment)
    return Target(path, fragment, b"plain=1" in query)


def unescaped(text: bytes) -> bytes:
    """The bytes of an address with percent escapes decoded."""
    return _ESCAPED.sub(lambda match: bytes((int(match[1], 16),)), text) if b"%" in text else text


def home_of(facts: Facts, member: Member) -> bytes | None:
    """The directory that paths in a document count from; None if it is not known.

    That is so for standard input without a name, and for objects in storage, which have no
    directories. Members of archives in storage have a directory.
    """
    shown = facts.shown.get(member.path)  # standard input goes by the name that it was given
    if shown is None:
        return None if is_object(member.folder) else member.folder
    return None if shown == "-" else os.fsencode(os.path.dirname(shown))


def path_to(facts: Facts, home: bytes, path: bytes) -> bytes | None:
    """The absolute path that a path in a document of the directory `home` leads to.

    None if it leads out of the corpus. From a member of an archive it leads to another member.
    """
    archive, inside = parted(home)
    if archive:
        name = os.path.normpath(os.path.join(b"" if path.startswith(b"/") else inside, path))
        name = name.lstrip(b"/")
        leads_up = name == b".." or name.startswith(b"../")
        return None if leads_up else path_inside(_absolute(archive), name)
    root = corpus_root(facts)
    start = root if path.startswith(b"/") else os.path.abspath(home or b".")
    found = os.path.normpath(os.path.join(start, path.lstrip(b"/")))
    return found if is_below(found, root) else None


def _absolute(archive: bytes) -> bytes:
    return archive if is_remote(archive) else os.path.abspath(archive)


def file_problem(facts: Facts, member: Member, written: bytes, link: bool = False) -> str:
    """The problem of a path in a document, as the rest of "which ..."; empty if it has none.

    A fragment (`#part`) and a query are not part of the path.
    """
    target, home = target_of(written, link), home_of(facts, member)
    if target is None or not target.path or home is None:
        return ""
    path = path_to(facts, home, target.path)
    if path is None:
        return "is outside of the corpus"
    if INSIDE in path:
        return "" if is_member(path) else ABSENT
    if os.path.exists(path):
        return ""
    folder, name = os.path.split(path)
    inside = not leads_out(folder, corpus_root(facts))  # by links, too
    near = name_like(folder, name) if inside else b""
    if not near:
        return ABSENT
    if near.lower() == name.lower():
        return f"is not there; there is {visible_bytes(near)}"
    form = "apart from their letters (NFD)" if is_decomposed(near) else "put together (NFC)"
    return f"is not there; there is {visible_bytes(near)}, whose name has its accents {form}"


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


@memo
def corpus_root(facts: Facts) -> bytes:
    """The root of the corpus: the configuration's directory, if all checked paths are in it."""
    top = top_folder(facts)
    base = os.fsencode(os.path.abspath(facts.base)) if facts.base else top
    return base if is_below(top, base) else top


def is_below(path: bytes, folder: bytes) -> bool:
    """Whether an absolute path is that of a directory, or of something in it."""
    separator = os.fsencode(os.sep)
    return (path + separator).startswith(folder.rstrip(separator) + separator)
