"""Control characters are commands to devices, not text: they beep, move the cursor, hide lines.

XML forbids most of them, Python splits lines at some, and an escape sequence in a log can rewrite
what its reader sees. Tab and the line ends are text; a form feed may be allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from ...model import Hit
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import AnyByte, Clue
from ...text.visible import character_name
from ..rule import Local, Rule
from . import ALLOWED_CONTROLS, forbidden_controls

_REMOVE: Final = "remove it; if it marks something (a page, a record), write that as text"
_PAGE: Final = (
    "remove it; where it ends a page, as in an RFC, allow it with `text.allow-controls = [0x0C]`"
)
_FORM_FEED: Final = 0x0C
_LOST: Final = (
    "a backslash was lost: a program took `\\%s` for an escape, as in `\\frac` of TeX or a path of "
    "Windows; write `\\%s` here, and in JSON or source code the backslash twice"
)
_ESCAPES: Final = {0x07: "a", 0x08: "b", 0x0B: "v", 0x0C: "f"}
"""Controls that are a backslash and this letter in C, Python and JSON."""

_WORD: Final = later(rb"[a-z]{2}")


def clues(settings: Settings) -> list[Clue]:
    return [AnyByte(forbidden_controls(settings))]


@lru_cache(64)
def _runs(controls: bytes) -> re.Pattern[bytes]:
    """A pattern of a run of one control character.

    A back-reference would be shorter, but takes 80 bytes of stack for each byte of the run.
    """
    each = [re.escape(bytes((control,))) for control in controls]
    more = b"|".join(b"(?<=%b)%b+" % (one, one) for one in each)
    return re.compile(b"[%b](?:%b)?" % (b"".join(each), more))


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for match in _runs(forbidden_controls(settings)).finditer(window.data):
        code = match.group()[0]
        count = len(match.group())
        times = "" if count == 1 else f", {count} times"
        escape = _ESCAPES.get(code, "") if _WORD.match(window.data, match.end()) else ""
        yield Hit(
            *match.span(),
            f"control character {character_name(code)} in the text{times}",
            help=_help(code, escape),
            data={"code_point": code, "count": count},
        )


def _help(code: int, escape: str) -> str:
    """What to do about a control character; `escape` is its letter in an escape, or empty."""
    if escape:
        return _LOST % (escape, escape)
    return _PAGE if code == _FORM_FEED else _REMOVE


rule = Rule(
    __name__,
    code="TXT002",
    summary="The text contains control characters other than tab and line ends.",
    check=Local(clues, diagnose),
    options=(ALLOWED_CONTROLS,),
    bad={"a.txt": b"Title\nBeep\x07.\n"},
    ok={"a.txt": b"Title\nBeep.\n"},
)
