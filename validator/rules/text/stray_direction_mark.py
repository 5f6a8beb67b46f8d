"""A direction mark away from right-to-left letters only makes two equal words differ.

Beside them it sets the order: Hebrew, Arabic and Persian texts need U+200E and U+200F next to
punctuation and numbers. In a line without a right-to-left letter they are left over from copying
out of a web page or a messenger.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import RIGHT_TO_LEFT
from ..rule import Local, Rule, unsafely
from . import ALLOWED_CHARACTERS, code_points, described, is_spelled, line_test, removal, sightings

MARKS = choice(
    "text.direction-marks",
    "U+200E, U+200F and U+061C: `by-script` for only in lines with right-to-left letters, "
    "`forbid`, `allow`",
    "by-script forbid allow",
)

_REMOVE = (
    "remove it; where pages run from right to left, numbers may need it: allow such marks with "
    '`text.direction-marks = "allow"`'
)
_EDGES = frozenset("\"'`")
_RUN = "[\u200e\u200f\u061c]+"
# U+061C is in the Arabic block itself, but is no letter.
_LETTER = f"(?!\u061c)[{RIGHT_TO_LEFT}]"
# Before the mark, or a character of ASCII and the mark, no Hebrew, Arabic, Syriac, Thaana, N'Ko.
_NOT_AFTER = b"".join(
    b"(?<!" + right_to_left + between + rb"\xe2\x80.)"
    for between in (b"", rb"[\x00-\x09\x0b\x0c\x0e-\x7f]")
    for right_to_left in (
        rb"\xd6[\x90-\xbf]",
        rb"\xd8[\x80-\x9b\x9d-\xbf]",
        rb"[\xd7\xd9-\xdf][\x80-\xbf]",
    )
)


def clues(settings: Settings) -> list[Clue]:
    if settings[MARKS] == "allow":
        return []
    if settings[MARKS] == "forbid":
        return [Beyond(b"\xe2\x80", rb"[\x8e\x8f]"), Beyond(b"\xd8\x9c", b"")]
    return [Beyond(b"\xe2\x80", rb"[\x8e\x8f]" + _NOT_AFTER), Beyond(b"\xd8\x9c", b"")]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    by_script = settings[MARKS] == "by-script"
    advice = _REMOVE if by_script else "remove it"
    why = "in a line without right-to-left letters" if by_script else "which the profile forbids"
    beside_letters = line_test(window, _LETTER)
    for start, end, match in sightings(window, settings, _RUN):
        shown = _is_quoted(match) or is_spelled(match)
        if not (by_script and (shown or beside_letters(start))):
            yield Hit(
                start,
                end,
                f"{described(match.group())}, {why}",
                help=advice,
                fix=removal(start, end, "the mark"),
                data={"code_points": code_points(match.group())},
            )


def _is_quoted(match: re.Match[str]) -> bool:
    """Whether right-to-left marks stand directly inside or outside of quotation marks or backticks.

    There they set the direction of a line without letters, or are an example of themselves.
    """
    text, start, end = match.string, match.start(), match.end()
    edges = text[max(0, start - 1) : start] + text[end : end + 1]
    return "\u200e" not in match.group() and not _EDGES.isdisjoint(edges)


rule = Rule(
    __name__,
    code="TXT203",
    summary="A mark of text direction stands where no text runs from right to left.",
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(MARKS, ALLOWED_CHARACTERS),
    repairs=(unsafely("The mark is removed.", "characters-removed"),),
    bad={"a.txt": "Title\u200e\nSome \u200f text.\n".encode()},
    ok={"a.txt": "Title\nאני כותב C++\u200e כאן.\n".encode()},
)
