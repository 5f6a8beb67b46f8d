"""Finds names that one system accepts, and another refuses, changes, or cannot tell apart.

Sources: Windows (Naming Files, Paths, and Namespaces); macOS (APFS and HFS+ compare names without
regard to case and Unicode form).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from stringzilla import find, find_first_of

from ..text.lazy_re import later
from ..text.scripts import UNSPACED
from ..text.visible import character_name, visible

MAX_PATH: Final = 260
"""Most characters of a path on Windows, with its drive and the NUL at its end."""

_DEVICE: Final = later(rb"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)", re.IGNORECASE)
_DEVICE_STARTS: Final = (b"\0con", b"\0prn", b"\0aux", b"\0nul", b"\0com", b"\0lpt")
_DEVICE_AMONG: Final = later(rb"\0(?:con|prn|aux|nul|com[0-9]|lpt[0-9])[./\0]")
_ENDS: Final = (b" \0", b".\0", b" /\0", b"./\0")
_RESERVED: Final = b'<>:"\\|?*\x7f' + bytes(range(1, 0x20))
_UNSEEN: Final = later(
    "[\x80-\x9f\xad\u115f\u1160\u180e\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    f"\uffa0\ufff9-\ufffb]|(?<![{UNSPACED}])\u200b(?![{UNSPACED}])"
)


def suspicious(names: bytes) -> bool:
    """Whether `trouble` may find something in one of these names, each between two NULs.

    False only if `trouble` finds nothing in any of them.
    """
    folded = names.lower()
    return (
        not names.isascii()
        or find_first_of(names, _RESERVED) >= 0
        or any(find(folded, needle) >= 0 for needle in _ENDS)
        or (
            any(find(folded, needle) >= 0 for needle in _DEVICE_STARTS)
            and _DEVICE_AMONG.search(folded) is not None
        )
    )


def trouble(name: bytes) -> str:
    """Why the name of a file or directory is not portable, as a clause; empty if it is."""
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        return "it is not UTF-8"
    reserved = next((byte for byte in name if byte in _RESERVED), None)
    if reserved is not None:
        return f"Windows does not allow `{visible(chr(reserved))}`"
    if text.endswith((" ", ".")):
        return "Windows drops the blank or the dot at its end"
    if _DEVICE.match(name):
        return "Windows keeps it for a device"
    unseen = _UNSEEN.search(text)
    if unseen:
        return f"it holds {character_name(ord(unseen.group()))}, which nobody sees"
    if not unicodedata.is_normalized("NFC", text):
        return "its accents are apart from their letters (it is not NFC), as macOS writes them"
    return ""


def folded(name: bytes) -> bytes:
    """A key that is the same for names that another system takes for one name."""
    if not name.isascii():
        try:
            text = unicodedata.normalize("NFD", name.decode()).casefold()
            name = unicodedata.normalize("NFC", text).encode()
        except UnicodeError:
            return name
    return name.lower().rstrip(b" .")


def is_decomposed(name: bytes) -> bool:
    """Whether a name has accents as separate code points (it is not NFC), as macOS may write it."""
    return not unicodedata.is_normalized("NFC", name.decode("utf-8", "replace"))


def are_folded(names: Sequence[bytes]) -> bool:
    """Whether `folded` certainly changes none of these names; quick."""
    joined = b"\0".join((*names, b""))
    return _is_plain(joined) and joined.lower() == joined


def _is_plain(joined: bytes) -> bool:
    """Whether names (NULs between) are ASCII, and none but the last ends in a dot or blank."""
    return joined.isascii() and find(joined, b".\0") < 0 and find(joined, b" \0") < 0


def all_folded(names: Sequence[bytes]) -> list[bytes]:
    """`folded` of each name, in one step if they are plain."""
    joined = b"\0".join(names)
    if _is_plain(joined):
        found = joined.lower().split(b"\0")
        found[-1] = folded(found[-1])
        return found
    return [*map(folded, names)]


def length(path: bytes) -> int:
    """The length of a path as Windows counts it: in UTF-16 code units."""
    if path.isascii():
        return len(path)
    return len(path.decode("utf-8", "replace").encode("utf-16-le", "replace")) // 2
