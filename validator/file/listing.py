"""Lists the names in a directory, and finds one that is like a given name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache

from .archive_names import INSIDE, is_object
from .portable import folded


def name_like(folder: bytes, name: bytes) -> bytes:
    """A name in `folder` that equals `name` except for case and Unicode form; empty without one.

    The names of a few directories are cached, as many links may lead into one large directory.
    """
    if is_object(folder):
        return b""
    try:
        found = os.stat(folder or b".")
    except (OSError, ValueError):  # of an archive there is no listing
        return b""
    state = found.st_dev, found.st_ino, found.st_mtime_ns
    return _folded_names(folder, state).get(folded(name), b"")


@lru_cache(4)
def _folded_names(folder: bytes, state: tuple[int, int, int]) -> Mapping[bytes, bytes]:
    return {folded(one): one for one in reversed(names_in(folder))}


def names_in(folder: bytes) -> list[bytes]:
    """The names in a directory, in order; none if it cannot be read.

    In a directory of an archive they are the names of the members.
    """
    if is_object(folder):
        return []
    if INSIDE in folder:
        from .archive import names_inside  # few corpora have archives

        return names_inside(folder)
    try:
        return sorted(os.listdir(folder or b"."))
    except (OSError, ValueError):
        return []
