"""Replaces a file by new bytes, as a whole or not at all, even if the process is killed.

The new bytes are written to a file beside it, which then takes its name; a process that is killed
leaves the old file or the new one. It may also leave the unfinished file, whose name begins with
`PREFIX`: the next run finds that nobody holds its lock, and removes it.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import FileIO
from typing import Final

from .opening import NOT_LINKED, must_be_regular
from .originals import Original, RefusedError, must_be_unchanged, words_of

if sys.platform != "win32":  # there nothing is locked, and nothing is swept
    import fcntl

PREFIX: Final = b".seed-validator-new-"
"""The beginning of the names of unfinished files."""

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
_SIDE_BY_SIDE: Final = 8
"""Most threads that wait for the disk."""


def must_be_writable(old: Original) -> None:
    """Raises RefusedError if the file is read-only, for all or for this user."""
    if not old.mode & 0o222 or not os.access(old.path, os.W_OK):
        raise RefusedError("it is read-only")


class Replacement:
    """A new file at `path`, beside the one that it replaces: `fill` it, then `finish` or `drop`."""

    def __init__(self, old: Original) -> None:
        self.old, self.path, self._fd = old, b"", -1

    def fill(self, new: Iterable[bytes], modified: int | None) -> None:
        """Make the new file, write its bytes, and give it the mode and so on of the old one.

        `modified` is its time in ns, or None. Raises OSError.
        """
        self._make()
        for block in new:
            _write(self._fd, block)
        _as_before(self._fd, self.old, modified)

    def finish(self) -> None:
        """Wait until the new file is on the disk, and rename it to the old one.

        Raises RefusedError, also if the old file has changed since it was read.
        """
        try:
            os.fsync(self._fd)
            must_be_unchanged(self.old)
            os.replace(self.path, self.old.path)
            self.path = b""
        except OSError as error:
            raise RefusedError(f"it cannot be written: {words_of(error)}") from None
        finally:
            self.drop()

    def _make(self) -> None:
        """Make the file, empty and locked. Its name is kept first, so that no signal loses it."""
        folder = self.old.path.removesuffix(os.path.basename(self.old.path))
        for _ in range(_TRIES):
            self.path = folder + PREFIX + os.urandom(6).hex().encode()
            try:
                self._fd = os.open(self.path, _NEW, 0o600)
            except FileExistsError:
                self.path = b""  # the file of another process
                continue
            if _locked(self._fd) and _is_at(self.path, self._fd):
                return
            os.close(self._fd)  # another run removed it before it was locked
            self.path, self._fd = b"", -1
        raise OSError(errno.EEXIST, "no name is free for a new file")

    def drop(self) -> None:
        """Remove the new file; the old one stays as it is."""
        path, fd, self.path, self._fd = self.path, self._fd, b"", -1
        if path:
            with suppress(OSError):
                os.unlink(path)
        if fd >= 0:
            os.close(fd)  # this releases the lock, too


def replacement(
    old: Original, new: Iterable[bytes], *, keep_times: bool = False, modified: int | None = None
) -> Replacement:
    """A new file with the bytes `new`, written beside the old file. Raises RefusedError.

    It has the mode of the old file and, where the system allows it, the owner and attributes; with
    `keep_times` also the time of its last change. Else `modified` is that time, in ns, if given.
    """
    must_be_writable(old)
    made = Replacement(old)
    is_filled = False
    try:
        made.fill(new, old.stamp.modified if keep_times else modified)
        is_filled = True
    except OSError as error:
        raise RefusedError(f"it cannot be written: {words_of(error)}") from None
    finally:
        if not is_filled:
            made.drop()
    return made


def finish_all(new: Sequence[Replacement]) -> list[str]:
    """Finish all these new files; returns why each could not be finished, empty if it was.

    Several wait for the disk at the same time. If a signal ends the run, no further one is begun,
    and those that were begun are waited for.
    """
    if len(new) < 2:
        return [*map(_why_unfinished, new)]
    from concurrent.futures import ThreadPoolExecutor  # 10 ms

    with ThreadPoolExecutor(min(len(new), _SIDE_BY_SIDE)) as pool:
        return [*pool.map(_why_unfinished, new)]


def _why_unfinished(new: Replacement) -> str:
    try:
        new.finish()
    except RefusedError as error:
        return str(error)
    return ""


def replace_file(old: Original, new: Iterable[bytes], *, modified: int | None = None) -> None:
    """Replace a file by `new`, if it has not changed since it was read. Raises RefusedError.

    `modified` is the time of its last change, in ns, that it shall have; None for now.
    """
    replacement(old, new, modified=modified).finish()


def new_file(path: bytes, data: Iterable[bytes]) -> None:
    """Write a file that does not exist yet, and wait for the disk. Raises RefusedError."""
    try:
        with FileIO(os.open(path, _NEW, 0o600), "w") as file:
            for block in data:
                _write(file.fileno(), block)
            os.fsync(file.fileno())
    except OSError as error:
        raise RefusedError(words_of(error)) from None


def sync_folder(path: bytes) -> None:
    """Wait until the names in a directory are on the disk, where the system can do that."""
    with suppress(OSError):
        fd = os.open(path or b".", os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def _locked(fd: int) -> bool:
    """Lock a new file; False if another process has its lock. True where there are no locks."""
    if sys.platform != "win32":
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
    return True


def _is_at(path: bytes, fd: int) -> bool:
    """Whether the file at `path` is the open file `fd`."""
    try:
        return os.path.samestat(os.lstat(path), os.fstat(fd))
    except OSError:
        return False


def _write(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view[:_BLOCK]) :]


def _as_before(fd: int, old: Original, modified: int | None) -> None:
    """Give a new file the owner, mode and attributes of the old one, and the time `modified`."""
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


def sweep_folder(folder: bytes) -> None:
    """Remove unfinished files of killed runs from a directory, as far as possible."""
    if sys.platform == "win32":
        return
    for path in _left_in(folder):
        with suppress(OSError), FileIO(os.open(path, NOT_LINKED)) as file:
            must_be_regular(file.fileno())
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where somebody is writing it
            if _is_at(path, file.fileno()):
                os.unlink(path)


def _left_in(folder: bytes) -> list[bytes]:
    try:
        with os.scandir(folder or b".") as entries:
            return [entry.path for entry in entries if entry.name.startswith(PREFIX)]
    except OSError:
        return []
