"""A private use character means what a font makes of it, and nothing to anybody else.

They come out of PDF files and icon fonts, and have been used to hide programs. Where a community
agreed on some (a script not yet in Unicode), the profile can allow them.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ...model import Hit, Severity
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always
from . import ALLOWED_CHARACTERS, code_points, more_in_line, sightings

_RUN = "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]+"
_CLUES = always(
    Beyond(b"\xee", b""),
    Beyond(b"\xef", rb"[\x80-\xa3]"),
    Beyond(b"\xf3", rb"[\xb0-\xbf]"),
    Beyond(b"\xf4", b""),
)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    found = sightings(window, settings, _RUN)
    for _, group in groupby(found, key=lambda one: window.line_at(one[0])):
        line = [*group]
        start, end, match = line[0]
        points = code_points(match.group())
        several = f" (and {len(match.group()) - 1} more)" if len(match.group()) > 1 else ""
        yield Hit(
            start,
            end,
            f"private use character {points[0]}{several}, which has no meaning of its own"
            f"{more_in_line(line)}",
            help="write the character that was meant; if an agreement gives it a meaning, allow it "
            "with `text.allow-characters`",
            data={"code_points": points},
        )


rule = Rule(
    __name__,
    code="TXT503",
    summary="The text contains private use characters.",
    check=Local(_CLUES, diagnose),
    severity=Severity.WARNING,
    options=(ALLOWED_CHARACTERS,),
    bad={"a.txt": "Title\nAn \uf0b7 item, \ue000\uf8ff \U000f0001.\n".encode()},
    ok={"a.txt": "Title\nA \u2022 point.\n".encode()},
)
