"""How a file is written anew: all of it or nothing, whatever happens meanwhile.

The new bytes go to a file beside it, which is written to the disk and then takes its name; a
process that is killed leaves the old file or the new one. What it leaves besides is a file of a
name that nobody else gives (`PREFIX`); the next run sees that nobody holds the lock on it, and
removes it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from .opening import NOT_LINKED, must_be_regular
from .undisturbed import undisturbed

if sys.platform != "win32":  # there nothing is locked, and nothing is swept
    import fcntl

PREFIX: Final = b".seed-validator-new-"
"""How the names of files begin that are not yet what they should be."""

_NEW: Final = (
    os.O_RDWR
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOFOLLOW", 0)
)
_BLOCK: Final = 1 << 20
_TRIES: Final = 100


class Stamp(Struct, frozen=True):
    """What tells whether a file has changed: what the system says of it."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int


class Original(Struct, frozen=True):
    """A file as it was when it was read: where it really lies, what it was, what it held.

    `owner` are the numbers of its user and group.
    `data` is None where it was too large to be held. So many names, `links`, are of this file.
    `by_link` says that it was reached by a link. `digest` is the SHA-256 of what it held, if that
    is known.
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
    """A regular file as it is now; its bytes, if it has at most so many. Raises RefusedError.

    Where `path` is a link, it is what that leads to.
    """
    try:
        real, fd = _opened(path)
        with FileIO(fd) as file:
            must_be_regular(fd)
            status = os.fstat(fd)
            data = _all(file, status.st_size) if status.st_size <= most else None
            after = os.fstat(fd)
    except OSError as error:
        raise RefusedError(f"it cannot be read: {_words(error)}") from None
    if _stamp(status) != _stamp(after):
        raise RefusedError("it changed while it was read")
    owner = status.st_uid, status.st_gid
    return Original(
        real, _stamp(status), status.st_mode, owner, data, status.st_nlink, real != path
    )


def _opened(path: bytes) -> tuple[bytes, int]:
    """Where a file really lies, and a descriptor of it. Raises OSError."""
    try:
        return path, os.open(path, NOT_LINKED)
    except OSError:
        if not os.path.islink(path):
            raise
    real = os.path.realpath(path)
    return real, os.open(real, NOT_LINKED)


def _all(file: FileIO, size: int) -> bytes:
    """The bytes of an open file, and not more than it had."""
    parts: list[bytes] = []
    left = size
    while left and (part := file.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def with_digest(old: Original) -> Original:
    """The file, by what it holds now. Raises RefusedError."""
    try:
        return replace(old, digest=digest_of(old.path))
    except OSError as error:
        raise RefusedError(f"it cannot be read: {_words(error)}") from None


def digest_of(path: bytes) -> str:
    """The SHA-256 of what a file holds. Raises OSError."""
    found = sha256(usedforsecurity=False)
    for block in blocks_of(path):
        found.update(block)
    return found.hexdigest()


def blocks_of(path: bytes) -> Iterator[bytes]:
    """What a regular file holds, block by block. Raises OSError."""
    with FileIO(os.open(path, NOT_LINKED)) as file:
        must_be_regular(file.fileno())
        while block := file.read(_BLOCK):
            yield block


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    )


def must_be_writable(old: Original) -> None:
    """Raises RefusedError for a file that nobody may write to, or not we."""
    if not old.mode & 0o222 or not os.access(old.path, os.W_OK):
        raise RefusedError("it is read-only")


class Replacement:
    """A new file beside an old one, complete, that is to take its place: `finish` it or `drop` it.

    The system has begun to write it to the disk, so that many wait for that together.
    """

    def __init__(self, old: Original, path: bytes, fd: int) -> None:
        self.old, self._path, self._fd = old, path, fd

    @property
    def path(self) -> bytes:
        """Where the new file lies, until it has taken the place of the old one."""
        return self._path

    def fill(self, new: Iterable[bytes], modified: int | None) -> None:
        """Write its bytes, and give it what the old one has besides. Raises OSError."""
        for block in new:
            _write(self._fd, block)
        _as_before(self._fd, self.old, modified)
        if hasattr(os, "posix_fadvise"):  # what is dirty is written now, and nobody waits for it
            with suppress(OSError):
                os.posix_fadvise(self._fd, 0, 0, os.POSIX_FADV_DONTNEED)

    def finish(self) -> None:
        """Wait until it is on the disk, and let it take the place of the old one.

        Raises RefusedError where that is not any more what it was.
        """
        try:
            os.fsync(self._fd)
            _must_be_unchanged(self.old)
            with undisturbed():
                os.replace(self._path, self.old.path)
                self._path = b""
        except OSError as error:
            raise RefusedError(f"it cannot be written: {_words(error)}") from None
        finally:
            self.drop()

    def drop(self) -> None:
        """Leave the old file as it is, and nothing beside it."""
        path, fd, self._path, self._fd = self._path, self._fd, b"", -1
        if path:
            with suppress(OSError):
                os.unlink(path)
        if fd >= 0:
            os.close(fd)  # and with it goes the lock


def replacement(
    old: Original,
    new: Iterable[bytes],
    *,
    keep_times: bool = False,
    modified: int | None = None,
) -> Replacement:
    """`new`, written beside a file whose place it is to take. Raises RefusedError.

    It has the mode and, where the system allows it, the owner and attributes of the old file; its
    times if that is asked for. `modified` is the time, in nanoseconds, at which it was written.
    """
    must_be_writable(old)
    made: Replacement | None = None
    is_filled = False
    try:
        with undisturbed():
            made = Replacement(old, *_made_beside(old.path))
        made.fill(new, old.stamp.modified if keep_times else modified)
        is_filled = True
    except OSError as error:
        raise RefusedError(f"it cannot be written: {_words(error)}") from None
    finally:
        if made is not None and not is_filled:
            made.drop()
    return made


def replace_file(old: Original, new: Iterable[bytes], *, modified: int | None = None) -> None:
    """Write `new` in the place of a file that is still as it was. Raises RefusedError.

    `modified` is the time, in nanoseconds, at which it was written before, if it is to have that.
    """
    replacement(old, new, modified=modified).finish()


def new_file(path: bytes, data: Iterable[bytes]) -> None:
    """Write a file that is not there yet, to the disk. Raises RefusedError."""
    fd = -1
    try:
        fd = os.open(path, _NEW, 0o600)
        for block in data:
            _write(fd, block)
        os.fsync(fd)
    except OSError as error:
        raise RefusedError(_words(error)) from None
    finally:
        if fd >= 0:
            os.close(fd)


def read_back(path: bytes) -> bytes:
    """All of a file that was written by `new_file`. Raises OSError."""
    with FileIO(os.open(path, NOT_LINKED)) as file:
        return file.readall()


def sync_folder(path: bytes) -> None:
    """Have the names of files in a directory written to the disk, where that can be had."""
    with suppress(OSError):
        fd = os.open(path or b".", os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _words(error: OSError) -> str:
    return error.strerror or type(error).__name__


def _made_beside(path: bytes) -> tuple[bytes, int]:
    """A new file in the directory of another, and its descriptor, which holds its lock."""
    folder = os.path.dirname(path)
    for _ in range(_TRIES):
        made = os.path.join(folder, PREFIX + os.urandom(6).hex().encode())
        try:
            fd = os.open(made, _NEW, 0o600)
        except FileExistsError:
            continue
        if _locked(fd) and _is_at(made, fd):
            return made, fd
        os.close(fd)  # swept by another run before it was locked
    raise OSError(errno.EEXIST, "no name is free for a new file")


def _locked(fd: int) -> bool:
    """Lock a new file; where the system knows no locks, nobody sweeps."""
    if sys.platform != "win32":
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True


def _is_at(path: bytes, fd: int) -> bool:
    """Whether this is the name of an open file."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(fd))
    except OSError:
        return False


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view[:_BLOCK]) :]


def _as_before(fd: int, old: Original, modified: int | None) -> None:
    """Give a new file what the old one has besides its bytes, and this time if there is one."""
    if sys.platform != "win32":
        made = os.fstat(fd)
        if (made.st_uid, made.st_gid) != old.owner:
            with suppress(OSError):
                os.fchown(fd, *old.owner)
        os.fchmod(fd, stat.S_IMODE(old.mode))
    if sys.platform == "linux":
        with suppress(OSError):
            for name in os.listxattr(old.path):
                with suppress(OSError):
                    os.setxattr(fd, name, os.getxattr(old.path, name))
    if modified is not None:
        os.utime(fd, ns=(os.stat(old.path).st_atime_ns, modified))


def _must_be_unchanged(old: Original) -> None:
    """Raises RefusedError where a file is not what it was: by its stamp, and by its bytes."""
    try:
        fd = os.open(old.path, NOT_LINKED)
        with FileIO(fd) as file:
            status = os.fstat(fd)
            same = _stamp(status) == old.stamp
            if same and old.data is not None:
                same = _all(file, status.st_size) == old.data
            elif same and old.digest:
                same = digest_of(old.path) == old.digest
    except OSError:
        same = False
    if not same:
        raise RefusedError("it has changed since it was read")


def sweep_folder(folder: bytes) -> None:
    """Remove what a killed run left in a directory. What cannot be removed stays."""
    if sys.platform == "win32":
        return
    for path in _left_in(folder):
        try:
            fd = os.open(path, NOT_LINKED)
        except OSError:
            continue
        try:
            must_be_regular(fd)
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(path, fd):
                os.unlink(path)
        except OSError:
            pass  # somebody is writing it, or has removed it
        finally:
            os.close(fd)


def _left_in(folder: bytes) -> Iterator[bytes]:
    try:
        with os.scandir(folder or b".") as entries:
            found = [entry.path for entry in entries if entry.name.startswith(PREFIX)]
    except OSError:
        return
    yield from found
