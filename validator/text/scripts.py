"""Which characters are of which script, as far as rules must know it.

Each name is the inside of a character class for `re`. The ranges are whole blocks of the Unicode
Standard (Blocks.txt, version 16.0) that hold the script, with its marks and digits: what stands
next to an invisible character tells the script it is used in, be it a letter or a mark. LATIN,
GREEK and CYRILLIC hold letters alone (Scripts.txt), of the blocks that living languages are
written in, because words are judged by them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LATIN: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
GREEK: Final = "\u0386\u0388-\u03ff"
CYRILLIC: Final = "\u0400-\u0481\u048a-\u04ff"

HEBREW: Final = "\u0590-\u05ff\ufb1d-\ufb4f"
MONGOLIAN: Final = "\u1800-\u180a\u1810-\u18af"
PHAGS_PA: Final = "\ua840-\ua87f"
MYANMAR: Final = "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"
KHMER: Final = "\u1780-\u17ff\u19e0-\u19ff"

RIGHT_TO_LEFT: Final = (
    HEBREW + "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""Hebrew, Arabic, Syriac, Thaana, N'Ko and the others that UAX #9 runs from right to left."""

JOINING: Final = (
    "\u0600-\u0fff\u180a\u1807\u1820-\u18af\u1b00-\u1bff\u1c00-\u1c4f\u1cd0-\u1cff"
    + MYANMAR + KHMER + PHAGS_PA
    + "\ua800-\ua82f\ua880-\ua8ff\ua980-\ua9df\uaa00-\uaa5f\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00010a5f\U00010ac0-\U00010aff\U00010d00-\U00010d3f\U00010ec0-\U00010eff"
    "\U00011000-\U00011fff\U0001e900-\U0001e95f"
)  # fmt: skip
"""Scripts that write with ZWJ and ZWNJ (Core Specification, 9.2 and 12.1): all of U+0600-0FFF,
that is Arabic to Tibetan, and the other Indic and cursive ones.
"""

UNSPACED: Final = "\u0e00-\u0fff\u1980-\u19df\u1a20-\u1aaf\uaa80-\uaadf" + MYANMAR + KHMER
"""Scripts that write words without spaces and may mark their ends with U+200B: Thai, Lao, Khmer,
Burmese, and their neighbours (UAX #14, class SA), Tibetan too.
"""

HAN: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
HANGUL: Final = "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
HALFWIDTH_HANGUL: Final = "\uffa1-\uffdc"

EAST_ASIAN: Final = (
    "\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Han, Kana, Hangul, Bopomofo, Yi and their punctuation, without fullwidth forms."""

EMOJI: Final = (
    "#*0-9\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff"
)
"""Characters that may be emoji, and their neighbours (emoji-data.txt, 16.0, rounded to blocks)."""

PICTURES: Final = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
"""What a ZWJ may tie into one emoji, with its skin tones and its variation selector."""

MATHEMATICAL: Final = "\u2190-\u22ff\u2a00-\u2aff"


def script_of(letter: str) -> str:
    """`LATIN`, `CYRILLIC` and so on: how the names of its letters begin; empty for a control."""
    return unicodedata.name(letter, "").partition(" ")[0]
