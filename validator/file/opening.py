"""Opens files safely: without waiting, only regular files, and never without a bound on memory.

A name may be that of anything, and of something else a moment later. A pipe without a writer would
block us, so files are opened without waiting; a device may never end, so only regular files are
read; a file that is held in memory as a whole is read up to a bound.
"""

from __future__ import annotations

import errno
import os
import stat
from io import FileIO
from typing import Final, NamedTuple

SCHEMES: Final = {"s3": "s3", "gs": "gs", "az": "az", "https": "web", "http": "web"}
"""By scheme of the URLs of objects in storage: the module of `file/storage` that reads them."""

REMOTE: Final = tuple(f"{scheme}://" for scheme in SCHEMES)
"""The beginnings of URLs of objects in storage; all other paths are on this machine."""

FILE_URL: Final = "file://"
"""The beginning of URLs of files on this machine, which become paths as soon as they are named."""

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
"""Most bytes of a configuration file, or of a file that it names."""


class ObjectVersion(NamedTuple):
    """The version of an object in storage: another object under its URL has another one.

    `size` is negative if it is not known; `etag` is empty if the storage has none. `hidden` is the
    part of the URL that is never shown, but needed for reading; it is no part of the version.
    """

    size: int
    etag: str = ""
    hidden: str = ""


def is_remote(path: str | bytes) -> bool:
    """Whether a path is the URL of an object in storage, or of a prefix there."""
    return path.startswith(REMOTE) if isinstance(path, str) else path.startswith(_REMOTE_BYTES)


class OutsideError(ValueError):
    """A path that leads out of the directory that it must be in."""


def open_regular(path: bytes | str, flags: int = READ) -> int:
    """A descriptor of a regular file, for reading. Raises OSError, also for any other file."""
    fd = os.open(path, flags)
    try:
        must_be_regular(fd)
    except OSError:
        os.close(fd)
        raise
    return fd


def must_be_regular(fd: int) -> None:
    """Raises OSError if the descriptor is that of a pipe, a device or a directory."""
    mode = os.fstat(fd).st_mode
    if not stat.S_ISREG(mode):
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
        raise OSError(code, f"it is a {kind_of(mode)}, not a file")


def kind_of(mode: int) -> str:
    """The kind of something that is no regular file, in words, by its `st_mode`."""
    kinds = ((stat.S_ISFIFO, "named pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "directory"))
    return next((name for is_kind, name in kinds if is_kind(mode)), "device")


def leads_out(path: bytes, folder: bytes) -> bool:
    """Whether a path leads, through links, out of the directory `folder`."""
    real, base = os.path.realpath(path), os.path.realpath(folder or b".")
    return os.path.commonpath((real, base)) != base


def read_whole(path: bytes, most: int) -> bytes | None:
    """The bytes of a regular file; None if they are more than `most`, or cannot be read."""
    try:
        return _bounded(open_regular(path), most)
    except OSError:
        return None


def read_bytes(path: str, most: int) -> bytes:
    """The bytes of a regular file. Raises OSError, also if they are more than `most`."""
    return _bounded(open_regular(path), most)


def read_text(path: str, most: int = LARGEST, flags: int = READ) -> str:
    """The text of a regular file of at most `most` bytes.

    Raises OSError, and ValueError if it is not UTF-8.
    """
    return _bounded(open_regular(path, flags), most).decode()


def read_text_in(root: str, folder: str, name: str) -> str:
    """`read_text` of the file `name`, relative to `folder`, which must be in the directory `root`.

    Raises OutsideError if it is not; else as `read_text`.
    """
    path = os.path.join(folder, name)
    if os.path.isabs(name) or leads_out(os.fsencode(path), os.fsencode(root)):
        raise OutsideError(name)
    return read_text(os.path.realpath(path), flags=NOT_LINKED)


def _bounded(fd: int, most: int) -> bytes:
    """The bytes of an open file, which is then closed. Raises OSError if they are too many."""
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
