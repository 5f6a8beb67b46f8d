"""The encodings that UTF-8 is commonly misread in: their tables of bytes and characters.

The tables are those of Python. A byte that an encoding does not define is the C1 control of that
number, as in browsers (WHATWG Encoding Standard), so that every misreading can be undone exactly.
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
"""Names in messages, and Python's names. If two explain a line equally well, the first is taken."""

WHOLE_LINE: Final = {"cp866": "cp866", "koi8-r": "koi8_r", "cp437": "cp437", "cp850": "cp850"}
"""Codecs in which common words of clean text are well-formed UTF-8 too (`тем` in cp866): they
count only where every character of the line beyond ASCII comes back."""

LOST: Final = {"Ã": "à", "Â": "\xa0", "â€": "”"}
"""By what is left where a program dropped a byte, or replaced a no-break space by a plain one: the
original. `Ã ` was à, `Â ` a no-break space, and `â€` lost the byte 9D of a closing quotation mark.
"""
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
    """`text` encoded as UTF-8 and decoded in the encoding `name`: `repair` undoes that."""
    return "".join(map(_from_bytes(name).__getitem__, text.encode()))


@cache
def to_bytes(name: str) -> Mapping[str, int]:
    """By character beyond ASCII, in the order of the bytes: its byte in the encoding `name`."""
    codec = (CODECS | WHOLE_LINE)[name]
    codes = range(0x80, 0x100)
    return {bytes([code]).decode(codec, "ignore") or chr(code): code for code in codes}


@cache
def _from_bytes(name: str) -> tuple[str, ...]:
    """The characters of the bytes 0 to 255."""
    return (*map(chr, range(0x80)), *to_bytes(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern for characters whose bytes in the encoding `name` are well-formed UTF-8."""
    table = _from_bytes(name)
    sequences = []
    for row in _WELL_FORMED:
        bounds = [[int(end, 16) for end in part.split("-")] for part in row.split()]
        classes = ["".join(table[lo : hi + 1]) for lo, hi in bounds]
        sequences.append("".join(f"[{re.escape(one)}]" for one in classes))
    runs = f"(?:{'|'.join(sequences)})+"
    return re.compile(f"{runs}|{_LOST}" if name in {"windows-1252", "latin-1"} else runs)
