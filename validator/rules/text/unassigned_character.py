"""A code point without a character is damage, or newer than the program that reads it.

What is assigned is asked of the running Python (`unicodedata.unidata_version`): letters of a later
Unicode are findings too, so the profile must ask for the rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Ask
from ..rule import Local, Rule, where
from . import ALLOWED_CHARACTERS, code_points, sightings

UNASSIGNED = choice(
    "text.unassigned",
    "code points that are no character in the Unicode of the running Python",
    "allow forbid",
)

_VERSION: Final = unicodedata.unidata_version
_ASCII: Final = bytes(range(0x80))
"""ASCII: all assigned, and nearly all bytes of most texts."""


def _unassigned(character: str) -> bool:
    code = ord(character)
    noncharacter = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return unicodedata.category(character) == "Cn" and not noncharacter


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    beyond = window.data.translate(None, _ASCII).decode("utf-8", "surrogateescape")
    unassigned = "".join(sorted(filter(_unassigned, {*beyond})))
    if not unassigned:
        return
    for start, end, match in sightings(window, settings, f"[{re.escape(unassigned)}]+"):
        points = code_points(match.group())
        several = f" (and {len(match.group()) - 1} more)" if len(match.group()) > 1 else ""
        yield Hit(
            start,
            end,
            f"{points[0]}{several}, no character in Unicode {_VERSION}",
            help=f"if Unicode assigned it after {_VERSION}, run a newer Python or ignore the rule",
            data={"code_points": points, "unicode": _VERSION},
        )


rule = Rule(
    __name__,
    code="TXT504",
    summary="The text contains code points that are not assigned.",
    # any text beyond ASCII may hold one
    check=Local(where(UNASSIGNED, "forbid", Ask(bool, beyond=True)), diagnose),
    severity=Severity.WARNING,
    options=(UNASSIGNED, ALLOWED_CHARACTERS),
    profile={"text": {"unassigned": "forbid"}},
    bad={"a.txt": "Title\nA \u0378\u0379 letter.\n".encode()},
    ok={"a.txt": "Title\nA \u03b1 letter.\n".encode()},
)
