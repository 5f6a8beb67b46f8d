"""Reads tar archives header by header: the name of each member, the place and size of its bytes.

`tarfile` ends without an error at a damaged header, and gives names as text; here every fault is
reported with its byte. Formats: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Header
Block"; the GNU tar manual, "Basic Tar Format".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from .archive_entry import LONGEST_NAME, Entry, plain
from .stand_ins import pointer
from .streams import (
    BrokenStreamError,
    Closing,
    CutStream,
    DamagedStream,
    FalseSuffix,
    TrailingBytes,
)
from .through import Through

BLOCK: Final = 512
_NULS: Final = bytes(BLOCK)
_BLANKS: Final = sum(b" " * 8)
_MAGIC: Final = slice(257, 262)

_REGULAR: Final = b"0\0007"
_LINKS: Final = {b"1": "hard link", b"2": "symbolic link"}
_NOT_REGULAR: Final = {
    **_LINKS,
    b"3": "character device",
    b"4": "block device",
    b"6": "named pipe",
    b"S": "sparse file",
    b"M": "part of a file of another volume",
}
_PASSED: Final = b"5DV"
"""Directories, dumps of them, and labels of volumes: nothing in them is a document."""

_WITHOUT_BYTES: Final = b"123456V"
"""Kinds whose header is followed by no bytes, whatever its size says (as in `tarfile`)."""

_LONG: Final = {b"L": b"path", b"K": b"linkpath"}
"""By kind of a GNU header about the next member: the key that a pax header has for it."""

_MOST_RECORDS: Final = 1 << 20
"""Most bytes of the pax records of a member."""


_SPARSE: Final = b"GNU.sparse."
_ASKED: Final = frozenset({b"path", b"linkpath", b"size", b"GNU.sparse.name"})
"""The records of a pax header that are asked for by name."""


class _Header:
    """One header block, at the byte `at`: of a member, or about the next member."""

    def __init__(self, block: bytes, at: int) -> None:
        self.block, self.at = block, at
        self.kind = block[156:157]
        size = _number(block[124:136])
        if size is None or size < 0:
            raise _damaged(at, f"the size in the header at byte {at} is no number")
        self.size = size

    @property
    def has_bytes(self) -> bool:
        """Whether the bytes of the member follow."""
        if self.kind == b"\0" and self.name.endswith(b"/"):
            return False
        return self.kind not in _WITHOUT_BYTES

    @property
    def is_extended(self) -> bool:
        """Whether more of the map of a sparse file follows."""
        return self.kind == b"S" and self.block[482] != 0

    @property
    def name(self) -> bytes:
        """The name, with its prefix where the format has one."""
        own, block = _text(self.block[:100]), self.block
        if block[257:263] == b"ustar\0":
            prefix = _text(block[345:500])
            return prefix + b"/" + own if prefix else own
        return own

    @property
    def target(self) -> bytes:
        """Where a link leads."""
        return _text(self.block[157:257])


class Tar(Closing):
    """The members of a tar archive, one after the other. Raises BrokenStreamError."""

    def __init__(self, stream: Through) -> None:
        self._stream = stream
        self.is_empty = not stream.size
        self._shared: dict[bytes, bytes] = {}

    def close(self) -> None:
        """Close the archive."""
        self._stream.close()

    def __iter__(self) -> Iterator[Entry]:
        own: dict[bytes, bytes] = {}
        stream = self._stream
        while header := self._next(stream.at):
            if header.kind in b"xXgLK":
                self._learn(header, own)
                continue
            entry = self._entry(header, own)
            own = {}
            if entry is not None:
                yield entry
            if header.has_bytes:
                self._pass_by(header, entry)
        if own:
            raise _damaged(stream.at, "its last header tells of a member, and none follows")

    def _pass_by(self, header: _Header, entry: Entry | None) -> None:
        """Go on after the bytes of a member."""
        stream = self._stream
        start, size = header.at + BLOCK, entry.size if entry else header.size
        if header.is_extended:
            start = max(start, self._behind_map(header))
        if start + size > stream.size:
            raise _cut(stream.size - start, entry.name if entry else header.name)
        stream.go_to(start + -(-size // BLOCK) * BLOCK)

    def _behind_map(self, header: _Header) -> int:
        """The byte after the blocks with the map of a sparse file."""
        self._stream.go_to(header.at + BLOCK)
        while block := self._stream.read(BLOCK):
            if len(block) < BLOCK or not block[504]:
                break
        return self._stream.at

    def read(self, entry: Entry, size: int) -> bytes:
        """The first `size` bytes of the member that came last. Raises BrokenStreamError."""
        wanted = min(size, entry.size)
        data = self._stream.read(wanted)
        if len(data) < wanted:
            raise _cut(len(data), entry.name)
        return data

    def _next(self, at: int) -> _Header | None:
        """The next header; None after the last one."""
        block = self._stream.read(BLOCK)
        if block == _NULS:
            self._must_end()
            return None
        if len(block) < BLOCK:
            raise _cut(0) if at else self._no_tar(block)
        if not _is_sound(block):
            if not at:
                raise self._no_tar(block)
            raise _damaged(at, f"the checksum of the header at byte {at} is not that of its bytes")
        return _Header(block, at)

    def _no_tar(self, block: bytes) -> BrokenStreamError:
        if block[_MAGIC] == b"ustar" and len(block) < BLOCK:
            return _cut(0)
        if block[_MAGIC] == b"ustar":
            return _damaged(0, "the checksum of the first header is not that of its bytes")
        found = pointer(block)
        return BrokenStreamError(found or FalseSuffix("tar", ".tar", ""))

    def _must_end(self) -> None:
        """Nothing but NULs may follow the two blocks at the end."""
        while data := self._stream.read(1 << 16):
            rest = data.lstrip(b"\0")
            if rest:
                offset = self._stream.at - len(rest)
                raise BrokenStreamError(TrailingBytes("tar", offset))

    def _learn(self, header: _Header, own: dict[bytes, bytes]) -> None:
        """Read a header about the next member (into `own`), or about all members."""
        most = _MOST_RECORDS if header.kind in b"xXg" else LONGEST_NAME
        if header.size > most:
            words = f"the header at byte {header.at} says {header.size} bytes of the next member"
            raise _damaged(header.at, words)
        data = self._stream.read(header.size)
        if len(data) < header.size:
            raise _cut(len(data))
        if header.kind in _LONG:
            own[_LONG[header.kind]] = _text(data)
        elif header.kind == b"g":
            for key, value in _records(data, header.at).items():
                if key in _ASKED or key.startswith(_SPARSE):  # others would be carried on and on
                    self._shared[key if key in _ASKED else _SPARSE] = value
        else:
            own.update(_records(data, header.at))
        self._stream.go_to(header.at + BLOCK + -(-header.size // BLOCK) * BLOCK)

    def _entry(self, header: _Header, own: Mapping[bytes, bytes]) -> Entry | None:
        """The entry for a header; None for directories and other members without own bytes."""
        said = {**self._shared, **own} if self._shared or own else own
        name = said.get(b"GNU.sparse.name") or said.get(b"path") or header.name
        size = header.size
        if b"size" in said:
            size = _decimal(said[b"size"], header.at)
        if header.kind in _PASSED or (header.kind == b"\0" and name.endswith(b"/")):
            return None
        target = said.get(b"linkpath") or header.target if header.kind in _LINKS else b""
        return Entry(plain(name), header.at + BLOCK, size, _odd(header.kind, said), target)


def _odd(kind: bytes, said: Mapping[bytes, bytes]) -> str:
    """The kind, in words, of a member that is no regular file; empty for a regular one."""
    if kind in _NOT_REGULAR:
        return _NOT_REGULAR[kind]
    if any(key.startswith(_SPARSE) for key in said):
        return "sparse file"
    return "" if kind in _REGULAR else f"member of the type {ascii(kind)[1:]}"


def _is_sound(block: bytes) -> bool:
    """Whether the checksum of a header is right: of bytes without a sign, or (old) with one."""
    said = _number(block[148:156])
    total = sum(block) - sum(block[148:156]) + _BLANKS
    if said == total:
        return True
    return said == total - 256 * sum(byte > 127 for byte in block[:148] + block[156:])


def _number(field: bytes) -> int | None:
    """A number in octal digits or, as the first byte tells, in binary (GNU); None if it is none."""
    if field[0] in (0x80, 0xFF):
        return int.from_bytes(field[1:], "big") - (256 ** (len(field) - 1) if field[0] > 128 else 0)
    digits = field.replace(b"\0", b" ").strip()
    try:
        return int(digits, 8) if digits else 0
    except ValueError:
        return None


def _decimal(digits: bytes, at: int) -> int:
    if not digits.isdigit() or len(digits) > 19:
        raise _damaged(at, f"a size in the pax records at byte {at} is no number")
    return int(digits)


def _records(data: bytes, at: int) -> dict[bytes, bytes]:
    """The records of a pax header: `LENGTH KEY=VALUE`, each ending in LF."""
    found = {}
    start = 0
    while start < len(data.rstrip(b"\0")):
        blank = data.find(b" ", start, start + 20)
        digits = data[start:blank] if blank > start else b""
        end = start + int(digits) if digits.isdigit() else 0
        key, sign, value = data[blank + 1 : end - 1].partition(b"=")
        if end <= blank or end > len(data) or not sign or data[end - 1 : end] != b"\n":
            raise _damaged(at, f"the pax records at byte {at} are not written as they must be")
        found[key] = value
        start = end
    return found


def _text(field: bytes) -> bytes:
    return field.partition(b"\0")[0]


def _damaged(size: int, cause: str) -> BrokenStreamError:
    return BrokenStreamError(DamagedStream("tar", size, cause))


def _cut(size: int, name: bytes = b"") -> BrokenStreamError:
    return BrokenStreamError(CutStream("tar", max(size, 0), name))
