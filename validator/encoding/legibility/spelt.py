"""Whether decoded text reads well in some language."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import Final

from ...text.scripts import script_of
from .double_byte import bits_of_text
from .languages import class_of, codes, language

SAMPLE: Final = 400
"""Most letters of a text that are judged, of words with letters beyond ASCII."""

_LONGEST: Final = 1 << 16

_READABLE: Final = 6.5
_READABLE_EASTERN: Final = 12
"""Most bits a letter of text that reads well: in alphabets, and in Chinese, Japanese or Korean."""

READABLE_IF_MARKED: Final = 15
READABLE_IF_UNMARKED: Final = 11
"""The same for Chinese, Japanese and Korean between shift marks. Between marks that hardly any text
has else (escape sequences), all characters of the more frequent half of a standard read well; the
limit is lower where any text may have the marks (`~{`, `+`)."""

_MARKS: Final = "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0e31-\u0e4e"
_WORDS: Final = f"(?:[^\\W\\d_]|[{_MARKS}])*[^\\W\\d_\x00-\x7f](?:[^\\W\\d_]|[{_MARKS}])*"
_EASTERN: Final = {
    "CJK": ("zh", "zt", "ja"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
}


def reads(text: str, eastern: float = _READABLE_EASTERN) -> bool:
    """Whether the words with letters beyond ASCII read as text of some language; no if none has.

    `eastern` is the limit, in bits a letter, for Chinese, Japanese and Korean.
    """
    words = re.findall(_WORDS, text[:_LONGEST])
    letters = "".join(words)[:SAMPLE]
    scripts = Counter(script_of(one) for one in letters if one > "\x7f")
    if not scripts:
        return False
    script = scripts.most_common(1)[0][0]
    if script in _EASTERN:
        beyond = "".join(one for one in letters if one > "\x7f")
        bits = min(bits_of_text(beyond, one) for one in _EASTERN[script])
        return bits <= eastern * len(beyond)
    spaced = " ".join(("", *words, ""))[:SAMPLE]
    bits = min((_bits(spaced, code) for code in codes(script)), default=math.inf)
    return bits <= _READABLE * len(letters)


def _bits(text: str, code: str) -> int:
    rows = language(code).rows
    row = [class_of(code, one) for one in text]
    return sum(rows[a][b] for a, b in pairwise(row))
