"""Encodings of two bytes a character: under which of them lines read best, and in which language.

A character costs the more bits, the less frequent it is in its language. Bytes of another encoding
decode to characters, too, but seldom to frequent ones.
"""

from __future__ import annotations

import codecs
import os
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final

from ...file.opening import read_text
from ...text.lazy_re import later
from ..evidence import LONGEST
from .judgement import Reading
from .languages import LARGEST

TABLE: Final = os.path.join(os.path.dirname(__file__), "frequent_characters.txt")

SAMPLE: Final = 400
"""About how many bytes are judged; lines are judged whole."""

ENCODINGS: Final = (
    ("gb18030", "zh", 0.2), ("gbk", "zh", 0.1), ("gb2312", "zh", 0.0),
    ("cp932", "ja", 0.1), ("shift_jis", "ja", 0.0), ("shift_jis_2004", "ja", 1.0),
    ("euc_jp", "ja", 0.5), ("euc_jis_2004", "ja", 1.0),
    ("cp950", "zt", 0.5), ("big5hkscs", "zt", 0.6), ("big5", "zt", 0.4),
    ("cp949", "ko", 0.1), ("euc_kr", "ko", 0.0), ("johab", "ko", 1.0),
)  # fmt: skip
"""Codec, language (`zt`: Chinese in traditional characters), and the cost of the codec in bits."""

_RARE_A_BYTE: Final = {"shift_jis_2004": 1.5, "euc_jis_2004": 1.5, "johab": 0.5}
"""Further cost, in bits a byte, of encodings that few files are in and that decode most bytes."""

NARROW: Final = ("gb2312", "gbk", "shift_jis", "euc_jp", "big5", "cp950", "euc_kr")
"""Encodings that are a part of another one, the narrowest first: the narrowest that fits is named.
"""

WIDER: Final = {
    "gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "big5": "cp950",
    "euc_kr": "cp949",
}  # fmt: skip
"""By encoding: a wider one that decodes all bytes that it decodes."""

_RANKS: Final = {
    "kana": ((10, 5), (20, 6), (40, 7), (60, 8), (90, 9)),
    "ja": ((16, 8.5), (48, 9.5), (144, 10.5), (300, 11.5), (700, 12.5)),
    "zh": ((16, 6.5), (64, 8), (160, 9), (320, 10), (620, 11), (900, 12)),
    "zt": ((16, 6.5), (64, 8), (160, 9), (320, 10), (620, 11), (900, 12)),
    "ko": ((16, 6), (64, 7.5), (160, 9), (360, 10.5), (600, 12)),
}
"""By language (and `kana`): pairs of a rank and the bits of the characters up to it. Bits are
-log2 of the average share of one of them in running text, by Zipf's law (shares fall with rank)."""

_SELDOM_KANA, _SELDOM, _RARE, _NEVER = 10, 15, 20, 22
"""Bits of characters that are not in the table of frequent ones: of kana; of characters in the more
frequent half of a standard, in its other half, and in no standard."""

_COMMON_HALF: Final = {"ja": ("euc_jp", 0xD0), "zh": ("gb2312", 0xD8), "zt": ("big5", 0xC9)}
"""By language: a codec of its standard, and the first byte from which on characters are rare."""

_PUNCTUATION: Final = frozenset("、。，「」『』・（）！？：；…“”‘’《》〈〉【】—～〜∼ー　·‧•")
_ISLAND: Final = 10
"""Further bits of a character that stands alone beside an ASCII letter."""

_ISLANDS: Final = later(
    "(?:(?<=[A-Za-z])[^\x00-\x7f]|(?<![^\x00-\x7f])[^\x00-\x7f](?=[A-Za-z]))(?![^\x00-\x7f])"
)
_HALF_WIDTH, _IN_ROW = 11, 4
"""Bits of a half-width kana (one byte, which any text may have); so many fewer if 3 follow on."""

_HALVES: Final = later("[\uff61-\uff9f]{3,}")
_ENOUGH: Final = 8
_PAIR: Final = later(rb"[\x80-\xff]{2}")
"""Of `_ENOUGH` bytes beyond ASCII some stand in pairs, if the text is in such an encoding."""

_HIGH: Final = bytes(range(0x80, 0x100))


class _Bits(dict[str, float]):
    """The bits of each character of a language; rare characters are added when they are asked."""

    def __init__(self, language: str, frequent: dict[str, str]) -> None:
        super().__init__()
        self._language = language
        for name in ("kana", "ja") if language == "ja" else (language,):
            start = 0
            for end, bits in _RANKS[name]:
                self.update(dict.fromkeys(frequent[name][start:end], bits))
                start = end

    def __missing__(self, character: str) -> float:
        bits = 0.0 if character < "\x80" else _bits_of(character, self._language)
        if len(self) < 1 << 14:
            self[character] = bits
        return bits


def readings(lines: Sequence[bytes]) -> list[Reading]:
    """How lines read under each encoding that decodes them, best first; empty if none does."""
    size = sum(len(line) - len(line.translate(None, _HIGH)) for line in lines)
    if size >= _ENOUGH and not any(map(_PAIR.search, lines)):
        return []
    cut = any(len(line) >= LONGEST for line in lines)
    joined = b"" if cut else b"\n".join(lines)
    found: dict[tuple[str, str, float], tuple[list[str], float]] = {}
    failed: set[str] = set()
    for codec, language, rarity in ENCODINGS:
        if WIDER.get(codec) in failed:
            continue
        try:
            text = _decoded_lines(lines, codec) if cut else joined.decode(codec)
        except UnicodeDecodeError:
            failed.add(codec)
            continue
        rare = _RARE_A_BYTE.get(codec, 0)
        if (text, language, rare) in found:
            found[text, language, rare][0].append(codec)
        else:
            bits = bits_of_text(text, language) + _ISLAND * len(_ISLANDS.findall(text))
            bits -= _IN_ROW * sum(map(len, _HALVES.findall(text)))
            found[text, language, rare] = [codec], bits + rarity + rare * size
    readings = [
        Reading(tuple(sorted(names, key=_width)), language, bits, size)
        for (_, language, _), (names, bits) in found.items()
    ]
    return sorted(readings, key=lambda one: one.bits)


def _width(codec: str) -> int:
    return NARROW.index(codec) if codec in NARROW else len(NARROW)


def _decoded_lines(lines: Sequence[bytes], codec: str) -> str:
    """The text of lines, without a character cut off at LONGEST. Raises UnicodeDecodeError."""
    decoders = [codecs.getincrementaldecoder(codec)() for _ in lines]
    pairs = zip(lines, decoders, strict=True)
    return "\n".join(decoder.decode(line, len(line) < LONGEST) for line, decoder in pairs)


def bits_of_text(text: str, language: str) -> float:
    """How many bits `text` takes in one of the languages of ENCODINGS."""
    return sum(map(_table(language).__getitem__, text))


@cache
def _table(language: str) -> _Bits:
    return _Bits(language, _frequent())


@cache
def _frequent() -> dict[str, str]:
    lines = read_text(TABLE, LARGEST).split("\n")
    return {line.partition(" ")[0]: line.partition(" ")[2] for line in lines}


def _bits_of(character: str, language: str) -> float:
    if character in _PUNCTUATION:
        return 5.5
    if "\u4e00" <= character <= "\u9fff":
        return _bits_of_han(character, language)
    if "\uac00" <= character <= "\ud7a3":
        frequent = character.encode("euc_kr", "ignore")
        return _NEVER if language != "ko" else _SELDOM if frequent else _RARE
    if "\uff61" <= character <= "\uff9f":
        return _HALF_WIDTH
    if "\uff01" <= character <= "\uff5e" or unicodedata.category(character)[0] in "PSZ":
        return 8  # a standard and the wider one of Windows have other signs at some places
    if "\u3041" <= character <= "\u30ff":
        return _SELDOM_KANA
    if unicodedata.category(character) in {"Co", "Cn", "Cc"}:
        return _NEVER
    return 14


def _bits_of_han(character: str, language: str) -> float:
    if language == "ko":
        return _RARE
    codec, rest = _COMMON_HALF[language]
    written = character.encode(codec, "ignore")
    return _NEVER if not written else _SELDOM if written[0] < rest else _RARE
