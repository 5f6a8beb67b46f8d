"""Reads documents as bytes: small ones in one call, large ones window by window."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO, FileIO
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from ..model import BlockingFlaw, Flaw
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

Larger buffers are slower: malloc gets 128 KiB or more from the system, and gives them back, each
time.
"""

_FIRST: Final = 1 << 15
"""Bytes that are read first: to allocate SMALL bytes, and give most of them back, takes a quarter
of the time to read a file of 2.5 kB."""

WINDOW: Final = 1 << 18
"""Bytes read at a time from a larger file (64 KiB to 1 MiB measure alike)."""

NO_BOUNDS: Final = Bounds()

_LOOKS_UP_NAMES: Final = os.open in os.supports_dir_fd
"""Whether the system can open a file by its name in an open directory; Windows cannot."""

_open, _read, _close = os.open, os.read, os.close  # one look-up less for each file and call


class Unreadable(BlockingFlaw, frozen=True):
    """A file that the system does not let us read; `reason` is in its words."""

    reason: str
    advice: str = ""


class Empty(BlockingFlaw, frozen=True):
    """A file without a byte."""


class Blank(BlockingFlaw, frozen=True):
    """A file of only blanks and line ends, `size` bytes long."""

    size: int


def unreadable(error: OSError) -> Unreadable:
    """The flaw for an error of the system when a file was opened or read."""
    return Unreadable(error.strerror or type(error).__name__, getattr(error, "advice", ""))


def read_head(path: bytes, size: int = SMALL) -> bytes:
    """The first bytes of a file; fewer than `size` mean that this is all of it. Raises OSError.

    Also for a file that has become a pipe or a device since it was listed.
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
    """The current version of an object in storage. Raises OSError."""
    from .storage.object_file import ObjectFile

    with ObjectFile(path) as file:
        return file.version()


def read_beginning(path: bytes, size: int) -> bytes:
    """The first bytes of the document in a file, at most `size`; empty if it cannot be read."""
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
    """The first `most` bytes of the sidecar at `path`, and its size; None if there is none.

    It is opened without waiting, and no link is followed out of its directory. Empty, with size 0,
    if it cannot be read. A small file takes no more system calls than in `read_head`.
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
    """`read_beside` for a file that is larger than its first bytes `data`. Raises OSError."""
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
    """`read_head` of each file, in order; for a file that cannot be read, or is `odd`, the flaw.

    `versions` are the versions of objects in storage; None for files.
    """
    if versions is not None:
        return _heads_of_objects(folder, names, odd, versions)
    if odd.keys().isdisjoint(names):
        try:
            return _heads(folder, names)
        except OSError:
            pass  # one file cannot be read: find out which
    return [odd[name] if name in odd else _head_or_flaw(folder + name) for name in names]


def _heads(folder: bytes, names: Sequence[bytes]) -> list[bytes | Flaw]:
    """`read_head` of each file, in one loop without Python calls, as small files are many.

    The directory is opened once, as opening by a whole path takes longer than by a name.
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
    """The size of a file as it is stored, and its digests; `head` is the result of `read_head`.

    `version` is that of an object in storage, else None. Raises OSError.
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
    """Whether the documents in two files have the same bytes; False if one cannot be read."""
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
    """`read_head` for the document in a compressed file with this head; a flaw if it is broken."""
    if not 0 < len(head) < SMALL or (packing.rows and not bounds.rows):
        return head
    try:
        with Pages(b"", head, packing, bounds).open() as file:
            return file.read(SMALL)
    except BrokenStreamError as error:
        return error.flaw


class Pages(Struct, frozen=True):
    """A document as windows, to go over as often as needed: of a file, or of `data` if given.

    With a `packing`, it is the expanded bytes; then each pass fills `members` with the offsets, in
    the document, at which the streams begin. `version` is that of an object in storage, or of the
    archive there that has the member. Raises OSError, BrokenStreamError.
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
        """The open source of the document's bytes; to be closed."""
        raw = self.stored()
        if not self.packing:
            return raw
        if self.packing.rows:
            return self._unfolded(raw) if self.bounds.rows else raw
        if self.members is not None:
            del self.members[:]
        return Inflated(raw, self.packing, self.bounds, self.members)

    def stored(self) -> BytesIO | FileIO | Extract | ObjectFile:
        """The open source of the file's bytes as they are stored; to be closed."""
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
        """The open source of the file's bytes from the byte `start` on; to be closed.

        No byte after `stop` will be read, if it is not 0. The file must not be compressed.
        """
        file = stored(self.path, self.version)
        file.seek(start)
        if stop and not isinstance(file, FileIO):
            file.read_until(stop)
        return file

    def starting_at(self, offset: int, size: int) -> Iterator[Window]:
        """Windows of about `size` bytes from the byte `offset` on, where a line must begin.

        Rows are counted from there. The file must not be compressed.
        """
        return self._read(offset, size)

    def _read(self, offset: int = 0, size: int = 0) -> Iterator[Window]:
        with self.open() as file:
            if offset:
                assert isinstance(file, BytesIO | FileIO)
                file.seek(offset)
            yield from windows_of(file, offset, size or WINDOW)


def windows_of(file: Source, offset: int = 0, size: int = WINDOW) -> Iterator[Window]:
    """The windows, of about `size` bytes, of the bytes of `file`; the first one is at `offset`."""
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
