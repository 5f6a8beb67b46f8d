"""Bytes of another encoding become UTF-8: encoded back they are what was there."""

from __future__ import annotations

from . import Change, Invariant, each

CESU_8 = "cesu-8"
"""The `how` of an edit of surrogate pairs: each unit of UTF-16 had been written as UTF-8."""

MARKED = "marked "
"""What `how` begins with, before the name of an encoding, if the old text has a byte order mark."""


def _comes_back(change: Change) -> bool:
    """Whether the new text, encoded as `how` says, gives the old bytes."""
    try:
        text = change.new.decode()
        return bool(change.how) and _encoded(text, change.how) == change.old
    except (UnicodeError, LookupError):
        return False


def _encoded(text: str, codec: str) -> bytes:
    if codec.startswith(MARKED):
        return f"\ufeff{text}".encode(codec.removeprefix(MARKED))
    if codec != CESU_8:
        return text.encode(codec)
    units = text.encode("utf-16-be")
    halves = (int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2))
    return b"".join(chr(half).encode("utf-8", "surrogatepass") for half in halves)


INVARIANT = Invariant("the text, encoded back, gives the bytes that were there", each(_comes_back))
