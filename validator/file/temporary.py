"""Temporary files of a run, in a directory of its own that is removed when the run ends.

A run that is killed leaves its directory behind. A later run finds that nobody holds its lock, and
removes it. A lock ends with its process, while the number of a process may be used again. Only
directories with our mark, of the same user, are removed.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from itertools import islice
from typing import Final, Protocol, Self

from ..errors import UsageError, no_room
from .undisturbed import undisturbed

if sys.platform != "win32":  # there nothing is locked, and nothing is swept
    import fcntl

PREFIX: Final = "seed-validator-"
MARK: Final = b".seed-validator-temporary"
"""The name of the file that marks a directory as ours."""

_FOLDER: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_LOOKED_AT: Final = 10_000
"""Names in the directory of temporary files that are looked at, at most."""

_AT_ONCE: Final = 1 << 18  # bytes of standard input


class TemporaryFolder:
    """A directory of a random path for temporary files. Raises UsageError if it is not made."""

    def __init__(self, later: bool = False) -> None:
        """Make the directory at once or, if `later`, only when `make` is called."""
        self.path = os.path.join(_writable(), f"{PREFIX}{os.urandom(12).hex()}")
        self._lock, self._is_there = -1, False
        if not later:
            self.make()

    def make(self) -> None:
        """Make the directory if it is not there yet. Raises UsageError."""
        if self._is_there:
            return
        sweep()
        try:
            with undisturbed():
                os.mkdir(self.path, 0o700)
                self._is_there = True
                self._lock = _locked(self.path)
        except OSError as error:
            raise no_room(os.path.dirname(self.path), error) from None
        except BaseException:  # a signal has waited
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the directory with all that is in it."""
        if self._is_there:
            import shutil  # 4 ms

            shutil.rmtree(self.path, ignore_errors=True)
            self._is_there = False
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _locked(folder: str) -> int:
    """A descriptor of the directory that holds its lock; then it is marked as ours.

    -1 where the file system knows no locks: a directory without a mark is never swept.
    """
    if sys.platform == "win32":
        return -1
    fd = os.open(folder, _FOLDER)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        put_away(os.path.join(folder, os.fsdecode(MARK)), b"")
    except (OSError, UsageError):
        os.close(fd)
        return -1
    return fd


def temporary_folder() -> str:
    """The directory for temporary files, as the environment names it."""
    names = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return next(filter(None, names), "/tmp")


def _writable() -> str:
    """A writable directory for them; `tempfile` knows more, but takes 8 ms to be imported."""
    folder = os.path.abspath(temporary_folder())
    if os.access(folder, os.W_OK | os.X_OK) and os.path.isdir(folder):
        return folder
    import tempfile

    try:
        return tempfile.gettempdir()
    except OSError:
        return folder  # making a directory in it will fail with a message


def sweep() -> None:
    """Remove the directories of runs that were killed. What cannot be removed stays."""
    if sys.platform == "win32":
        return
    try:
        with os.scandir(temporary_folder()) as entries:
            few = islice(entries, _LOOKED_AT)
            found = [entry.path for entry in few if entry.name.startswith(PREFIX)]
    except OSError:
        return
    for path in found:
        with suppress(OSError):  # a link, a file, or another user's
            fd = os.open(path, _FOLDER)
            try:
                _remove(path, fd)
            finally:
                os.close(fd)


def _remove(path: str, fd: int) -> None:
    """Remove the directory of a run that has ended. Raises OSError if it is in use."""
    assert sys.platform != "win32"
    mark = os.stat(MARK, dir_fd=fd, follow_symlinks=False)
    owners = {mark.st_uid, os.fstat(fd).st_uid}
    if owners != {os.geteuid()} or not stat.S_ISREG(mark.st_mode):
        return
    fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    for name in map(os.fsencode, os.listdir(fd)):
        if name != MARK:
            os.unlink(name, dir_fd=fd)
    os.unlink(MARK, dir_fd=fd)
    os.rmdir(path)


def put_away(path: str, data: bytes) -> None:
    """Write a temporary file of the run. Raises UsageError if it cannot be written."""
    try:
        with open(path, "xb") as file:
            file.write(data)
    except OSError as error:
        raise no_room(os.path.dirname(path), error) from None


def take_back(path: str) -> bytes:
    """The bytes of a temporary file of the run, which is then removed. Raises OSError."""
    data = b"".join(blocks_of(path))
    os.unlink(path)
    return data


def blocks_of(path: str) -> Iterator[bytes]:
    """The bytes of a temporary file of the run, piece by piece. Raises OSError."""
    with FileIO(path) as file:
        while block := file.read(_AT_ONCE):
            yield block


class Input(Protocol):
    """Standard input, as bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many; none at the end."""
        ...


def spool(source: Input, path: str, most: int) -> None:
    """Copy `source` to a new file. Raises UsageError for more than `most` bytes (0: no limit)."""
    size = 0
    try:
        with open(path, "xb") as file:
            while block := _read(source):
                size += len(block)
                if 0 < most < size:
                    raise UsageError(
                        f"standard input has more than {most} bytes; --stdin-max-bytes takes more"
                    )
                file.write(block)
    except OSError as error:
        raise no_room(os.path.dirname(path), error) from None


def _wait_for(source: Input) -> None:
    """Wait until there is something to read, and look for signals every second."""
    from select import select

    number = getattr(source, "fileno", None)
    try:
        while number is not None and not select([number()], [], [], 1.0)[0]:
            pass
    except OSError:
        pass  # nothing that others write to, or a system where only sockets can be asked


def _read(source: Input) -> bytes:
    """What comes next. A signal that comes between two reads is not left waiting for the second."""
    try:
        _wait_for(source)
        some: bytes = getattr(source, "read1", source.read)(_AT_ONCE)
        return some
    except OSError as error:
        raise UsageError(f"standard input cannot be read: {error.strerror}") from None
