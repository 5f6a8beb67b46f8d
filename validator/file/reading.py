"""Documents as bytes: small ones in one read, large ones window by window."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, FileIO
from typing import TYPE_CHECKING, ClassVar, Final

from msgspec import Struct

from ..model import Flaw
from ..text.lines import Window
from .archive_names import INSIDE, is_object
from .compression import Bounds, Packing, packing_of
from .opening import (
    NOT_LINKED,
    READ,
    ObjectVersion,
    is_remote,
    leads_out,
    must_be_regular,
)
from .stored_bytes import stored
from .streams import BrokenStreamError, Inflated, Source
from .windows import after, parted

if TYPE_CHECKING:
    from .archive import Extract
    from .parquet import Unfolded
    from .storage.object_file import ObjectFile

SMALL: Final = 120_000
"""A file shorter than this is read in one call and is one window.

More is put into memory that the system gives and takes back each time: malloc maps what has
128 KiB or more.
"""

_FIRST: Final = 1 << 15
"""Bytes that are asked for at first: to make room for all that a small file may have, and give most
of it back, takes a quarter of what it takes to read one of 2.5 kB."""

WINDOW: Final = 1 << 18
"""Bytes read at a time from a larger file (64 KiB to 1 MiB measure alike)."""

NO_BOUNDS: Final = Bounds()

_LOOKS_UP_NAMES: Final = os.open in os.supports_dir_fd
"""Whether the system opens a file by its name in an open directory; Windows does not."""

_open, _read, _close = os.open, os.read, os.close  # one look-up less for each file and call


class Unreadable(Flaw, frozen=True):
    """The system would not give the file's bytes."""

    blocks: ClassVar[bool] = True
    reason: str
    advice: str = ""


class Empty(Flaw, frozen=True):
    """There is not one byte."""

    blocks: ClassVar[bool] = True


class Blank(Flaw, frozen=True):
    """There are only blanks and line ends."""

    blocks: ClassVar[bool] = True
    size: int


def unreadable(error: OSError) -> Unreadable:
    """The flaw for what the system said when a file was opened or read."""
    return Unreadable(error.strerror or type(error).__name__, getattr(error, "advice", ""))


def read_head(path: bytes, size: int = SMALL) -> bytes:
    """The first bytes of a file; fewer than `size` mean that this is all of it. Raises OSError.

    What it is may have changed since it was listed: a pipe has nothing for us, a device too much.
    """
    fd = _open(path, READ)
    try:
        data = _read(fd, size)
        if not 0 < len(data) < size:
            must_be_regular(fd)
        return data
    finally:
        _close(fd)


def read_start(path: bytes) -> bytes:
    """`read_head` of a file, or of an object in storage. Raises OSError."""
    if not is_remote(path):
        return read_head(path)
    from .storage.object_file import read_object

    return read_object(path, SMALL)


def version_of(path: bytes) -> ObjectVersion:
    """The version that an object in storage has now. Raises OSError."""
    from .storage.object_file import ObjectFile

    with ObjectFile(path) as file:
        return file.version()


def read_beginning(path: bytes, size: int) -> bytes:
    """The first bytes of the document in a file, at most `size`; none of what cannot be read."""
    packing = packing_of(path)
    try:
        if is_object(path) and not packing:
            return read_start(path)[:size]
        if not packing and INSIDE not in path:
            return read_head(path, size)
        with Pages(path, None, packing).open() as file:
            return file.read(size)
    except (OSError, BrokenStreamError):
        return b""


def read_beside(path: bytes, most: int) -> tuple[bytes, int] | None:
    """The first `most` bytes of the file beside a document, and its size; None without one.

    It may be anything: a pipe is not waited for, a link not followed out of the directory. What
    cannot be read has no bytes. A small file costs no call more than `read_head`.
    """
    if is_object(path):
        return _beside_object(path, most)
    if INSIDE in path:
        from .archive import member_beside  # few documents are members of archives

        return member_beside(path, most)
    try:
        fd = _open(path, NOT_LINKED)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        if not os.path.islink(path) or leads_out(path, os.path.dirname(path)):
            return b"", 0
        try:
            fd = _open(os.path.realpath(path), NOT_LINKED)
        except OSError:
            return b"", 0
    try:
        data = _read(fd, min(SMALL, most))
        if len(data) < min(SMALL, most):
            return data, len(data)
        return _rest_beside(fd, data, most)
    except OSError:
        return b"", 0
    finally:
        _close(fd)


def _beside_object(path: bytes, most: int) -> tuple[bytes, int] | None:
    from .storage.object_file import ObjectFile

    try:
        with ObjectFile(path) as file:
            return file.read(most), file.size()
    except FileNotFoundError:
        return None
    except OSError:
        return b"", 0


def _rest_beside(fd: int, data: bytes, most: int) -> tuple[bytes, int]:
    """What follows the first bytes of a larger file; a device has no bytes for us."""
    must_be_regular(fd)
    parts, held = [data], len(data)
    while held < most and (block := _read(fd, most - held)):
        parts.append(block)
        held += len(block)
    return b"".join(parts), max(held, os.fstat(fd).st_size)


def read_heads(
    folder: bytes,
    names: Sequence[bytes],
    odd: Mapping[bytes, Flaw],
    versions: Mapping[bytes, ObjectVersion] | None = None,
) -> list[bytes | Flaw]:
    """`read_head` of each file; for `odd` ones and those that cannot be read, the flaw instead.

    `versions` are those of objects in storage.
    """
    if versions is not None:
        return _heads_of_objects(folder, names, odd, versions)
    if odd.keys().isdisjoint(names):
        try:
            return _heads(folder, names)
        except OSError:
            pass  # one of them; find out which
    return [odd[name] if name in odd else _head_or_flaw(folder + name) for name in names]


def _heads(folder: bytes, names: Sequence[bytes]) -> list[bytes | Flaw]:
    """`read_head` of each file, without a call for each: of small files they are many.

    The directory is opened once: for each file, to look up a whole path takes longer than a name.
    """
    heads: list[bytes | Flaw] = []
    home = _open(folder or b".", os.O_RDONLY | os.O_CLOEXEC) if _LOOKS_UP_NAMES else None
    prefix = folder if home is None else b""
    try:
        for name in names:
            fd = _open(prefix + name, READ, dir_fd=home)
            try:
                data = _read(fd, _FIRST)
                if not 0 < len(data) < _FIRST:
                    data += _read(fd, SMALL - _FIRST) if data else b""
                    if not 0 < len(data) < SMALL:
                        must_be_regular(fd)
            finally:
                _close(fd)
            heads.append(data)
    finally:
        if home is not None:
            _close(home)
    return heads


def _heads_of_objects(
    folder: bytes,
    names: Sequence[bytes],
    odd: Mapping[bytes, Flaw],
    versions: Mapping[bytes, ObjectVersion],
) -> list[bytes | Flaw]:
    from .storage.object_file import heads

    found = heads(folder, names, odd, versions, SMALL)
    return [unreadable(head) if isinstance(head, OSError) else head for head in found]


def _head_or_flaw(path: bytes) -> bytes | Flaw:
    try:
        return read_head(path)
    except OSError as error:
        return unreadable(error)


def sums(
    path: bytes, head: bytes, algorithms: Sequence[str], version: ObjectVersion | None = None
) -> tuple[int, list[bytes]]:
    """The size of a file on the disk, and its digests; `head` is what `read_head` gave.

    `version` is that of an object in storage. Raises OSError.
    """
    import hashlib  # for manifests alone

    makers = [hashlib.new(name, usedforsecurity=False) for name in algorithms]
    size = 0
    for block in _blocks(path, head, version):
        size += len(block)
        for maker in makers:
            maker.update(block)
    return size, [maker.digest() for maker in makers]


def _blocks(path: bytes, head: bytes, version: ObjectVersion | None) -> Iterator[bytes]:
    if len(head) < SMALL:
        yield head
        return
    with Pages(path, version=version).stored() as file:
        while block := file.read(WINDOW):
            yield block


def same_content(first: bytes, second: bytes) -> bool:
    """Whether two documents have the same bytes. One that cannot be read is like no other."""
    try:
        with (
            Pages(first, None, packing_of(first)).open() as one,
            Pages(second, None, packing_of(second)).open() as two,
        ):
            while True:
                left, right = one.read(WINDOW), two.read(WINDOW)
                if left != right:
                    return False
                if not left:
                    return True
    except (OSError, BrokenStreamError):
        return False


def unpacked_head(head: bytes, packing: Packing, bounds: Bounds) -> bytes | Flaw:
    """What `read_head` is for the document inside a compressed file with this head."""
    if not 0 < len(head) < SMALL or (packing.rows and not bounds.rows):
        return head
    try:
        with Pages(b"", head, packing, bounds).open() as file:
            return file.read(SMALL)
    except BrokenStreamError as error:
        return error.flaw


class Pages(Struct, frozen=True):
    """A document as windows, to go over as often as needed: the file's, or `data` if it is given.

    With a `packing` it is what either expands to, and `members` is filled, while they are gone
    over, with the bytes of the document at which its streams begin. `version` is that of an object
    in storage, or of the archive there that it is a member of. Raises OSError, BrokenStreamError.
    """

    path: bytes
    data: bytes | None = None
    packing: Packing | None = None
    bounds: Bounds = NO_BOUNDS
    members: array[int] | None = None
    version: ObjectVersion | None = None

    def __iter__(self) -> Iterator[Window]:
        if self.data is not None and self.packing is None:
            return iter((Window(self.data),))
        return self._read()

    def open(self) -> BytesIO | FileIO | Extract | ObjectFile | Inflated | Unfolded:
        """What the document's bytes are read from; to be closed."""
        raw = self.stored()
        if not self.packing:
            return raw
        if self.packing.rows:
            return self._unfolded(raw) if self.bounds.rows else raw
        if self.members is not None:
            del self.members[:]
        return Inflated(raw, self.packing, self.bounds, self.members)

    def stored(self) -> BytesIO | FileIO | Extract | ObjectFile:
        """What the bytes of the file are read from, as they are there; to be closed."""
        if self.data is not None:
            return BytesIO(self.data)
        if INSIDE not in self.path:
            return stored(self.path, self.version)
        from .archive import open_member  # few files are members of archives

        return open_member(self.path, self.version)

    def _unfolded(self, raw: BytesIO | FileIO | Extract | ObjectFile) -> Unfolded:
        from .parquet import Unfolded  # for Parquet alone

        return Unfolded(raw, self.bounds)

    def from_within(self, start: int, stop: int = 0) -> FileIO | ObjectFile:
        """What the bytes of the file are read from, the byte `start` on; to be closed.

        Nothing after `stop` is read, if it is said. The file is not a compressed one.
        """
        file = stored(self.path, self.version)
        file.seek(start)
        if stop and not isinstance(file, FileIO):
            file.read_until(stop)
        return file

    def starting_at(self, offset: int, size: int) -> Iterator[Window]:
        """Windows of about so many bytes from the byte `offset` on, the start of a line.

        Rows are counted from there. The file is not a compressed one.
        """
        return self._read(offset, size)

    def _read(self, offset: int = 0, size: int = 0) -> Iterator[Window]:
        with self.open() as file:
            if offset:
                assert isinstance(file, BytesIO | FileIO)
                file.seek(offset)
            yield from windows_of(file, offset, size or WINDOW)


def windows_of(file: Source, offset: int = 0, size: int = WINDOW) -> Iterator[Window]:
    """The windows of what is read from `file`, of about so many bytes, from `offset` on."""
    row, column = 1, 1
    pending = b""
    block = file.read(size) or b""
    while block or pending:
        ahead = (file.read(size) or b"") if block else b""
        part, pending = parted(pending, block) if ahead else (pending + block, b"")
        if part:
            yield Window(part, offset, row, column, offset == 0, not ahead)
            row, column = after(part, row, column)
            offset += len(part)
        block = ahead
