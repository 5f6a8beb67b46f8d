"""Recognises archives by their names, and builds the paths of their members.

The path of a member is the path of its archive, a NUL, and its name: no file can have such a path.
Messages show it as `shard.tar!a.txt`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from .compression import PACKINGS, Packing
from .opening import is_remote

INSIDE: Final = b"\0"
"""Stands between the path of an archive and the name of a member."""

_GZIP, _BZIP2, _XZ, _ZSTD = PACKINGS
_SHORT: Final = ((_GZIP, b".tgz"), (_BZIP2, b".tbz2"), (_XZ, b".txz"), (_ZSTD, b".tzst"))


class Form(Struct, frozen=True):
    """A form of archive: `tar` or `zip`, the suffix of its name, and the compression of a tar."""

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
    """The form of archive that the suffix of a file name or path means; None if it is no archive.

    Case does not matter.
    """
    folded = name[-8:].lower()
    if not folded.endswith(SUFFIXES):
        return None
    return next(form for form in FORMS if folded.endswith(form.suffix))


def archives_among(names: Iterable[bytes]) -> list[bytes]:
    """The names that are those of archives."""
    return [name for name in names if name[-8:].lower().endswith(SUFFIXES)]


def path_inside(archive: bytes, name: bytes) -> bytes:
    """The path of the member `name`, or of a directory in the archive if `name` ends in `/`."""
    return archive + INSIDE + name


def parted(path: bytes) -> tuple[bytes, bytes]:
    """The path of the archive and the name of the member; for a file, an empty one and its path."""
    archive, inside, name = path.partition(INSIDE)
    return (archive, name) if inside else (b"", path)


def is_object(path: bytes) -> bool:
    """Whether a path is that of an object in storage, or of a prefix there.

    False for a member of an archive in storage: unlike a bucket, its archive can be listed.
    """
    return is_remote(path) and INSIDE not in path


def display_path(path: bytes) -> str:
    """The path of a file or of a member as messages show it: `shard.tar!a.txt`."""
    return os.fsdecode(path.replace(INSIDE, b"!", 1) if INSIDE in path else path)
