"""Opens a file on this machine or an object in storage, to read its bytes as they are stored."""

from __future__ import annotations

from io import FileIO
from typing import TYPE_CHECKING

from .opening import ObjectVersion, is_remote, open_regular

if TYPE_CHECKING:
    from .storage.object_file import ObjectFile


def stored(path: bytes, version: ObjectVersion | None = None) -> FileIO | ObjectFile:
    """The open file at `path`, or the object there, of this version (None: whichever is there).

    Raises OSError.
    """
    if not is_remote(path):
        return FileIO(open_regular(path))
    from .storage.object_file import ObjectFile  # only where there are URLs

    return ObjectFile(path, version)
