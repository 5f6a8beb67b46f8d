"""Reads zip archives: the members in the directory at the end, each checked by its checksum.

`zipfile` keeps all members in memory, gives names as text, and refuses a whole archive for one
name. Formats: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12 (directory), 4.3.14 to 4.3.16
(its end, also of zip64), 4.4.4 (flags), 4.4.5 (methods), 4.5.3 (sizes of zip64).
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from io import RawIOBase
from struct import Struct as Packer
from typing import Final, NamedTuple

from .archive_entry import BrokenMemberError, Entry, plain
from .compression import Bounds
from .stand_ins import pointer
from .streams import (
    RATIO_FROM,
    BrokenStreamError,
    Closing,
    CutStream,
    DamagedStream,
    Encrypted,
    Expanded,
    FalseSuffix,
)
from .through import Through
from .zip_members import METHODS, ZipMember

_LOCAL, _LISTED, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_END64, _FINDER = b"PK\6\6", b"PK\6\7"
_OF_LISTED: Final = Packer("<4s4B4H3L5H2L")
_OF_LOCAL: Final = Packer("<4s5H3L2H")
_OF_END: Final = Packer("<4s4H2LH")
_OF_END64: Final = Packer("<4sQ2H2L4Q")
_OF_FINDER: Final = Packer("<4sLQL")
_LONGEST_COMMENT: Final = 0xFFFF
_ENCRYPTED: Final = 0x2041  # the traditional way, the strong one, names of the directory
_UTF8: Final = 0x800
_UNIX: Final = 3
_FULL: Final = 0xFFFFFFFF
"""In place of a size that is in the extra field of zip64."""


class _Directory(NamedTuple):
    """Where the directory is: its first byte, its size in bytes, and how `many` members it lists.

    `before` is how many bytes are before the archive; offsets in it do not count them.
    """

    many: int
    start: int
    size: int
    before: int


class Zip(Closing):
    """The members of a zip, in the order of its directory. Raises BrokenStreamError.

    If only one member is damaged, it is a BrokenMemberError, and the next one can be read.
    """

    def __init__(self, listed: RawIOBase, data: RawIOBase, bounds: Bounds) -> None:
        """The archive is opened twice: `listed` to read its directory, `data` for its members."""
        self._bounds = bounds
        self._listed, self._data = Through(listed), Through(data)
        self.is_empty = not self._listed.size
        self._expanded = 0

    def close(self) -> None:
        """Close the archive."""
        self._listed.close()
        self._data.close()

    def __iter__(self) -> Iterator[Entry]:
        found, listed = self._directory(), self._listed
        listed.go_to(found.start)
        for number in range(found.many):
            entry = self._entry(found.before, number)
            if listed.at > found.start + found.size:
                raise _damaged("its directory is longer than its end says")
            if entry is not None:
                yield entry
        if listed.at != found.start + found.size:
            raise _damaged(f"its directory goes on behind the {found.many} members of it")

    def _directory(self) -> _Directory:
        """Where the directory is, as the end of the archive tells."""
        listed = self._listed
        head = listed.read(len(_LOCAL))
        most = _OF_END.size + _LONGEST_COMMENT
        listed.go_to(max(0, listed.size - most))
        first, tail = listed.at, listed.read(most)
        at = tail.rfind(_END)
        if at < 0 or len(tail) - at < _OF_END.size:
            raise self._no_end(head, tail)
        _, disk, _, _, count, size, start, comment = _OF_END.unpack_from(tail, at)
        if at + _OF_END.size + comment != len(tail):
            raise _damaged("its end is not that of the file")
        if disk not in (0, 0xFFFF):
            raise _damaged("it is a part of several, and the others are not there")
        at += first
        if 0xFFFF in (disk, count) or _FULL in (size, start):
            at, count, size, start = self._wider(at, (count, size, start))
        before = at - size - start
        if before < 0:
            raise _damaged("its directory is not where its end says")
        listed.go_to(start + before)
        return _Directory(count, start + before, size, before)

    def _wider(self, at: int, known: tuple[int, int, int]) -> tuple[int, int, int, int]:
        """The place of the end of the directory, then count, size and start, by zip64 if it is."""
        listed = self._listed
        listed.go_to(max(0, at - _OF_FINDER.size))
        block = listed.read(_OF_FINDER.size)
        if len(block) < _OF_FINDER.size or not block.startswith(_FINDER):
            return (at, *known)
        listed.go_to(max(0, at - _OF_FINDER.size - _OF_END64.size))
        where, block = listed.at, listed.read(_OF_END64.size)
        if len(block) < _OF_END64.size or not block.startswith(_END64):
            raise _damaged("the end of its directory (zip64) is not where it says")
        *_, count, size, start = _OF_END64.unpack(block)
        return where, count, size, start

    def _no_end(self, head: bytes, tail: bytes) -> BrokenStreamError:
        if head == _LOCAL:
            return BrokenStreamError(CutStream("zip", 0))
        return BrokenStreamError(pointer(tail) or FalseSuffix("zip", ".zip", ""))

    def _entry(self, before: int, number: int) -> Entry | None:
        """The next entry of the directory of the archive; None for a folder, without own bytes."""
        listed = self._listed
        block = listed.read(_OF_LISTED.size)
        if len(block) < _OF_LISTED.size or not block.startswith(_LISTED):
            raise _damaged(f"what its directory says of member {number + 1} cannot be read")
        _, _, system, _, _, flags, method, _, _, checksum, stored, size, *more = _OF_LISTED.unpack(
            block
        )
        of_name, of_extra, of_comment, _, _, attributes, offset = more
        name, extra = listed.read(of_name), listed.read(of_extra)
        listed.read(of_comment)
        size, stored, offset = _wide(extra, size, stored, offset)
        if name.endswith(b"/") and not size:
            return None
        kind = stat.S_IFMT(attributes >> 16) if system == _UNIX else 0
        return Entry(
            plain(name),
            before + offset,
            size,
            _ODD.get(kind, ""),
            stored=stored,
            method=method,
            checksum=checksum,
            is_encrypted=bool(flags & _ENCRYPTED),
            is_unmarked=not flags & _UTF8 and not name.isascii(),
            is_mismarked=bool(flags & _UTF8) and not _is_utf8(name),
        )

    def read(self, entry: Entry, size: int) -> bytes:
        """The first `size` bytes of a member. Raises BrokenMemberError."""
        self._expanded += entry.size
        taken, ratio = self._listed.size, self._bounds.ratio
        if self._expanded > RATIO_FROM and 0 < ratio * taken < self._expanded:
            raise BrokenStreamError(Expanded("zip", taken, self._expanded, self._bounds))
        member = member_at(self._data, entry, self._bounds)
        try:
            return member.read(size if size < entry.size else entry.size + 1)  # and its checksum
        except BrokenStreamError as error:
            raise BrokenMemberError(error.flaw) from error


def member_at(data: Through, entry: Entry, bounds: Bounds) -> ZipMember:
    """The bytes of a member, to be read from `data`. Raises BrokenMemberError."""
    if entry.is_encrypted:
        raise BrokenMemberError(Encrypted("zip"))
    if entry.method not in METHODS:
        words = f"the method of its compression, {entry.method}, is not known here"
        raise BrokenMemberError(DamagedStream("zip member", 0, words))
    data.go_to(entry.offset)
    block = data.read(_OF_LOCAL.size)
    if len(block) < _OF_LOCAL.size or not block.startswith(_LOCAL):
        words = f"at byte {entry.offset}, where its header should be, is none"
        raise BrokenMemberError(DamagedStream("zip member", 0, words))
    *_, of_name, of_extra = _OF_LOCAL.unpack(block)
    name = data.read(of_name)
    data.read(of_extra)
    if plain(name) != entry.name:
        words = "its own header has another name than the directory"
        raise BrokenMemberError(DamagedStream("zip member", 0, words))
    return ZipMember(data, entry, bounds)


_ODD: Final = {
    stat.S_IFLNK: "symbolic link",
    stat.S_IFCHR: "character device",
    stat.S_IFBLK: "block device",
    stat.S_IFIFO: "named pipe",
    stat.S_IFSOCK: "socket",
}


def _wide(extra: bytes, size: int, stored: int, offset: int) -> tuple[int, int, int]:
    """Sizes and offset; those that do not fit 32 bits come from the extra field of zip64."""
    if _FULL not in (size, stored, offset):
        return size, stored, offset
    at = 0
    while at + 4 <= len(extra):
        kind, length = int.from_bytes(extra[at : at + 2], "little"), extra[at + 2 : at + 4]
        end = at + 4 + int.from_bytes(length, "little")
        if kind == 1:
            numbers = [
                int.from_bytes(extra[one : one + 8], "little") for one in range(at + 4, end, 8)
            ]
            return _filled((size, stored, offset), numbers)
        at = end
    return size, stored, offset


def _filled(known: tuple[int, int, int], numbers: list[int]) -> tuple[int, int, int]:
    """`known` with the next of `numbers` in place of each that did not fit."""
    if len(numbers) < known.count(_FULL):
        raise _damaged("the sizes (zip64) of a member are not there")
    rest = iter(numbers)
    size, stored, offset = (next(rest) if one == _FULL else one for one in known)
    return size, stored, offset


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _damaged(cause: str) -> BrokenStreamError:
    return BrokenStreamError(DamagedStream("zip", 0, cause))
