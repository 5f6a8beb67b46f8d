"""Archives by their names, and the paths of their members.

A path of a member is that of its archive, a NUL, and its name, so that no file is ever taken for
one; people are shown `shard.tar!a.txt`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from .compression import PACKINGS, Packing
from .opening import is_remote

INSIDE: Final = b"\0"
"""Between the path of an archive and the name of a member."""

_GZIP, _BZIP2, _XZ, _ZSTD = PACKINGS
_SHORT: Final = ((_GZIP, b".tgz"), (_BZIP2, b".tbz2"), (_XZ, b".txz"), (_ZSTD, b".tzst"))


class Form(Struct, frozen=True):
    """How an archive is written, as its name says: a tar, which may be compressed as a whole."""

    name: str
    suffix: bytes
    packing: Packing | None = None


FORMS: Final = (
    Form("tar", b".tar"),
    *(
        Form("tar", suffix, packing)
        for packing, short in _SHORT
        for suffix in (b".tar" + packing.suffix, short)
    ),
    Form("zip", b".zip"),
)

SUFFIXES: Final = tuple(form.suffix for form in FORMS)


def form_of(name: bytes) -> Form | None:
    """The form of archive that a file name (or path) promises by its suffix, in any case."""
    folded = name[-8:].lower()
    if not folded.endswith(SUFFIXES):
        return None
    return next(form for form in FORMS if folded.endswith(form.suffix))


def archives_among(names: Iterable[bytes]) -> list[bytes]:
    """Of many names those that promise archives."""
    return [name for name in names if name[-8:].lower().endswith(SUFFIXES)]


def path_inside(archive: bytes, name: bytes) -> bytes:
    """The path of a member, or of a directory of the archive where `name` ends in `/`."""
    return archive + INSIDE + name


def parted(path: bytes) -> tuple[bytes, bytes]:
    """The archive and the name of a member; no archive where the path is that of a file."""
    archive, inside, name = path.partition(INSIDE)
    return (archive, name) if inside else (b"", path)


def is_object(path: bytes) -> bool:
    """Whether a path is that of an object in storage, or of all below a prefix there.

    That of a member is none: what else is in its archive can be told.
    """
    return is_remote(path) and INSIDE not in path


def display_path(path: bytes) -> str:
    """The path of a file or of a member as messages have it: `shard.tar!a.txt`."""
    return os.fsdecode(path.replace(INSIDE, b"!", 1) if INSIDE in path else path)
