"""The names of encodings: Python's for reading, the registered ones for people."""

from __future__ import annotations

import re
from typing import Final

_REGISTERED: Final = {
    "utf-8": "UTF-8", "utf-8-sig": "UTF-8 with a byte order mark", "ascii": "US-ASCII",
    "mac-roman": "macintosh", "mac-cyrillic": "x-mac-cyrillic", "cp866": "IBM866",
    "cp932": "Shift_JIS", "cp949": "EUC-KR", "cp950": "Big5",
    "shift_jis": "Shift_JIS", "euc_jp": "EUC-JP", "euc_kr": "EUC-KR", "big5": "Big5",
}  # fmt: skip

_SHAPES: Final = (
    (re.compile(r"cp(125\d)"), r"windows-\1"),
    (re.compile(r"cp(\d+)"), r"IBM\1"),
    (re.compile(r"iso8859-(\d+)"), r"ISO-8859-\1"),
    (re.compile(r"(koi8|utf|gb)(-?[a-z0-9]+)(?:-([lb]e))?"), None),
)


def label(codec: str) -> str:
    """What people call the encoding that Python calls `codec`: `windows-1252` for `cp1252`."""
    if codec in _REGISTERED:
        return _REGISTERED[codec]
    for shape, form in _SHAPES:
        if shape.fullmatch(codec):
            return shape.sub(form, codec) if form else codec.upper()
    return codec


def labels(codecs: tuple[str, ...], shown: int = 3) -> str:
    """The first of them, and how many more: `windows-1252, ISO-8859-1, ISO-8859-15 and 2 more`."""
    told = ", ".join(label(codec) for codec in codecs[:shown])
    more = len(codecs) - shown
    return f"{told} and {more} more" if more > 0 else told
