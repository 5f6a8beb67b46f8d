"""Reads archives without unpacking them: all members in order, or one of them by its path.

Nothing is written to the disk.
"""

from __future__ import annotations

import errno
import os
from io import BytesIO
from typing import Final, NamedTuple, TypeAlias

from .archive_entry import BrokenMemberError, Entry
from .archive_names import form_of, parted
from .compression import Bounds
from .opening import ObjectVersion, is_remote
from .stored_bytes import stored
from .streams import BrokenStreamError, Closing, Inflated
from .tar import Tar
from .through import AT_ONCE, Through
from .zip import Zip, member_at
from .zip_members import ZipMember

HELD: Final = 1 << 24
"""Most bytes of members that are in memory at a time; larger members are read window by window."""

KNOWN: Final = 1 << 16
"""Most members that a process remembers, of the archives that it read before; of the archive that
was asked last it remembers all."""

_AGAIN: Final = Bounds(ratio=1000)
"""The bounds for reading an archive again: it was within those of its profile before."""


Archive: TypeAlias = Tar | Zip
"""The members of an archive, in its order. Raises OSError and BrokenStreamError."""


def unpacked(path: bytes, bounds: Bounds, version: ObjectVersion | None = None) -> Archive:
    """The members of the archive at `path`; to be closed. Raises OSError.

    `version` is the version that is read of an object in storage.
    """
    if _is_zip(path):
        return Zip(stored(path, version), stored(path, version), bounds)
    return Tar(_through(path, bounds, version))


def _is_zip(path: bytes) -> bool:
    form = form_of(path)
    return form is not None and form.name == "zip"


def _through(path: bytes, bounds: Bounds, version: ObjectVersion | None) -> Through:
    """The bytes of a tar, expanded if it is compressed; those of a zip as they are."""
    form, raw = form_of(path), stored(path, version)
    return Through(Inflated(raw, form.packing, bounds) if form and form.packing else raw)


class Extract(Closing):
    """The bytes of a member, to be read like those of a file.

    To seek back is slow: a compressed archive is read again from its start. `version` is that of
    an archive in storage, else None.
    """

    def __init__(self, archive: bytes, entry: Entry, version: ObjectVersion | None) -> None:
        self._archive, self._entry, self._version = archive, entry, version
        self._stream = self._begun()
        self._at = 0
        self.closed = False

    def _begun(self) -> Through | ZipMember:
        stream = _through(self._archive, _AGAIN, self._version)
        if _is_zip(self._archive):
            try:
                return member_at(stream, self._entry, _AGAIN)
            except BrokenMemberError as error:
                raise BrokenStreamError(error.flaw) from error
        stream.go_to(self._entry.offset)
        return stream

    def close(self) -> None:
        """Close the archive."""
        self.closed = True
        self._stream.close()

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. Raises OSError, BrokenStreamError."""
        left = self._entry.size - self._at
        if size >= left and isinstance(self._stream, ZipMember):
            left += 1  # only at its end is the checksum compared
        data = self._stream.read(max(0, min(size, left)))
        self._at += len(data)
        return data

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte of the member; returns its offset."""
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
        """The offset of the next byte."""
        return self._at


class _Listed(NamedTuple):
    """The members of an archive by name, and the version of the archive."""

    version: ObjectVersion | tuple[int, ...]
    members: dict[bytes, Entry]

    @property
    def of_object(self) -> ObjectVersion | None:
        """The version of an archive in storage; None for one on the disk."""
        return self.version if isinstance(self.version, ObjectVersion) else None


class Shelf:
    """The members that a process keeps: the bytes of some (`held`), the headers of others.

    All members of the archives that were asked last are known. `is_in_use` is true while members
    that were read together are checked: a sidecar that is not among them does not exist then.
    """

    def __init__(self) -> None:
        self.held: dict[bytes, bytes] = {}
        self.entries: dict[bytes, Entry] = {}
        self.is_in_use = False
        self._listed: dict[bytes, _Listed] = {}

    def clear(self) -> None:
        """Forget all bytes and headers."""
        self.held.clear()
        self.entries.clear()
        self.is_in_use = False

    def open(self, path: bytes, version: ObjectVersion | None) -> BytesIO | Extract:
        """The bytes of the member at `path`, to be read. Raises OSError, BrokenStreamError."""
        data = self.held.get(path)
        if data is not None:
            return BytesIO(data)
        archive, name = parted(path)
        entry = self.entries.get(path)
        if entry is None:
            listed = self._known(archive, version)
            entry, version = listed.members.get(name), listed.of_object
        if entry is None or entry.odd:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return Extract(archive, entry, version)

    def _known(self, archive: bytes, version: ObjectVersion | None = None) -> _Listed:
        """The members of an archive; of one that is damaged, those before the damage."""
        found = version or version_at(archive)
        listed = self._listed.pop(archive, None)
        if listed is None or listed.version != found:
            listed = _Listed(found, {})
            with unpacked(archive, _AGAIN, listed.of_object) as members:
                try:
                    for entry in members:
                        listed.members.setdefault(entry.name, entry)
                except BrokenStreamError:
                    pass
        self._make_room(len(listed.members))
        self._listed[archive] = listed  # the last one
        return listed

    def _make_room(self, size: int) -> None:
        """Forget members of the archives asked longest ago, until there is room for `size` more."""
        size += sum(len(one.members) for one in self._listed.values())
        for archive in [*self._listed]:
            if size <= KNOWN:
                return
            size -= len(self._listed.pop(archive).members)

    def has(self, path: bytes) -> bool:
        """Whether there is a member at this path, or a directory. Raises OSError."""
        archive, name = parted(path)
        members = self._known(archive).members
        if name in members and not members[name].odd:
            return True
        return any(one.startswith(name + b"/") for one in members)

    def names(self, folder: bytes) -> list[bytes]:
        """The names of the members in a directory of an archive, in order. Raises OSError.

        `folder` ends in `/`.
        """
        archive, inside = parted(folder)
        size = len(inside)
        every = self._known(archive).members
        below = (name[size:] for name in every if name.startswith(inside))
        return sorted(name for name in below if b"/" not in name)

    def beside(self, path: bytes, most: int) -> tuple[bytes, int] | None:
        """The result of `read_beside` for a member that is a sidecar; None if there is no such."""
        data = self.held.get(path)
        if data is not None:
            return data[:most], len(data)
        if self.is_in_use:
            return None
        try:
            with self.open(path, None) as member:
                data = member.read(most)
        except FileNotFoundError:
            return None
        except (OSError, BrokenStreamError):
            return b"", 0
        return data, len(data)


def version_at(archive: bytes) -> ObjectVersion | tuple[int, ...]:
    """The version of the file at `archive`: another file there has another one. Raises OSError."""
    if is_remote(archive):
        from .storage.object_file import ObjectFile  # only where there are URLs

        with ObjectFile(archive) as file:
            return file.version()
    found = os.stat(archive)
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


SHELF: Final = Shelf()


def is_member(path: bytes) -> bool:
    """Whether there is a member, or a directory of members, at this path."""
    try:
        return SHELF.has(path)
    except OSError:
        return False


def names_inside(folder: bytes) -> list[bytes]:
    """The names of the members in a directory of an archive, in order; none if it is unreadable."""
    try:
        return SHELF.names(folder)
    except OSError:
        return []


def member_beside(path: bytes, most: int) -> tuple[bytes, int] | None:
    """`read_beside` for a member of an archive."""
    return SHELF.beside(path, most)


def open_member(path: bytes, version: ObjectVersion | None = None) -> BytesIO | Extract:
    """The bytes of the member at `path`, to be read. Raises OSError, BrokenStreamError.

    `version` is that of an archive in storage; None means the one that is there now.
    """
    return SHELF.open(path, version)
