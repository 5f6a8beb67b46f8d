"""How misread UTF-8 looks in bytes: what to search for in clean text, at the speed of memchr.

Each clue begins with a byte that no script is full of. Common typography (`É”`, `é »`) and natural
words (Ukrainian `Ці`) are no clues; a damaged line has others. What the clues of an encoding miss
and find, and how fast, `python -m benchmarks.mojibake` prints.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from stringzilla import find

from .screen import Ask, Beyond, Clue

# Signs that follow no letter of a clean text.
_SIGN: Final = (
    rb"(?:\xc2[^\xa0\xab\xbb]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xc6\x92|\xcb[\x86\x9c]"
    rb"|\xe2(?:\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]|[\x82\x84\x88\x89]))"
)
_MORE: Final = rb"(?=[\xc2\xc6\xcb\xe2]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe])"
_AFTER_CYRILLIC: Final = rb"(?:(?<=\xd0[\x80-\xbf]%b)|(?<=\xd1[\x80-\xbf]%b))"
# In clean Cyrillic D0 and D1 are every other byte, so cp1251 is looked for by the rarer bytes that
# follow, and by single capitals beside Latin letters (`MГјller`).
_BEYOND: Final = (
    # windows-1252, latin-1: `Ã©`, `Ã `, `Ð°`, `ä½`, `â€™`, emoji; cp850: `ÔÇÖ`
    (b"\xc3", rb"[\x82\x83] |[\x82-\xbf](?=[\xc2\xc3\xc5\xc6\xcb\xe2])(?:(?<=[\x82-\x85\x90])[^\xc3]"
              rb"|(?<=[\x86-\x9f])" + _SIGN + rb"|(?<=[\xa0-\xaf])" + _SIGN + _MORE +
              rb"|(?<=[\xa0-\xaf])(?:\xc2[\xa0\xab\xbb]|\xe2\x80[\x93-\xa6])" + _SIGN +
              rb"|(?<=\xa2)\xe2\x82\xac|(?<=\xb0)(?:\xc5\xb8|\xc2[\x90-\x9f]|\xe2[\x95\x96])"
              rb"|(?<=\xbf)[\xc2\xc3\xe2]|(?<=\x94)\xc3\x87)"),
    # windows-1250: `Ă©`, `Ĺ‚`, `Đ°`, `ŕ¤`, `Ř§`; MacRoman: `Œ±`, `Ÿà`
    (b"\xc4", rb"[\x82\x87\x8c\x8d\x90\xb9\xba](?=[\xc2\xc4\xc5\xcb\xe2])(?:(?<=\xb9).|"
              rb"(?<=[\x82\x87\x8c\x8d\x90\xba])\xc2[^\xa0\xab\xbb]|(?<=\x82)(?:\xc2\xa0(?= )"
              rb"|\xc4[\x84\x85\xbd\xbe]|\xc5[^\x9e\x9f\xa2\xa3])"
              rb"|(?<=[\x87\x8c\x8d\xba])\xe2\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba])"),
    (b"\xc5", rb"[\x95\x98\xae]\xc2[^\xa0\xab\xbb]|[\x92\x93\xb8](?:(?<=\xb8)[\xc2\xc3\xe2]"
              rb"|\xe2[\x88\x89]|\xc2[\xb0-\xb6]|\xce\xa9|\xcf\x80)"),
    # windows-1251: `Р°`, `Г©`, `С‚`, `вЂ™`, `Гј` in a Latin word
    (b"\xc2", _AFTER_CYRILLIC.replace(b"%b", rb"\xc2") + rb"[\xa4-\xa7\xa9\xac\xae\xb0\xb1\xb5-\xb7]"),
    (b"\xc2", rb"(?<=\xd0\x93\xc2)[\xa0\xab\xad\xbb](?=[A-Za-z ])"),
    (b"\xc2", rb"\xbb(?:[\xd0-\xd2]|\xe2[\x82\x84]|\xc2[\xa4-\xb7])"),
    (b"\xe2", rb"(?<=\xd0\x93\xe2)\x80.(?=[A-Za-z])|(?<=\xd0\xb0\xe2)\x84\x96"),
    (b"\xe2", _AFTER_CYRILLIC.replace(b"%b", rb"\xe2") + rb"(?:\x80[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]|\x82)"),
    # MacRoman: `√©`, `≈Ç`, `–∞`, `‚Äô`, `„ÅÆ`, `‡∏`, `◊ê`, `¬†`, `·ª`, `ƒÉ`
    (b"\xe2", rb"(?:\x88[\x9a\x86]|\x89\x88|\x80[\xa1\xb0]|\x97\x8a)[\xc2-\xc6\xcb\xce\xcf\xe2\xef]"),
    (b"\xe2", rb"\x80[\x93\x94](?:\xe2[\x88\x89]|\xc2[\xaa\xb0\xb1\xb4-\xb6\xba])"),
    (b"\xe2", rb"\x80[\x9a\x9e](?:\xc3.[\xc2-\xc6\xcb\xce\xcf\xe2\xef]|[\xc2\xe2\xce\xcf])"),
    (b"\xc2", rb"\xac[\xc2\xe2]|\xbb\xc3[\xb4\xb5]|\xb7(?:\xe2[\x88\x89]|\xc2\xaa)"),
    (b"\xc6", rb"\x92[\xc2\xc3\xe2]"),
    (b"\xef\xa3", rb"\xbf\xc3"),
    # cp866, cp437, cp850, koi8-r: letters among box drawings
    (b"\xe2", rb"\x95[\xa4\xa8](?:[\xc2\xc3\xd0\xd1]|\xe2\x96)|\x94\xbc[\xc2\xc3\xd0\xd1]"),
    (b"\xe2", rb"\x94\x9c(?:[\xc2\xc3\xc6\xce-\xd1]|\xe2[\x82\x88\x89\x8c\x95])"),
    (b"\xe2", rb"(?:(?<=\xd0[\x80-\xbf]\xe2)|(?<=\xd1[\x80-\xbf]\xe2))(?:\x94[^\x82]|\x95[^\x91]|\x96)"),
    (b"\xce\x93", rb"\xc3\x87"),
)  # fmt: skip

_OUT_OF_PLACE: Final = (
    rb"\xd0(?:[\x82\x83\x8c\x8f](?<=[\xd0\xd1][\xa0-\xbf]..)|[\x93-\x95](?:(?<=[A-Za-z]..)[\xd0-\xd2\xe2]"
    rb"|[\xd0-\xd2].(?=[A-Za-z])|(?<= \xd0\x93)\xd0[\x81\x84\x8e] ))"
)
"""More of windows-1251: Ђ, Ѓ, Ќ or Џ after another letter (`вЂ™`), and Г, Д or Е (the bytes C3 to
C5) beside Latin letters (`MГјller`, `ГЁ`)."""

_CAPITALS: Final = tuple(b"\xd0" + bytes([code]) for code in b"\x82\x83\x8c\x8f\x93\x94\x95")
_out_of_place: Final = re.compile(_OUT_OF_PLACE)


def _capital_out_of_place(texts: Sequence[bytes]) -> bool:
    """Visits those capitals: a regular expression would stop at every letter of clean Cyrillic."""
    return any(_visits(text) for text in texts if find(text, b"\xd0") >= 0)


def _visits(text: bytes) -> bool:
    for capital in _CAPITALS:
        at = find(text, capital)
        while at >= 0:
            if _out_of_place.match(text, at):
                return True
            at = find(text, capital, at + 2)
    return False


CLUES: Final[tuple[Clue, ...]] = (
    Ask(_capital_out_of_place),
    *(Beyond(lead, tail) for lead, tail in _BEYOND),
)


@cache
def suspect() -> re.Pattern[bytes]:
    """Matches where any of the clues is, for those who must know the place."""
    beyond = (re.escape(lead) + b"(?:" + tail + b")" for lead, tail in _BEYOND)
    return re.compile(b"|".join([*beyond, _OUT_OF_PLACE]))
