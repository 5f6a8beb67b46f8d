"""A name that one system takes and another refuses cannot be checked out, unpacked or synchronised.

Windows forbids some characters and endings and keeps names such as `con` for devices; macOS
rewrites letters with accents; a name that is not UTF-8 has no spelling that all tools share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from stringzilla import find, find_first_of

from ...model import Hit, Severity, about_file
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.visible import visible
from ..rule import Example, Name, Rule

# Naming Files, Paths, and Namespaces (Win32): reserved characters, endings and device names.
_DEVICE = later(rb"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_DEVICE_STARTS = (b"\0con", b"\0prn", b"\0aux", b"\0nul", b"\0com", b"\0lpt")
_DEVICE_AMONG = later(rb"\0" + _DEVICE.pattern.replace(b"$", rb"\0"))
_ENDS = (b" \0", b".\0")
_RESERVED = b'<>:"\\|?*\x7f' + bytes(range(1, 0x20))


def suspicious(names: bytes) -> bool:
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


def diagnose(name: bytes, settings: Settings) -> Iterator[Hit]:
    trouble = _trouble(name)
    if trouble:
        shown = visible(name.decode("utf-8", "surrogateescape"))
        yield about_file(
            f"the file name `{shown}` does not travel: {trouble}",
            help="rename it with letters, digits, `-`, `_` and `.`",
        )


def _trouble(name: bytes) -> str:
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
    if not unicodedata.is_normalized("NFC", text):
        return "its accents are apart from their letters (it is not NFC), as macOS writes them"
    return ""


rule = Rule(
    code="FIL104",
    name="unportable-name",
    summary="A file name is not possible, or not the same, on another system.",
    why=__doc__,
    check=Name(suspicious, diagnose),
    severity=Severity.WARNING,
    bad=Example({"what?.txt": b"Title\nText.\n"}),
    ok=Example({"what.txt": b"Title\nText.\n"}),
)
