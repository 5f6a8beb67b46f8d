"""Remembers a file as it was when it was read, so that a changed file is never replaced.

Before a file is replaced, its stamp (what the system says about it) and its bytes, or their digest,
are compared with what is there then.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from hashlib import sha256
from io import FileIO
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from .opening import NOT_LINKED, must_be_regular, read_up_to

_BLOCK: Final = 1 << 20


class Stamp(Struct, frozen=True):
    """What the system says about a file; it differs after a change. Times are in ns."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


class Original(Struct, frozen=True):
    """A file as it was when it was read: its real path, stamp, mode and bytes.

    `owner` are the numbers of its user and group. `data` is None if it was too large to be held.
    `links` is how many names the file has. `by_link` says that it was reached by a symbolic link.
    `digest` is the SHA-256 of its bytes, empty if it is not known.
    """

    path: bytes
    stamp: Stamp
    mode: int
    owner: tuple[int, int]
    data: bytes | None = None
    links: int = 1
    by_link: bool = False
    digest: str = ""


class RefusedError(Exception):
    """A file cannot or must not be written; the message says why."""


def original(path: bytes, most: int) -> Original:
    """A regular file as it is now; with its bytes, if it has at most `most`. Raises RefusedError.

    If `path` is a link, it is the file that the link leads to.
    """
    try:
        real, fd = _opened(path)
        with FileIO(fd) as file:
            must_be_regular(fd)
            status = os.fstat(fd)
            data = read_up_to(file, status.st_size) if status.st_size <= most else None
            after = os.fstat(fd)
    except OSError as error:
        raise RefusedError(f"it cannot be read: {words_of(error)}") from None
    if _stamp(status) != _stamp(after):
        raise RefusedError("it changed while it was read")
    owner = status.st_uid, status.st_gid
    return Original(
        real, _stamp(status), status.st_mode, owner, data, status.st_nlink, real != path
    )


def plain_original(path: bytes, data: bytes) -> Original | None:
    """A regular file with one name as it is now; `data` are all its bytes, read a moment ago.

    None for any other file. Whether it still holds these bytes is checked when it is replaced.
    """
    if sys.platform == "win32":  # there a path and a descriptor do not give the same stamp
        return None
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1 or status.st_size != len(data):
        return None
    owner = status.st_uid, status.st_gid
    return Original(path, _stamp(status), status.st_mode, owner, data)


def _opened(path: bytes) -> tuple[bytes, int]:
    """The real path of a file, and a descriptor of it. Raises OSError."""
    try:
        return path, os.open(path, NOT_LINKED)
    except OSError:
        if not os.path.islink(path):
            raise
    real = os.path.realpath(path)
    return real, os.open(real, NOT_LINKED)


def with_digest(old: Original) -> Original:
    """`old` with the digest of what the file holds now. Raises RefusedError."""
    try:
        return replace(old, digest=digest_of(old.path))
    except OSError as error:
        raise RefusedError(f"it cannot be read: {words_of(error)}") from None


def digest_of(path: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal. Raises OSError."""
    found = sha256(usedforsecurity=False)
    for block in blocks_of(path):
        found.update(block)
    return found.hexdigest()


def blocks_of(path: bytes) -> Iterator[bytes]:
    """The bytes of a regular file, block by block. Raises OSError."""
    with FileIO(os.open(path, NOT_LINKED)) as file:
        must_be_regular(file.fileno())
        while block := file.read(_BLOCK):
            yield block


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def must_be_unchanged(old: Original) -> None:
    """Raises RefusedError if a file has changed: its stamp, or its bytes (or digest)."""
    try:
        fd = os.open(old.path, NOT_LINKED)
        with FileIO(fd) as file:
            status = os.fstat(fd)
            same = _stamp(status) == old.stamp
            if same and old.data is not None:
                same = read_up_to(file, status.st_size) == old.data
            elif same and old.digest:
                same = digest_of(old.path) == old.digest
    except OSError:
        same = False
    if not same:
        raise RefusedError("it has changed since it was read")


def words_of(error: OSError) -> str:
    """The words of the system for an error."""
    return error.strerror or type(error).__name__
