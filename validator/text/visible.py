"""Text from a document, made harmless: what would steer a terminal or a log is spelled out.

Documents and file names are hostile. Every text that reaches a person goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .lazy_re import later

# Everything that a terminal obeys or that hides or reorders what follows: C0, DEL, C1, surrogates
# (here: bytes that did not decode), and the format characters of Unicode (category Cf, UAX #44)
# with the line and paragraph separators, blank fillers and variation selectors.
_HOSTILE: Final = later(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

# Build services read commands from their log: `##[group]`, `##vso[...]` anywhere in a line.
_LOG_COMMAND: Final = later(r"##(?=\[|vso\[)")


def visible(text: str) -> str:
    """`text` on one line, with each control, invisible or undecodable character spelled out.

    Controls become their Unicode control pictures (`␛`), others `<U+202E>`, bad bytes `<E9>`.
    """
    if text.isascii() and text.isprintable() and "##" not in text:
        return text
    return _LOG_COMMAND.sub("#<U+0023>", _HOSTILE.sub(_spell, text))


def visible_path(path: str) -> str:
    """`visible`, and never at the start of a line what a build service takes for a command."""
    shown = visible(path)
    return f"./{shown}" if shown.lstrip().startswith("::") else shown


def visible_bytes(data: bytes) -> str:
    """Bytes of a document as text for a message; those that are not UTF-8 become `<E9>`."""
    return visible(data.decode("utf-8", "surrogateescape"))


def _spell(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xDC80 <= code <= 0xDCFF:
        return f"<{code - 0xDC00:02X}>"
    return f"<U+{code:04X}>"


def width(text: str) -> int:
    """Columns that `text` takes on a terminal (UAX #11: wide and fullwidth take two)."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def character_name(code: int) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`: how messages name a character."""
    name = _ALIASES.get(code) or unicodedata.name(chr(code), "")
    return f"U+{code:04X} {name}".rstrip()


# Control characters have no name in the standard, only aliases (NameAliases.txt).
_ALIASES: Final = {
    0x00: "NULL", 0x01: "START OF HEADING", 0x02: "START OF TEXT", 0x03: "END OF TEXT",
    0x04: "END OF TRANSMISSION", 0x05: "ENQUIRY", 0x06: "ACKNOWLEDGE", 0x07: "ALERT",
    0x08: "BACKSPACE", 0x09: "CHARACTER TABULATION", 0x0A: "LINE FEED",
    0x0B: "LINE TABULATION", 0x0C: "FORM FEED", 0x0D: "CARRIAGE RETURN", 0x0E: "SHIFT OUT",
    0x0F: "SHIFT IN", 0x10: "DATA LINK ESCAPE", 0x11: "DEVICE CONTROL ONE",
    0x12: "DEVICE CONTROL TWO", 0x13: "DEVICE CONTROL THREE", 0x14: "DEVICE CONTROL FOUR",
    0x15: "NEGATIVE ACKNOWLEDGE", 0x16: "SYNCHRONOUS IDLE",
    0x17: "END OF TRANSMISSION BLOCK", 0x18: "CANCEL", 0x19: "END OF MEDIUM",
    0x1A: "SUBSTITUTE", 0x1B: "ESCAPE", 0x1C: "INFORMATION SEPARATOR FOUR",
    0x1D: "INFORMATION SEPARATOR THREE", 0x1E: "INFORMATION SEPARATOR TWO",
    0x1F: "INFORMATION SEPARATOR ONE", 0x7F: "DELETE", 0x85: "NEXT LINE",
    0x9B: "CONTROL SEQUENCE INTRODUCER",
}  # fmt: skip
