"""Named objects in a directory, or below a URL: each is there as a whole, or not at all.

In a directory, an object is written under another name first, and then renamed. If two processes
write the same object, they do not disturb each other, and the later one remains.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from typing import Final, Protocol

from ..errors import UsageError

UNFINISHED: Final = ".part"
"""The end of names of objects that are still being written, or whose writer was killed."""

_RANDOM: Final = 8  # bytes; process numbers are not unique, as several machines may write


class Objects(Protocol):
    """Where objects are kept, by names with `/`; `path` is a directory, or a URL."""

    path: str

    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if it is not there. Raises UsageError."""
        ...

    def get_range(self, name: str, start: int, size: int) -> bytes | None:
        """`size` bytes of an object from the byte `start` on, fewer at its end; else as `get`."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write an object; replaces the one of this name. Raises UsageError."""
        ...

    def remove(self, name: str) -> None:
        """Remove an object if possible; below a URL objects are never removed."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """The names directly in a folder, in no order; none if it does not exist.

        Raises UsageError.
        """
        ...

    def clock(self) -> int:
        """The current time, in ns, to decide whether a file's time is too new to identify it."""
        ...


class Folder:
    """Objects as files below a directory, which is made when the first one is written."""

    def __init__(self, path: str) -> None:
        self.path = path

    def get(self, name: str) -> bytes | None:
        """See `Objects`."""
        return self.get_range(name, 0, -1)

    def get_range(self, name: str, start: int, size: int) -> bytes | None:
        """See `Objects`; a negative size means all bytes to the end."""
        try:
            with FileIO(self._path(name)) as file:
                file.seek(start)
                return file.read(size)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise unusable(self.path, "read", error) from None

    def put(self, name: str, data: bytes) -> None:
        """See `Objects`. If writing fails, the unfinished file is removed."""
        path = self._path(name)
        made = f"{path}.{os.urandom(_RANDOM).hex()}{UNFINISHED}"
        try:
            self._write(made, data)
            os.replace(made, path)
        except BaseException as error:  # a signal may be one
            with suppress(OSError):
                os.unlink(made)
            if isinstance(error, OSError):
                raise unusable(self.path, "written", error) from None
            raise

    def _write(self, path: str, data: bytes) -> None:
        try:
            file = FileIO(path, "x")
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file = FileIO(path, "x")
        with file:
            rest = memoryview(data)
            while rest:  # a disk that is nearly full takes a part
                rest = rest[file.write(rest) :]

    def remove(self, name: str) -> None:
        """See `Objects`."""
        with suppress(OSError):
            os.unlink(self._path(name))

    def names(self, folder: str) -> Iterator[str]:
        """See `Objects`."""
        try:
            yield from os.listdir(self._path(folder))
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise unusable(self.path, "read", error) from None

    def clock(self) -> int:
        """The time of the clock of this disk, in ns, which is the clock of the files on it."""
        name = f"clock-{os.urandom(_RANDOM).hex()}"
        self.put(name, b"")
        try:
            found = os.stat(self._path(name)).st_mtime_ns
            os.unlink(self._path(name))
        except OSError as error:
            raise unusable(self.path, "read", error) from None
        return found

    def _path(self, name: str) -> str:
        return os.path.join(self.path, *name.split("/"))


def unusable(path: str, what: str, error: OSError) -> UsageError:
    """The error for a store that cannot be `read` or `written` (`what`)."""
    return UsageError(
        f"the store `{path}` cannot be {what} ({error.strerror}); what it has is kept: "
        "mend that, and run the same command again"
    )
