"""Named objects in a directory, or below a URL: each is there whole, or not at all.

In a directory, what writes one gives it another name first, on the same disk, and then its own. Two
that write the same object do not meet; the later one stands.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from io import FileIO
from typing import Final, Protocol

from ..errors import UsageError

UNFINISHED: Final = ".part"
"""How the names of objects end that are being written, or whose writer was killed."""

_RANDOM: Final = 8  # bytes, as two machines may have processes of one number


class Objects(Protocol):
    """Where objects are kept, by names with `/`; `path` is a directory, or a URL."""

    path: str

    def get(self, name: str) -> bytes | None:
        """The bytes of an object; None if it is not there. Raises UsageError."""
        ...

    def get_range(self, name: str, start: int, size: int) -> bytes | None:
        """Bytes of an object from an offset, fewer where it ends; None as above."""
        ...

    def put(self, name: str, data: bytes) -> None:
        """Write an object, in place of what has this name. Raises UsageError."""
        ...

    def remove(self, name: str) -> None:
        """Remove an object, if that can be done; below a URL they stay."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """The names right in a folder, in no order; none if it is not there. Raises UsageError."""
        ...

    def clock(self) -> int:
        """The time, in ns, by which files are too new to be known by their times, or not."""
        ...


class Folder:
    """Objects as files below a directory, which is made when the first is written."""

    def __init__(self, path: str) -> None:
        self.path = path

    def get(self, name: str) -> bytes | None:
        """See `Objects`."""
        return self.get_range(name, 0, -1)

    def get_range(self, name: str, start: int, size: int) -> bytes | None:
        """See `Objects`; a negative size is all that there is."""
        try:
            with FileIO(self._path(name)) as file:
                file.seek(start)
                return file.read(size)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise unusable(self.path, "read", error) from None

    def put(self, name: str, data: bytes) -> None:
        """See `Objects`. What was written of one that there is no room for is removed."""
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
        """What the clock of this disk says, in ns: no other tells the age of files on it."""
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
    """What to say of a store that cannot be `read` or `written`."""
    return UsageError(
        f"the store `{path}` cannot be {what} ({error.strerror}); what it has is kept: "
        "mend that, and run the same command again"
    )
