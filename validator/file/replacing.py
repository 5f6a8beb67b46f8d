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
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import FileIO
from typing import Final

from .opening import NOT_LINKED, must_be_regular
from .originals import Original, RefusedError, must_be_unchanged, words_of

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
_SIDE_BY_SIDE: Final = 8
"""Threads that wait for the disk."""


def must_be_writable(old: Original) -> None:
    """Raises RefusedError for a file that nobody may write to, or not we."""
    if not old.mode & 0o222 or not os.access(old.path, os.W_OK):
        raise RefusedError("it is read-only")


class Replacement:
    """A new file beside an old one, that is to take its place: `fill` it, `finish` or `drop` it.

    It lies at `path` until then.
    """

    def __init__(self, old: Original) -> None:
        self.old, self.path, self._fd = old, b"", -1

    def fill(self, new: Iterable[bytes], modified: int | None) -> None:
        """Make it, write its bytes, give it what the old one has besides. Raises OSError."""
        self._make()
        for block in new:
            _write(self._fd, block)
        _as_before(self._fd, self.old, modified)

    def finish(self) -> None:
        """Wait until it is on the disk, and let it take the place of the old one.

        Raises RefusedError where that is not any more what it was.
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
        """Make the file, empty and locked. Its name is known first, so that no signal loses it."""
        folder = self.old.path.removesuffix(os.path.basename(self.old.path))
        for _ in range(_TRIES):
            self.path = folder + PREFIX + os.urandom(6).hex().encode()
            try:
                self._fd = os.open(self.path, _NEW, 0o600)
            except FileExistsError:
                self.path = b""  # it is another's
                continue
            if _locked(self._fd) and _is_at(self.path, self._fd):
                return
            os.close(self._fd)  # swept by another run before it was locked
            self.path, self._fd = b"", -1
        raise OSError(errno.EEXIST, "no name is free for a new file")

    def drop(self) -> None:
        """Leave the old file as it is, and nothing beside it."""
        path, fd, self.path, self._fd = self.path, self._fd, b"", -1
        if path:
            with suppress(OSError):
                os.unlink(path)
        if fd >= 0:
            os.close(fd)  # and with it goes the lock


def replacement(
    old: Original, new: Iterable[bytes], *, keep_times: bool = False, modified: int | None = None
) -> Replacement:
    """`new`, written beside a file whose place it is to take. Raises RefusedError.

    It has the mode and, where the system allows it, the owner and attributes of the old file; its
    times if that is asked for. `modified` is the time, in nanoseconds, at which it was written.
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
    """Let new files take their places; why one could not, in their order, empty where it has.

    They wait for the disk side by side. Where a signal ends the run, none is begun any more, and
    those that were are waited for.
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
    """Write `new` in the place of a file that is still as it was. Raises RefusedError.

    `modified` is the time, in nanoseconds, at which it was written before, if it is to have that.
    """
    replacement(old, new, modified=modified).finish()


def new_file(path: bytes, data: Iterable[bytes]) -> None:
    """Write a file that is not there yet, to the disk. Raises RefusedError."""
    try:
        with FileIO(os.open(path, _NEW, 0o600), "w") as file:
            for block in data:
                _write(file.fileno(), block)
            os.fsync(file.fileno())
    except OSError as error:
        raise RefusedError(words_of(error)) from None


def sync_folder(path: bytes) -> None:
    """Have the names of files in a directory written to the disk, where that can be had."""
    with suppress(OSError):
        fd = os.open(path or b".", os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


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


def sweep_folder(folder: bytes) -> None:
    """Remove what a killed run left in a directory. What cannot be removed stays."""
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
