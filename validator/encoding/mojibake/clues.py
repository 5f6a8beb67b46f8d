"""Byte sequences that misread UTF-8 leaves in text: clues to search for, at the speed of memchr.

Each clue begins with a byte that is rare in every script. Common typography (`É”`, `é »`) and
natural words (Ukrainian `Ці`) are no clues; a damaged line has others.
`python -m benchmarks.mojibake` prints what the clues of each encoding find and miss, and how fast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from stringzilla import find

from ...text.lazy_re import later
from ...text.screen.byte_rows import CONTINUATION, LETTERS, Rows
from ...text.screen.screen import Ask, Beyond, Clue

# Signs that never follow a letter, as windows-1252 and MacRoman make them: lead byte, and class of
# the byte after it. Quotation marks, dashes, ellipsis and no-break space do follow letters.
_ANY: Final = rb"[\x80-\xbf]"
_SIGNS: Final = {
    b"\xc2": rb"[\x80-\x9f\xa1-\xaa\xac-\xba\xbc-\xbf]",
    b"\xc5": rb"[\x92\x93\xa0\xa1\xb8\xbd\xbe]",
    b"\xc6": rb"[\x92]",
    b"\xcb": rb"[\x86\x9c]",
    b"\xe2\x80": rb"[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]",
    b"\xe2\x82": _ANY,
    b"\xe2\x84": _ANY,
    b"\xe2\x88": _ANY,
    b"\xe2\x89": _ANY,
}
_SIGN: Final = b"(?:%b)" % b"|".join(lead + first for lead, first in _SIGNS.items())
_SIGN_LEAD: Final = rb"[\xc2\xc5\xc6\xcb\xe2]"


_ANY_SIGN: Final = [
    # windows-1252, latin-1: `Ã©`, `Å‚`, `Ð°`; `Ø§`; `ä½`
    *(Beyond(b"\xc3" + bytes([code]), _SIGN_LEAD) for code in b"\x82\x83\x84\x85\x90"),
    *(Beyond(lead, first, after=rb"\xc3[\x86-\x9f]") for lead, first in _SIGNS.items()),
    *(
        Beyond(lead, first + b"(?=" + _SIGN + rb"|\xc2|\xe2\x80)", after=rb"\xc3[\xa0-\xaf]")
        for lead, first in _SIGNS.items()
    ),
]
_WINDOWS_1252: Final = [
    Beyond(b"\xc2", rb"[\xa0\xab\xbb]" + _SIGN, after=rb"\xc3[\xa0-\xaf]"),  # `á»±`
    Beyond(
        b"\xe2\x80",
        rb"[\x93-\xa6](?=" + _SIGN_LEAD + rb")" + _SIGN,
        after=rb"\xc3[\xa0-\xaf]",
    ),
    Beyond(b"\xc3\xa2\xe2\x82\xac", b""),  # `â€`, the last byte lost
    Beyond(b"\xc3\xb0\xc5\xb8", b""),  # `ðŸ˜€`
    Beyond(b"\xc3\xb0\xc2", rb"[\x90-\x9f]"),
    Beyond(b"\xc3\x82 ", b""),  # `Â `, the no-break space lost
    Beyond(b"\xc3\x83 ", b""),
]
_WINDOWS_1250: Final = [
    Beyond(b"\xc2", _SIGNS[b"\xc2"], after=rb"\xc4[\x82\x87\x8c\x8d\x90\xb9\xba]"),  # `Ă©`
    *(
        Beyond(lead, first, after=rb"\xc4[\x87\x8c\x8d\xb9\xba]")
        for lead, first in _SIGNS.items()
        if lead.startswith(b"\xe2")
    ),
    Beyond(b"\xc2", rb"[\xa0](?= )", after=rb"\xc4\x82"),
    Beyond(b"\xc2", _SIGNS[b"\xc2"], after=rb"\xc5[\x95\x98\xae]"),  # `ŕ¤`, `Ř§`
    Beyond(b"\xc4\x82", rb"\xc4[\x84\x85\xbd\xbe]|\xc5[^\x9e\x9f\xa2\xa3]"),
    Beyond(b"\xc4\xb9", rb"[\xc4\xc5\xcb]"),
]
_CYRILLIC: Final = rb"[\xd0\xd1][\x80-\xbf]"
_WINDOWS_1251: Final = [
    Beyond(b"\xc2", rb"[\xa4-\xa7\xa9\xac\xae\xb0\xb1\xb5-\xb7]", after=_CYRILLIC),  # `Р°`
    Beyond(b"\xe2\x80", rb"[\x9a\x9e\xa0-\xa2\xb0\xb9\xba]", after=_CYRILLIC),
    Beyond(b"\xe2\x82", _ANY, after=_CYRILLIC),
    Beyond(b"\xd0\x93\xc2", rb"[\xa0\xab\xad\xbb](?=[A-Za-z ])"),
    Beyond(b"\xd0\x93\xe2\x80", rb"[\x80-\xbf](?=[A-Za-z])"),  # `Г–ffne`
    Beyond(b"\xd0\xb0\xe2\x84\x96", b""),  # `а№`, Thai
    Beyond(b"\xc2\xbb", rb"(?:[\xd0-\xd2]|\xe2[\x82\x84]|\xc2[\xa4-\xb7])"),
]
_AFTER_MAC: Final = rb"[\xc2-\xc6\xcb\xce\xcf\xe2\xef]"
_MAC_ROMAN: Final = [
    # `√©`, `≈Ç`, `‡∏`, `◊ê`; `–∞`; `‚Äô`, `„ÅÆ`
    Beyond(b"\xe2\x97\x8a", _AFTER_MAC),
    Beyond(b"\xe2\x88", rb"[\x86\x9a]" + _AFTER_MAC),
    Beyond(b"\xe2\x89", rb"[\x88]" + _AFTER_MAC),
    Beyond(b"\xe2\x80", rb"[\xa1\xb0]" + _AFTER_MAC),
    Beyond(
        b"\xe2\x80",
        rb"[\x93\x94](?=[\xc2\xe2])(?:\xe2[\x88\x89]|\xc2[\xaa\xb0\xb1\xb4-\xb6\xba])",
    ),
    Beyond(b"\xe2\x80", rb"[\x9a\x9e](?:\xc3." + _AFTER_MAC + rb"|[\xc2\xe2\xce\xcf])"),
    Beyond(b"\xc2\xac", rb"[\xc2\xe2]"),
    Beyond(b"\xc2\xbb", rb"\xc3[\xb4\xb5]"),
    Beyond(b"\xc2\xb7", rb"(?:\xe2[\x88\x89]|\xc2\xaa)"),
    Beyond(b"\xc6\x92", rb"[\xc2\xc3\xe2]"),  # `ƒÉ`
    *(
        clue  # `Œ±`, `Ÿà`, `ÿß`
        for sign in ("Œ", "œ")
        for clue in (
            Beyond(sign.encode() + b"\xe2", rb"[\x88\x89]"),
            Beyond(sign.encode() + b"\xc2", rb"[\xb0-\xb6]"),
        )
    ),
    *(Beyond(sign.encode(), rb"[\xc2\xc3\xe2]") for sign in ("Ÿ", "ÿ")),
    Beyond(b"\xef\xa3\xbf\xc3", b""),
]
# cp866, cp437, cp850, koi8-r: letters among box drawings.
_BOXES: Final = [
    Beyond(b"\xe2\x95", rb"[\xa4\xa8](?:[\xc2\xc3\xd0\xd1]|\xe2(?:\x96|\x94\xa4|\x95[\x95-\x9e]))"),
    Beyond(b"\xe2\x94", rb"[\xbc][\xc2\xc3\xd0\xd1]"),
    Beyond(b"\xe2\x94", rb"[\x9c](?:[\xc2\xc3\xc6\xce-\xd1]|\xe2[\x82\x88\x89\x8c\x95])"),
    Beyond(b"\xe2\x94", rb"[\x80\x81\x83-\xbf]", after=_CYRILLIC),
    Beyond(b"\xe2\x95", rb"[\x80-\x90\x92-\xbf]", after=_CYRILLIC),
    Beyond(b"\xe2\x96", _ANY, after=_CYRILLIC),
    *(Beyond(b"\xc3\xb0\xe2" + bytes([code]), b"") for code in b"\x95\x96"),
    Beyond(b"\xce\x93\xc3\x87", b""),
]
_BEYOND: Final = [*_ANY_SIGN, *_WINDOWS_1252, *_WINDOWS_1250, *_WINDOWS_1251, *_MAC_ROMAN, *_BOXES]

# More of windows-1251: Ђ, Ѓ, Ѕ, Ќ or Џ after another letter (`вЂ™`), and Г, Д or Е (the bytes C3 to
# C5) beside Latin letters (`MГјller`, `ГЁ`).
_OUT_OF_PLACE: Final = (
    rb"\xd0(?:[\x82\x83\x85\x8c\x8f](?<=[\xd0\xd1][\xa0-\xbf]..)"
    rb"|[\x93-\x95](?:(?<=[A-Za-z]..)[\xd0-\xd2\xe2]|[\xd0-\xd2].(?=[A-Za-z])"
    rb"|(?<= \xd0\x93)\xd0[\x81\x84\x8e] ))"
)
_out_of_place: Final = later(_OUT_OF_PLACE)

# Byte rows that all matches of `_OUT_OF_PLACE` hold, and little of clean Cyrillic.
_BESIDE_LETTERS: Final = (
    Rows(
        (b"\xd0\xd1", bytes(range(0xA0, 0xC0)), b"\xd0", b"\x82\x83\x85\x8c\x8f"),
        (LETTERS, b"\xd0", b"\x93\x94\x95"),
        (b" ", b"\xd0", b"\x93\x94\x95", b"\xd0", b"\x81\x84\x8e"),
    ),
    Rows((b"\xd0\xd1\xd2", CONTINUATION, LETTERS)),
)


def _capital_out_of_place(texts: Sequence[bytes]) -> bool:
    """Searches for rows of bytes first, as the pattern alone would stop at every letter."""
    text = b"\n".join(texts)
    return (
        find(text, b"\xd0") >= 0
        and any(rows.found(text) for rows in _BESIDE_LETTERS)
        and _out_of_place.search(text) is not None
    )


CLUES: Final[tuple[Clue, ...]] = (Ask(_capital_out_of_place, beyond=True), *_BEYOND)


@cache
def suspect() -> re.Pattern[bytes]:
    """One pattern of all clues, to find the places where they are."""
    beyond = (re.escape(clue.lead) + b"(?:" + clue.tail + b")" for clue in _BEYOND)
    return re.compile(b"|".join([*beyond, _OUT_OF_PLACE]))
