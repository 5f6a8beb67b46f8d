"""Entries of archives: what the header of a member says about its name, place, size and kind."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from ..model import Flaw

LONGEST_NAME: Final = 1 << 16
"""Most bytes of a name, or of another text in a member's header; systems allow paths of 4096."""


class Entry(Struct, frozen=True):
    """A member of an archive, in the order of the archive.

    `name` is its path, without needless parts (`a/b` for `./a//b`). `offset` is the offset of its
    first byte in the archive, after decompression of the whole archive; in a zip, of its local
    header. `size` is its size; in a zip `stored` is the size of its compressed bytes, `method` the
    number of the compression method. `odd` says in words what a member is that is no regular file,
    else it is empty; `target` is the path that a link leads to. `is_unmarked`: the name is not
    ASCII, and is not marked as UTF-8. `is_mismarked`: it is marked as UTF-8, and is not.
    """

    name: bytes
    offset: int
    size: int
    odd: str = ""
    target: bytes = b""
    stored: int = 0
    method: int = 0
    checksum: int = 0
    is_encrypted: bool = False
    is_unmarked: bool = False
    is_mismarked: bool = False


class BrokenMemberError(Exception):
    """One member cannot be read, but the next ones can; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def plain(name: bytes) -> bytes:
    """The name without `.` and empty parts; unchanged if it is unsafe."""
    if b"//" not in name and b"./" not in name and name[:1] not in b"/." and name[-2:] != b"/.":
        return name
    if is_unsafe(name):
        return name
    return b"/".join(part for part in name.split(b"/") if part not in (b"", b"."))


def is_unsafe(name: bytes) -> str:
    """Why a name must not be unpacked, as the rest of a sentence; empty if it is safe."""
    if b".." in name and b".." in name.replace(b"\\", b"/").split(b"/"):
        return "leads upwards with `..`"
    if name.startswith((b"/", b"\\")):
        return "is absolute"
    if name[1:2] == b":" and name[:1].isalpha():
        return "begins with the letter of a drive"
    if b"\0" in name:
        return "has a NUL in it"
    return "" if name else "is empty"
