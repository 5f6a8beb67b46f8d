"""Digests of what a task has read, so that a later run knows whether it would read the same.

First the stamps of files are compared: size, times and inode number, as git does it. Where stamps
differ, as in another copy of the corpus, the bytes are read, and their digests decide. A file that
was changed less than `TOO_NEW` before its check may be changed again while its stamp stays the
same; so it gets no stamp, and its bytes are always read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Final

from msgspec import Struct

from ..check.plan import Part
from ..file.opening import ObjectVersion
from ..file.reading import SMALL, read_head, read_heads, sums, unreadable, version_of
from ..file.sidecars import sidecar_of
from ..model import Flaw
from .canonical import DIGEST, canonical, digest

TOO_NEW: Final = 2_000_000_000
"""Nanoseconds between two ticks of the coarsest clock of a file system in use, that of FAT."""

ABSENT: Final = bytes(DIGEST)
"""In place of the digest of a file that is not there, or that the walk found unreadable."""


def inputs_of(part: Part, sidecar: str) -> tuple[bytes, ...]:
    """The names of the files that a task reads; `sidecar` is the form of sidecar names or empty."""
    if not sidecar:
        return part.names
    return (*part.names, *(sidecar_of(name, sidecar) for name in part.names))


class Stamp(Struct, frozen=True):
    """One stamp of several files, and the time when the newest was changed, in ns of their disk."""

    digest: bytes
    newest: int

    def at(self, clock: int) -> bytes:
        """The stamp, if it can be relied upon later; empty if a file is too new at this time."""
        return self.digest if self.newest <= clock - TOO_NEW else b""


def stamp_of(part: Part, names: Sequence[bytes]) -> Stamp:
    """The stamp of these files of the directory of a task as they are now.

    For objects in storage it is made of their versions, and they are never too new.
    """
    if part.versions is not None:
        return Stamp(digest(b"".join(_version(part, name) for name in names)), 0)
    folder = part.folder
    told, newest = [], 0
    for name in names:
        try:
            found = os.stat(folder + name)
        except OSError:
            told.append(b"-")
            continue
        newest = max(newest, found.st_mtime_ns, found.st_ctime_ns)
        told.append(
            b"%d %d %d %d" % (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        )
    return Stamp(digest(b"\n".join(told)), newest)


def content_of_head(path: bytes, head: bytes | Flaw, version: ObjectVersion | None = None) -> bytes:
    """The digest of a file, or of why it is unreadable; `head` is what `read_head` gave for it.

    A small file is not read again.
    """
    if isinstance(head, Flaw):
        return digest(canonical(head))
    if len(head) < SMALL:
        return sha256(head).digest()[:DIGEST]
    try:
        return sums(path, head, ("sha256",), version)[1][0][:DIGEST]
    except OSError as error:
        return digest(canonical(unreadable(error)))


def _version(part: Part, name: bytes) -> bytes:
    """The digest of the version of an object in storage: the listed version, else the one now."""
    version = part.versions.get(name) if part.versions else None
    path = part.folder + name
    try:
        version = version or version_of(path)
        if not version.etag:  # only its bytes tell it from another of its size
            (head,) = read_heads(part.folder, [name], {}, {name: version})
            return content_of_head(path, head, version)
    except FileNotFoundError:
        return ABSENT
    except OSError as error:
        return digest(canonical(unreadable(error)))
    return digest(canonical((version.size, version.etag)))


def _content(part: Part, name: bytes) -> bytes:
    """The digest of an input of a task as it is now; for an object, that of its version."""
    return content_of_file(part.folder + name) if part.versions is None else _version(part, name)


def content_of_file(path: bytes) -> bytes:
    """The digest of a file as it is now, or of why it is unreadable; ABSENT if it is not there."""
    try:
        return content_of_head(path, read_head(path))
    except (FileNotFoundError, NotADirectoryError):
        return ABSENT
    except OSError as error:
        return digest(canonical(unreadable(error)))


def contents_of(part: Part, names: Sequence[bytes], known: Mapping[bytes, bytes]) -> bytes:
    """The digests of the inputs of a task, joined; those that are `known` by name are taken."""
    found: Iterator[bytes] = (
        ABSENT if name in part.odd else known[name] if name in known else _content(part, name)
        for name in names
    )
    return b"".join(found)


def first_that_differs(part: Part, names: Sequence[bytes], contents: bytes) -> bytes | None:
    """The first input whose digest is not the one in `contents`; None where all are the same."""
    if len(contents) != DIGEST * len(names):
        return names[0] if names else b""
    for at, name in enumerate(names):
        was = contents[DIGEST * at : DIGEST * (at + 1)]
        if name not in part.odd and _content(part, name) != was:
            return name
    return None
