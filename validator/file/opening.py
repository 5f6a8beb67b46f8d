"""How a file is opened: never waiting for it, and never reading what has no end.

A name may stand for anything, and for something else a moment later. A pipe that nobody writes to
would hold us, so nothing is waited for; a device may never end, so only regular files are read, and
where a whole file is held in memory, up to a bound.
"""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from typing import Final, NamedTuple

SCHEMES: Final = {"s3": "s3", "gs": "gs", "az": "az", "https": "web", "http": "web"}
"""By the scheme of URLs of objects in storage, the module of `file/storage` that reads them."""

REMOTE: Final = tuple(f"{scheme}://" for scheme in SCHEMES)
"""How URLs of objects in storage begin; all other paths are of this machine."""

FILE_URL: Final = "file://"
"""How URLs of files of this machine begin, which are paths as soon as they are named."""

_REMOTE_BYTES: Final = tuple(map(str.encode, REMOTE))

READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
NOT_LINKED: Final = READ | getattr(os, "O_NOFOLLOW", 0)

LARGEST: Final = 1 << 24
"""Bytes of a configuration file, or of one that it names, at most."""


class ObjectVersion(NamedTuple):
    """What tells an object in storage from another one under its URL.

    `size` is negative where it is not known. `etag` is empty where the storage has none. `hidden`
    is what its URL has that is never shown: who reads it needs that; it tells no versions apart.
    """

    size: int
    etag: str = ""
    hidden: str = ""


def is_remote(path: str | bytes) -> bool:
    """Whether a path is the URL of an object in storage, or of all below a prefix."""
    return path.startswith(REMOTE) if isinstance(path, str) else path.startswith(_REMOTE_BYTES)


class OutsideError(ValueError):
    """A path that leads out of the directory that it must be in."""


def open_regular(path: bytes | str, flags: int = READ) -> int:
    """A descriptor of a regular file, to be read. Raises OSError, also for what is none."""
    fd = os.open(path, flags)
    try:
        must_be_regular(fd)
    except OSError:
        os.close(fd)
        raise
    return fd


def must_be_regular(fd: int) -> None:
    """Raises OSError for a pipe, a device, a directory."""
    mode = os.fstat(fd).st_mode
    if not stat.S_ISREG(mode):
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(code, f"it is a {kind_of(mode)}, not a file")


def kind_of(mode: int) -> str:
    """What something is that is no file."""
    kinds = ((stat.S_ISFIFO, "named pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "directory"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "device")


def leads_out(path: bytes, folder: bytes) -> bool:
    """Whether a path leads, through links, to something that does not lie in a directory."""
    real, base = os.path.realpath(path), os.path.realpath(folder or b".")
    return os.path.commonpath((real, base)) != base


def read_whole(path: bytes, most: int) -> bytes | None:
    """A regular file of at most so many bytes; None for another, and where it cannot be read."""
    try:
        return _bounded(open_regular(path), most)
    except OSError:
        return None


def read_bytes(path: str, most: int) -> bytes:
    """A regular file of at most so many bytes. Raises OSError."""
    return _bounded(open_regular(path), most)


def read_text(path: str, most: int = LARGEST, flags: int = READ) -> str:
    """A regular file as text. Raises OSError, and ValueError when it is not UTF-8."""
    return _bounded(open_regular(path, flags), most).decode()


def read_text_in(root: str, folder: str, name: str) -> str:
    """`read_text` of a file that is named in a file of `folder`, and must lie in `root`.

    Raises OutsideError where it does not.
    """
    path = os.path.join(folder, name)
    if os.path.isabs(name) or leads_out(os.fsencode(path), os.fsencode(root)):
        raise OutsideError(name)
    return read_text(os.path.realpath(path), flags=NOT_LINKED)


def _bounded(fd: int, most: int) -> bytes:
    """The bytes of an open file, which is closed. Raises OSError if they are too many."""
    with FileIO(fd) as file:
        data = read_up_to(file, most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it has more than {most} bytes")
    return data


def read_up_to(file: FileIO, size: int) -> bytes:
    """The next `size` bytes of an open file, fewer only at its end. Raises OSError."""
    parts: list[bytes] = []
    while size and (part := file.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
