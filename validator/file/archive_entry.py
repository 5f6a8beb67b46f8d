"""What an archive says of a member before its bytes: its name, its size, why it is not read."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from ..model import Flaw

LONGEST_NAME: Final = 1 << 16
"""Bytes of a name, and of what else a header says of a member; systems take 4096."""


class Entry(Struct, frozen=True):
    """A member of an archive, in the order of the archive.

    `name` is its path, without what does not change where it leads (`./a//b` is `a/b`). `offset` is
    that of its first byte in the archive, or in what the archive expands to; in a zip that of its
    local header. `size` is that of the member, `stored` that of its bytes in a zip, which `method`
    has compressed. What is no regular file is `odd`, in words, and a link leads to a `target`.
    A name that `is_unmarked` is not ASCII, and not said to be UTF-8; one that `is_mismarked` is
    said to be, and is not.
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
    """A member cannot be read, and those behind it can; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def plain(name: bytes) -> bytes:
    """The name without parts that lead nowhere; as it is where it is plain, or unsafe."""
    if b"//" not in name and b"./" not in name and name[:1] not in b"/." and name[-2:] != b"/.":
        return name
    if is_unsafe(name):
        return name
    return b"/".join(part for part in name.split(b"/") if part not in (b"", b"."))


def is_unsafe(name: bytes) -> str:
    """Why a name leads out of where it is unpacked, as the rest of a sentence; empty if not."""
    if b".." in name and b".." in name.replace(b"\\", b"/").split(b"/"):
        return "leads upwards with `..`"
    if name.startswith((b"/", b"\\")):
        return "is absolute"
    if name[1:2] == b":" and name[:1].isalpha():
        return "begins with the letter of a drive"
    if b"\0" in name:
        return "has a NUL in it"
    return "" if name else "is empty"
