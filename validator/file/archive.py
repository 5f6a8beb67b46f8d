"""Archives read without unpacking: their members in their order, or one of them by its path.

Nothing is written anywhere.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from io import BytesIO
from typing import Final, Protocol, Self

from .archive_entry import Entry
from .archive_names import form_of, parted
from .compression import Bounds
from .opening import opened
from .streams import BrokenStreamError, Inflated
from .tar import Tar
from .through import Through

_AGAIN: Final = Bounds(ratio=1000)
"""Of an archive that is read again: it was within the bounds of its profile before."""


class Archive(Protocol):
    """The members of an archive, in its order. Raises OSError and BrokenStreamError."""

    def __iter__(self) -> Iterator[Entry]: ...

    def read(self, entry: Entry, size: int) -> bytes:
        """The first `size` bytes of the member that came last, or all of it."""
        ...


def through(path: bytes, bounds: Bounds) -> Through:
    """The bytes of an archive, expanded where it is compressed; to be closed. Raises OSError."""
    form, raw = form_of(path), opened(path)
    return Through(Inflated(raw, form.packing, bounds) if form and form.packing else raw)


def members_of(stream: Through, path: bytes) -> Archive:
    """The members of an open archive."""
    return Tar(stream)


class Extract:
    """The bytes of a member, to be read like those of a file.

    To go back in it is to read a compressed archive again.
    """

    def __init__(self, archive: bytes, entry: Entry) -> None:
        self._archive, self._entry = archive, entry
        self._stream = self._begun()
        self._at = 0
        self.closed = False

    def _begun(self) -> Through:
        stream = through(self._archive, _AGAIN)
        stream.go_to(self._entry.offset)
        return stream

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the archive."""
        self.closed = True
        self._stream.close()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises OSError, BrokenStreamError."""
        data = self._stream.read(max(0, min(size, self._entry.size - self._at)))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte of the member, which is what is given back."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._entry.size}[whence]
        to = max(0, base + offset)
        if to < self._at:
            self._stream.close()
            self._stream = self._begun()
        self._stream.go_to(self._entry.offset + min(to, self._entry.size))
        self._at = to
        return to

    def tell(self) -> int:
        """The next byte."""
        return self._at


class Shelf:
    """What a process has at hand of members: bytes of some, and where others begin.

    Of the archive that was asked last all members are known.
    """

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}
        self.entries: dict[bytes, Entry] = {}
        self._archive = b""
        self._known: dict[bytes, Entry] = {}

    def clear(self) -> None:
        """Have nothing at hand."""
        self.held.clear()
        self.entries.clear()

    def open(self, path: bytes) -> BytesIO | Extract:
        """The bytes of the member at this path. Raises OSError, BrokenStreamError."""
        data = self.held.get(path)
        if data is not None:
            return BytesIO(data)
        return Extract(parted(path)[0], self.entries.get(path) or self._entry(path))

    def _entry(self, path: bytes) -> Entry:
        archive, name = parted(path)
        if archive != self._archive:
            self._known = {}
            self._archive = archive
            with through(archive, _AGAIN) as stream:
                try:
                    for entry in members_of(stream, archive):
                        self._known.setdefault(entry.name, entry)
                except BrokenStreamError:
                    pass  # the members before that are known
        if name not in self._known or self._known[name].odd:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return self._known[name]


SHELF: Final = Shelf()


def open_member(path: bytes) -> BytesIO | Extract:
    """The bytes of the member at this path, to be read. Raises OSError, BrokenStreamError."""
    return SHELF.open(path)
