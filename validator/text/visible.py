"""Text from a document, made harmless: what would steer a terminal or a log is spelled out.

Documents and file names are hostile. Every text that reaches a person goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from .lazy_re import later

# What a terminal obeys, and what hides or reorders the text around it, of Unicode 17.
_UNSEEN: Final = (
    # General_Category Cc, Cs (here: bytes that did not decode), Zl and Zp (UnicodeData.txt)
    "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"
    # General_Category Cf
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    # Default_Ignorable_Code_Point besides (DerivedCoreProperties.txt): fillers, variation
    # selectors, and what is kept free for more of their kind
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2065\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufff8"
    # A glyph without ink: the blank of braille (NamesList.txt)
    "\u2800"
    # Noncharacters (The Unicode Standard, 23.7), which XML refuses
    "\ufdd0-\ufdef\ufffe\uffff"
)
_UNSEEN_BEYOND: Final = (  # the same beyond U+FFFF
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    # without ink: Egyptian blanks, Khitan filler, null notehead
    "\U00013441\U00013442\U00016fe4\U0001d159"
    + "".join(f"{chr(end)}{chr(end + 1)}" for end in range(0x1FFFE, 0x110000, 0x10000))
)
_HOSTILE: Final = later(f"[{_UNSEEN}]")
_HOSTILE_BEYOND: Final = later(f"[{_UNSEEN}{_UNSEEN_BEYOND}]")  # a search takes six times as long

# Build services read commands from their log: `##[group]` (GitHub Actions, Azure Pipelines),
# `##vso[...]`, `##teamcity[...]`, `##octopus[...]`, anywhere in a line.
_LOG_COMMAND: Final = later(r"##(?=[A-Za-z]*\[)")

# Commands at the start of a line: `::error::` (GitHub Actions, which trims blanks before it; none
# of its commands begins with a colon, as `::: path` does), headers of groups (Buildkite, at the
# first column).
STARTS_COMMAND: Final = later(
    r"^(?:(?P<blanks>[^\S\n]*)::(?!: )|(?:---|\+\+\+|~~~|\^\^\^)(?=\s|$))", re.MULTILINE
)


def visible(text: str) -> str:
    """`text` on one line, with each control, invisible or undecodable character spelled out.

    Controls become their Unicode control pictures (`␛`), others `<U+202E>`, bad bytes `<E9>`.
    """
    if is_visible(text):
        return text
    return _LOG_COMMAND.sub("#<U+0023>", _hostile_in(text).sub(_spell, text))


def is_visible(text: str) -> bool:
    """Whether `visible` surely returns `text` unchanged. A quick look: False may be wrong."""
    if not text.isprintable() or ("##" in text and _LOG_COMMAND.search(text)):
        return False
    return text.isascii() or not _hostile_in(text).search(text)


def _hostile_in(text: str) -> re.Pattern[str]:
    """The pattern that finds all hostile characters of `text`: the fast one if that is enough."""
    has_beyond = len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)
    return _HOSTILE_BEYOND if has_beyond else _HOSTILE


def visible_path(path: str) -> str:
    """`visible(path)`, after `./` where a build service would take it for a command."""
    shown = visible(path)
    return f"./{shown}" if STARTS_COMMAND.match(shown) else shown


def visible_bytes(data: bytes) -> str:
    """Bytes of a document as text for a message; those that are not UTF-8 become `<E9>`."""
    return visible(data.decode("utf-8", "surrogateescape"))


def shortened(text: str, most: int) -> str:
    """`visible` of the first `most` characters, and `…` where there are more."""
    return visible(text[:most]) + ("…" if len(text) > most else "")


def visible_parts(*parts: bytes) -> list[str]:
    """`visible_bytes` of each part of a line, where the parts form no command together either."""
    shown = [visible_bytes(part) for part in parts]
    joined = "".join(shown)
    for match in reversed([*_LOG_COMMAND.finditer(joined)] if "##" in joined else []):
        at = match.start() + 1
        for number, part in enumerate(shown):
            if at < len(part):
                shown[number] = f"{part[:at]}<U+0023>{part[at + 1 :]}"
                break
            at -= len(part)
    return shown


def escaped(text: str) -> str:
    """Complete lines of TOML or JSON, with what is not visible in their strings escaped."""
    shown = _hostile_in(text).sub(_escape, text)
    return _LOG_COMMAND.sub(r"#\\u0023", shown)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 0x0A:
        return "\n"
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


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
    """Columns that visible text takes on a terminal: wide characters and emoji take two."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # only where there is more than ASCII to be shown

    columns = wcswidth(text)
    return columns if columns >= 0 else len(text)


def last_columns(text: str, room: int) -> str:
    """The end of visible text, in at most `room` columns."""
    columns = 0
    for at in range(len(text) - 1, -1, -1):
        columns += width(text[at])
        if columns > room:
            return text[at + 1 :]
    return text


def character_name(code: int) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`: how messages name a character."""
    name = _ALIASES.get(code) or unicodedata.name(chr(code), "")
    return f"U+{code:04X} {name}".rstrip()


# Control characters have no name in the standard, only aliases (NameAliases.txt).
_FIRST_ALIASES: Final = (
    "NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY",
    "ACKNOWLEDGE", "ALERT", "BACKSPACE", "CHARACTER TABULATION", "LINE FEED", "LINE TABULATION",
    "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN", "DATA LINK ESCAPE",
    "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE", "DEVICE CONTROL FOUR",
    "NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL",
    "END OF MEDIUM", "SUBSTITUTE", "ESCAPE", "INFORMATION SEPARATOR FOUR",
    "INFORMATION SEPARATOR THREE", "INFORMATION SEPARATOR TWO", "INFORMATION SEPARATOR ONE",
)  # fmt: skip
_ALIASES: Final = {
    **dict(enumerate(_FIRST_ALIASES)),
    0x7F: "DELETE",
    0x85: "NEXT LINE",
    0x9B: "CONTROL SEQUENCE INTRODUCER",
}
