"""A no-break space looks like a space, and is none to Markdown, YAML and most programs.

After `#` or `-` the heading or the list is not seen, in an indentation the structure is lost. In
running text it is good typography (before `:` and `»` in French), so there it is left alone unless
the profile allows plain spaces only. The ideographic space U+3000 may indent: Chinese and Japanese
paragraphs begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model import Hit, Severity
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import Beyond, Clue
from ..rule import Local, Rule, unsafely
from . import (
    ALLOWED_CHARACTERS,
    LINE_START,
    code_points,
    described,
    is_spelled,
    replacement,
    sightings,
)

SPACES = choice(
    "text.spaces",
    "spaces other than U+0020: `typographic` for none in indentation and after a list or heading "
    "marker, `plain` for none at all, `any` for no check",
    "typographic plain any",
)

# Category Zs without U+0020 and U+3000 (UnicodeData.txt).
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_MARKERS = "#*+>-"
_STRUCTURE = f"{LINE_START}[ \t{_MARKERS}]*([{_SPACES}](?:[ \t{_MARKERS}]*[{_SPACES}])*)"
_ANYWHERE = f"([{_SPACES}\u3000]+)"
_ENDS = later(f"[ \t{_SPACES}\u3000]*(?:[\r\n]|\\Z)")
_BEGINS = later(f"(?:\\A|[\r\n])[ \t{_SPACES}\u3000]*\\Z")
_AROUND = 256


def clues(settings: Settings) -> list[Clue]:
    if settings[SPACES] == "any":
        return []
    if settings[SPACES] == "plain":
        return [*_clues(b""), Beyond(b"\xe3\x80\x80", b"")]
    return _clues(b"[\\n\\r\\t #*+>-]")


def _clues(before: bytes) -> list[Clue]:
    """A clue for each of the spaces, behind a byte of the class `before`, if that is not empty."""
    return [
        Beyond(lead, tail + (b"(?<=" + before + lead + b".)" if before else b""))
        for lead, tail in (
            (b"\xc2", rb"\xa0"),
            (b"\xe1\x9a", rb"\x80"),
            (b"\xe2\x80", rb"[\x80-\x8a\xaf]"),
            (b"\xe2\x81", rb"\x9f"),
        )
    ]


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    plain = settings[SPACES] == "plain"
    where = (
        ", the profile allows plain ones only"
        if plain
        else " in indentation or markup, where U+0020 is expected"
    )
    for _, end, match in sightings(window, settings, _ANYWHERE if plain else _STRUCTURE):
        if not plain and is_spelled(match):
            continue
        written = match[1]
        start = end - len(written.encode())
        mended = re.sub(f"[{_SPACES}\u3000]", " ", written)
        run = "".join(one for one in written if not one.isascii())
        yield Hit(
            start,
            end,
            f"{described(run)}{where}",
            help="write a plain space (U+0020)",
            fix=None if _is_alone(match) else replacement(start, end, mended, "write plain spaces"),
            data={"code_points": code_points(run)},
        )


def _is_alone(match: re.Match[str]) -> bool:
    """Whether a line has only spaces: with such a one it is a paragraph in Markdown, not blank."""
    before = match.string[max(0, match.start(1) - _AROUND) : match.start(1)]
    return bool(_BEGINS.search(before) and _ENDS.match(match.string, match.end(1)))


rule = Rule(
    __name__,
    code="TXT106",
    summary="A space that is not U+0020 stands where programs expect one.",
    check=Local(clues, diagnose),
    severity=Severity.WARNING,
    options=(SPACES, ALLOWED_CHARACTERS),
    repairs=(unsafely("Plain spaces are written.", "plain-spaces"),),
    bad={"a.txt": "Title\n#\u00a0Heading\n\u2003indented\n".encode()},
    ok={"a.txt": "Title\nQuoi\u202f?\u00a0 oui.\n".encode()},
)
