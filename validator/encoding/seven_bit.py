"""Encodings that write all letters in ASCII bytes, with marks that shift between alphabets.

A check for UTF-8 does not find them: ISO-2022-JP, -KR and -CN (RFC 1468, 1557, 1922) shift by
escape sequences, HZ (RFC 1843) by `~{` and `~}`, UTF-7 (RFC 2152) by `+` and `-`. The marks alone
prove nothing (`~{` is found in programs, `+ADw-` in texts about UTF-7): the text between them must
be letters that read well in some language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, repeat
from operator import contains
from typing import Final

from msgspec import Struct
from stringzilla import find

from ..model import BlockingFlaw
from ..text.lazy_re import later
from ..text.lines import Window
from ..text.scripts import script_of
from .transcode import decodes

_LOOKED_AT: Final = 200
"""Most shifts of a file that are looked at."""

_TO_HIGH: Final = bytes(byte | 0x80 if 0x21 <= byte <= 0x7E else byte for byte in range(256))


class SevenBit(BlockingFlaw, frozen=True):
    """A file in which letters are written in ASCII bytes, in `encoding` (its registered name).

    The first shift is at the bytes `start:end` of the file and encloses `text`; `shifts` is how
    many were found. `codec` is Python's name of the encoding, empty if no codec of Python decodes
    the whole file.
    """

    encoding: str
    codec: str
    start: int
    end: int
    text: str
    shifts: int


class _Kind(Struct, frozen=True):
    """An encoding: a `mark` that is in every file of it, and the `pattern` of shifted letters.

    The group of `pattern` holds the bytes of the letters: two for each letter, which `plane`
    decodes after their eighth bit is set. UTF-7 has no plane: the whole match is decoded. A file
    must have at least `fewest` letters.
    """

    encoding: str
    codecs: tuple[str, ...]
    mark: bytes
    pattern: re.Pattern[bytes]
    fewest: int
    plane: str = ""


_PAIRS: Final = rb"((?:[\x21-\x7e]{2})+)"
_KINDS: Final = (
    _Kind(
        "ISO-2022-JP",
        ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_3", "iso2022_jp_2004", "iso2022_jp_ext"),
        b"\x1b$",
        later(rb"\x1b\$(?:[@B]|\([DOPQ])" + _PAIRS + rb"\x1b\([BJ]"),
        1,
        "euc_jp",
    ),
    _Kind(
        "ISO-2022-KR", ("iso2022_kr",), b"\x1b$)C", later(rb"\x0e" + _PAIRS + rb"\x0f"), 1, "euc_kr"
    ),
    _Kind("ISO-2022-CN", (), b"\x1b$)A", later(rb"\x0e" + _PAIRS + rb"\x0f"), 1, "gb2312"),
    _Kind("HZ", ("hz",), b"~{", later(rb"~\{" + _PAIRS + rb"~\}"), 3, "gb2312"),
    _Kind("UTF-7", ("utf_7",), b"+", later(rb"\+([A-Za-z0-9+/]{3,})-?"), 2),
)


_ALIKE: Final = {"HIRAGANA": "CJK", "KATAKANA": "CJK"}
"""Scripts that count as one with another: a word after a `+` decodes to letters of several scripts.
"""

MARKS: Final = tuple(one.mark for one in _KINDS if len(one.mark) > 1)
"""The marks that hardly any file in another encoding has: all but the `+` of UTF-7."""


def may_be_utf7(texts: Sequence[bytes]) -> bool:
    """Whether one of these texts looks like UTF-7; quick where none has a `+`."""
    if True not in map(contains, texts, repeat(b"+")):
        return False
    return any(_shifts(text) is not None for text in texts)


def seven_bit(window: Window, windows: Iterable[Window]) -> SevenBit | None:
    """The seven-bit encoding that `window` is in, None if none; `windows` are all of the file."""
    found = _shifts(window.data)
    if found is None:
        return None
    kind, matches, text = found
    codec = next((one for one in kind.codecs if decodes(windows, one)), "")
    start, end = (window.offset + at for at in matches[0].span())
    return SevenBit(kind.encoding, codec, start, end, text, len(matches))


def _shifts(data: bytes) -> tuple[_Kind, list[re.Match[bytes]], str] | None:
    """The encoding whose shifts are in `data`, these shifts, and the text of the first."""
    for kind in _KINDS:
        if find(data, kind.mark) >= 0:
            read = _read_letters if kind.encoding == "UTF-7" else _read_pairs
            matches = [*islice(kind.pattern.finditer(data), _LOOKED_AT)]
            text = read(data, kind, matches) if matches else ""
            if text:
                return kind, matches, text
    return None


def _read_pairs(data: bytes, kind: _Kind, matches: Sequence[re.Match[bytes]]) -> str:
    """The text of the first shift, if all shifts together read as Chinese, Japanese or Korean.

    Else empty.
    """
    from .legibility import spelt  # with its tables: only where there are shifts

    texts = [match.group(1).translate(_TO_HIGH).decode(kind.plane, "replace") for match in matches]
    together = "".join(texts)
    escaped = kind.mark.startswith(b"\x1b")
    limit = (spelt.READABLE_IF_MARKED,) if escaped else ()
    reads = len(together) >= kind.fewest and spelt.reads(together, *limit)
    return texts[0] if reads else ""


def _read_letters(data: bytes, kind: _Kind, matches: Sequence[re.Match[bytes]]) -> str:
    """The text of the first shift, if `data` is UTF-7 and its shifts make words; else empty."""
    from .legibility import spelt  # with its tables: only where there are shifts

    if not data.isascii():
        return ""
    try:
        whole = data.decode(kind.codecs[0])
        texts = [match.group().decode(kind.codecs[0]) for match in matches]
    except UnicodeDecodeError:
        return ""
    letters = [one for text in texts for one in text if one > "\x7f" and one.isalpha()]
    within = sum(
        _is_within(data, match) or len(text) > 1 for match, text in zip(matches, texts, strict=True)
    )
    scripts = {_ALIKE.get(script, script) for script in map(script_of, letters)}
    if len(letters) < kind.fewest or within * 2 < len(matches) or len(scripts) > 1:
        return ""
    return texts[0] if spelt.reads(whole, spelt.READABLE_IF_UNMARKED) else ""


def _is_within(data: bytes, match: re.Match[bytes]) -> bool:
    """Whether a shift has an ASCII letter beside it: `caf+AOk-`."""
    beside = data[max(0, match.start() - 1) : match.start()] + data[match.end() : match.end() + 1]
    return any(chr(byte).isalpha() for byte in beside)
