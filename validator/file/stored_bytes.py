"""A file of this machine, or an object in storage, open to be read as it is there."""

from __future__ import annotations

from io import FileIO
from typing import TYPE_CHECKING

from .opening import ObjectVersion, is_remote, open_regular

if TYPE_CHECKING:
    from .storage.object_file import ObjectFile


def stored(path: bytes, version: ObjectVersion | None = None) -> FileIO | ObjectFile:
    """A file, or an object of this version; of one that is not known, whichever is there.

    Raises OSError.
    """
    if not is_remote(path):
        return FileIO(open_regular(path))
    from .storage.object_file import ObjectFile  # only where there are URLs

    return ObjectFile(path, version)
