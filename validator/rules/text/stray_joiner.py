"""ZWJ and ZWNJ choose between joined and separate forms of letters; beside Latin they do nothing.

Persian, Urdu, Hindi, Malayalam and emoji cannot be written without them, so stripping them all is
a fault of its own. Between letters that never join, or at the edge of a line, they only make two
equal words differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ...text.scripts import JOINING, PICTURES
from ..rule import Local, Rule, unsafely
from . import (
    ALLOWED_CHARACTERS,
    LINE_END,
    LINE_START,
    code_points,
    described,
    is_alone,
    removal,
    sightings,
)

JOINERS = choice(
    "text.joiners",
    "U+200C and U+200D: `by-script` for only beside letters that join, and ZWJ in emoji, `forbid`, "
    "`allow`",
    "by-script forbid allow",
)

_STRAY = (
    f"(?:{LINE_START}\u200c|\u200c{LINE_END}"
    f"|(?<![{JOINING}])\u200c(?![{JOINING}])"
    f"|(?<![{JOINING}{PICTURES}])\u200d(?![{JOINING}])"
    f"|(?<![{JOINING}])\u200d(?![{JOINING}{PICTURES}]))[\u200c\u200d]*"
)

# What stands beside them in clean text: Arabic to N'Ko (D8-DF), Indic (E0), and emoji.
_LETTER = (rb"[\xd8-\xdf][\x80-\xbf]", rb"\xe0[\xa4-\xbf][\x80-\xbf]")
_PICTURE = (rb"\xf0\x9f[\x80-\xab][\x80-\xbf]", rb"\xef\xb8\x8f", rb"\xe2[\x87-\xae][\x80-\xbf]")
_NOT_AFTER_LETTER = b"".join(b"(?<!" + one + rb"\xe2\x80.)" for one in _LETTER)
_NOT_AFTER_PICTURE = b"".join(b"(?<!" + one + rb"\xe2\x80.)" for one in _PICTURE)
_NOT_BEFORE_LETTER = b"(?!" + b"|".join(_LETTER) + b")"
_NOT_BEFORE_PICTURE = b"(?!" + b"|".join(_PICTURE) + b")"


def clues(settings: Settings) -> list[Clue]:
    if settings[JOINERS] == "allow":
        return []
    if settings[JOINERS] == "forbid":
        return [Beyond(b"\xe2\x80", rb"[\x8c\x8d]")]
    alone = _NOT_AFTER_LETTER + _NOT_BEFORE_LETTER
    return [
        Beyond(b"\xe2\x80", rb"\x8c(?:[\r\n\xff]|(?<=[\r\n]\xe2\x80\x8c))"),
        Beyond(b"\xe2\x80", rb"\x8c" + alone),
        Beyond(b"\xe2\x80", rb"\x8d" + _NOT_AFTER_PICTURE + alone),
        Beyond(b"\xe2\x80", rb"\x8d" + alone + _NOT_BEFORE_PICTURE),
    ]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    forbidden = settings[JOINERS] == "forbid"
    why = "which the profile forbids" if forbidden else "which joins and parts nothing here"
    pattern = "[\u200c\u200d]+" if forbidden else _STRAY
    for start, end, match in sightings(window, settings, pattern, "\u200c\u200d"):
        if not forbidden and is_alone(match):
            continue
        run = match.group()
        yield Hit(
            start,
            end,
            f"{described(run)}, {why}",
            help="remove it",
            fix=removal(start, end, "the joiner"),
            data={"code_points": code_points(run), "count": len(run)},
        )


rule = Rule(
    __name__,
    code="TXT207",
    summary="A zero width joiner or non-joiner stands beside nothing that joins.",
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(JOINERS, ALLOWED_CHARACTERS),
    repairs=(unsafely("The joiner is removed.", "characters-removed"),),
    bad={"a.txt": "Title\nAuf\u200clage and x\u200d\n\u0645\u06cc\u200c\n".encode()},
    ok={"a.txt": "Title\nمی\u200cخوانم 👩\u200d🔬\n".encode()},
)
