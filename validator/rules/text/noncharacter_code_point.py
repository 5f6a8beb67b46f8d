"""A noncharacter will never be a character: Unicode keeps it for the inside of programs.

In a file it is a sentinel that leaked, or U+FEFF read with its bytes swapped. XML forbids U+FFFE
and U+FFFF.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings
from ...text.lines import Window
from ...text.screen.screen import Beyond
from ..rule import Local, Rule, always
from . import ALLOWED_CHARACTERS, code_points, described, sightings

# Unicode Core Specification, 23.7: U+FDD0-FDEF, and the last two code points of each plane.
_LAST = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_ALL = f"\ufdd0-\ufdef{_LAST}"
_RUN = f"([{_ALL}])\\1*"
_ENDS = rb"[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf]"
_CLUES = always(
    Beyond(b"\xef\xb7", rb"[\x90-\xaf]"),
    Beyond(b"\xef\xbf", rb"[\xbe\xbf]"),
    *(Beyond(b"\xf0" + end + b"\xbf", rb"[\xbe\xbf]") for end in (b"\x9f", b"\xaf", b"\xbf")),
    *(Beyond(lead, _ENDS) for lead in (b"\xf1", b"\xf2", b"\xf3")),
    Beyond(b"\xf4\x8f\xbf", rb"[\xbe\xbf]"),
)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, match in sightings(window, settings, _RUN, _ALL):
        yield Hit(
            start,
            end,
            f"{described(match.group())}, a code point that is no character",
            help="remove it; U+FFFE may mean that the text was decoded with its bytes swapped",
            data={"code_points": code_points(match.group())},
        )


rule = Rule(
    __name__,
    code="TXT502",
    summary="The text contains code points that will never be characters.",
    check=Local(_CLUES, diagnose),
    options=(ALLOWED_CHARACTERS,),
    bad={"a.txt": "Title\nA \ufffe and \ufdd0, \U0001ffff\U0010ffff.\n".encode()},
    ok={"a.txt": "Title\n\ufdf2 \U0001fae0.\n".encode()},
)
