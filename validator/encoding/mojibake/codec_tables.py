"""The encodings that UTF-8 is commonly misread in, forth and back, character by character.

Tables are those of Python; a byte that an encoding leaves open is the C1 control of its number, as
browsers read it (WHATWG Encoding Standard), so that every misreading has exactly one way back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

CODECS: Final = {
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "windows-1251": "cp1251",
    "MacRoman": "mac_roman",
    "windows-1250": "cp1250",
}
"""Names for people and for Python. The earlier one wins where two explain a line equally well."""

WHOLE_LINE: Final = {"cp866": "cp866", "koi8-r": "koi8_r", "cp437": "cp437", "cp850": "cp850"}
"""Codecs in which common words of clean text are well-formed UTF-8 too (`тем` in cp866): they
count only where every character of the line beyond ASCII comes back."""

LOST: Final = {"Ã": "à", "Â": "\xa0", "â€": "”"}
"""What is left when a program dropped a byte or made a no-break space a plain one, and what it was:
`Ã ` was à, `Â ` a no-break space, and `â€` lost the byte 9D of a closing quotation mark."""
_LOST: Final = "[ÃÂ](?= )|â€"

# Well-formed byte sequences beyond ASCII, Unicode 15 table 3-7, as ranges of bytes.
_WELL_FORMED: Final = (
    "C2-DF 80-BF",
    "E0-E0 A0-BF 80-BF",
    "E1-EC 80-BF 80-BF",
    "ED-ED 80-9F 80-BF",
    "EE-EF 80-BF 80-BF",
    "F0-F0 90-BF 80-BF 80-BF",
    "F1-F3 80-BF 80-BF 80-BF",
    "F4-F4 80-8F 80-BF 80-BF",
)


def misread(text: str, name: str) -> str:
    """`text` saved as UTF-8 and read in the encoding `name`: what `repair` undoes."""
    return "".join(map(_from_bytes(name).__getitem__, text.encode()))


@cache
def to_bytes(name: str) -> Mapping[str, int]:
    """The byte that each character beyond ASCII came from, in the order of the bytes."""
    codec = (CODECS | WHOLE_LINE)[name]
    codes = range(0x80, 0x100)
    return {bytes([code]).decode(codec, "ignore") or chr(code): code for code in codes}


@cache
def _from_bytes(name: str) -> tuple[str, ...]:
    """The character of each byte."""
    return (*map(chr, range(0x80)), *to_bytes(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Matches characters that stand for well-formed UTF-8, one sequence or more."""
    table = _from_bytes(name)
    sequences = []
    for row in _WELL_FORMED:
        bounds = [[int(end, 16) for end in part.split("-")] for part in row.split()]
        classes = ["".join(table[lo : hi + 1]) for lo, hi in bounds]
        sequences.append("".join(f"[{re.escape(one)}]" for one in classes))
    runs = f"(?:{'|'.join(sequences)})+"
    return re.compile(f"{runs}|{_LOST}" if name in {"windows-1252", "latin-1"} else runs)
