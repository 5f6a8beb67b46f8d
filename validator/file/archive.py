"""Archives read without unpacking: their members in their order, or one of them by its path.

Nothing is written anywhere.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from io import BytesIO
from typing import Final, Protocol, Self

from .archive_entry import BrokenMemberError, Entry
from .archive_names import form_of, parted
from .compression import Bounds
from .opening import opened
from .streams import BrokenStreamError, Inflated
from .tar import Tar
from .through import AT_ONCE, Through
from .zip import Zip, member_at
from .zip_members import ZipMember

HELD: Final = 1 << 24
"""Bytes of members in memory at a time; one that has more is read window by window."""

_AGAIN: Final = Bounds(ratio=1000)
"""Of an archive that is read again: it was within the bounds of its profile before."""


class Archive(Protocol):
    """The members of an archive, in its order. Raises OSError and BrokenStreamError."""

    is_empty: bool

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def __iter__(self) -> Iterator[Entry]: ...

    def read(self, entry: Entry, size: int) -> bytes:
        """The first `size` bytes of the member that came last, or all of it.

        Raises BrokenMemberError where it cannot be read, and others can.
        """
        ...


def unpacked(path: bytes, bounds: Bounds) -> Archive:
    """The members of the archive at this path; to be closed. Raises OSError."""
    return Zip(path, bounds) if _is_zip(path) else Tar(_through(path, bounds))


def _is_zip(path: bytes) -> bool:
    form = form_of(path)
    return form is not None and form.name == "zip"


def _through(path: bytes, bounds: Bounds) -> Through:
    """The bytes of a tar, expanded where it is compressed."""
    form, raw = form_of(path), opened(path)
    return Through(Inflated(raw, form.packing, bounds) if form and form.packing else raw)


class Extract:
    """The bytes of a member, to be read like those of a file.

    To go back in it is to read a compressed archive again.
    """

    def __init__(self, archive: bytes, entry: Entry) -> None:
        self._archive, self._entry = archive, entry
        self._stream = self._begun()
        self._at = 0
        self.closed = False

    def _begun(self) -> Through | ZipMember:
        stream = _through(self._archive, _AGAIN)
        if _is_zip(self._archive):
            try:
                return member_at(stream, self._entry, _AGAIN)
            except BrokenMemberError as error:
                raise BrokenStreamError(error.flaw) from error
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
        left = self._entry.size - self._at
        if size >= left and isinstance(self._stream, ZipMember):
            left += 1  # its end tells whether its checksum is right
        data = self._stream.read(max(0, min(size, left)))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte of the member, which is what is given back."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._entry.size}[whence]
        to = max(0, base + offset)
        if to < self._at:
            self._stream.close()
            self._stream, self._at = self._begun(), 0
        if isinstance(self._stream, Through):
            self._stream.go_to(self._entry.offset + min(to, self._entry.size))
            self._at = to
        while self._at < to and self.read(min(to - self._at, AT_ONCE)):
            pass
        self._at = to
        return to

    def tell(self) -> int:
        """The next byte."""
        return self._at


class Shelf:
    """What a process has at hand of members: bytes of some, and where others begin.

    Of the archive that was asked last all members are known. It `is_in_use` while members that were
    read together are checked: what is not there then does not stand beside them.
    """

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}
        self.entries: dict[bytes, Entry] = {}
        self.is_in_use = False
        self._version: tuple[object, ...] = ()
        self._known: dict[bytes, Entry] = {}

    def clear(self) -> None:
        """Have nothing at hand."""
        self.held.clear()
        self.entries.clear()
        self.is_in_use = False

    def open(self, path: bytes) -> BytesIO | Extract:
        """The bytes of the member at this path. Raises OSError, BrokenStreamError."""
        data = self.held.get(path)
        if data is not None:
            return BytesIO(data)
        return Extract(parted(path)[0], self.entries.get(path) or self._entry(path))

    def _entry(self, path: bytes) -> Entry:
        archive, name = parted(path)
        self._know(archive)
        if name not in self._known or self._known[name].odd:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return self._known[name]

    def _know(self, archive: bytes) -> None:
        """Know the members of an archive; those before it breaks off, where it does."""
        found = os.stat(archive)
        version = archive, found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
        if version == self._version:
            return
        self._known, self._version = {}, version
        with unpacked(archive, _AGAIN) as members:
            try:
                for entry in members:
                    self._known.setdefault(entry.name, entry)
            except BrokenStreamError:
                pass

    def has(self, path: bytes) -> bool:
        """Whether there is a member at this path, or a directory. Raises OSError."""
        try:
            self._entry(path)
        except FileNotFoundError:
            folder = parted(path)[1] + b"/"
            return any(name.startswith(folder) for name in self._known)
        return True

    def names(self, folder: bytes) -> list[bytes]:
        """The names of the members in a directory. Raises OSError."""
        archive, inside = parted(folder)
        self._know(archive)
        size = len(inside)
        below = (name[size:] for name in self._known if name.startswith(inside))
        return sorted(name for name in below if b"/" not in name)

    def beside(self, path: bytes, most: int) -> tuple[bytes, int] | None:
        """What `read_beside` gives, of a member that holds the metadata of another one.

        It is one of those at hand; None where it is not.
        """
        data = self.held.get(path)
        if data is not None:
            return data[:most], len(data)
        if self.is_in_use:
            return None
        try:
            with self.open(path) as member:
                data = member.read(most)
        except FileNotFoundError:
            return None
        except (OSError, BrokenStreamError):
            return b"", 0
        return data, len(data)


SHELF: Final = Shelf()


def is_member(path: bytes) -> bool:
    """Whether there is a member, or a directory of members, at this path."""
    try:
        return SHELF.has(path)
    except OSError:
        return False


def names_inside(folder: bytes) -> list[bytes]:
    """The names of the members in a directory of an archive, in order."""
    try:
        return SHELF.names(folder)
    except OSError:
        return []


def member_beside(path: bytes, most: int) -> tuple[bytes, int] | None:
    """See `read_beside`: the same for a member of an archive."""
    return SHELF.beside(path, most)


def open_member(path: bytes) -> BytesIO | Extract:
    """The bytes of the member at this path, to be read. Raises OSError, BrokenStreamError."""
    return SHELF.open(path)
