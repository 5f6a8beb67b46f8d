"""What a file is in that is known not to be UTF-8, told as by a reader who tries one after another.

It advises; nothing passes or fails by its word. Each encoding is judged by the text that it makes
of the file (`legibility`): the one in which the text reads best is named, and a second one beside
it where that reads nearly as well. Only what all of the file decodes under is named. What the file
declares of itself counts as evidence. chardet is asked where nothing reads well.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Final

from ..text.lines import Window
from .advice import LIKELY, Advice, Rival
from .ask_chardet import answers
from .evidence import Evidence, evidence
from .file_declaration import Declaration
from .legibility import code_pages, double_byte, single_byte
from .legibility.judgement import Reading
from .transcode import decodes

SURE: Final = 7
"""Bits by which one reading must be better than the next to be called likely: of 6,800 documents
those with more were named right in 98 of 100 cases and more, those with fewer in 60 to 95."""

_CLEAR: Final = 24
"""Bits from which on the next reading is of no interest any more."""

UNREADABLE: Final = 8.0
"""Bits a byte from which on a text reads as none: 99 of 100 documents take fewer in their own
encoding, and nearly all take more in one of another script."""

_UNREADABLE_EASTERN: Final = 9.2
"""The same of Chinese, Japanese and Korean, where a character that is seldom takes 15 to 20."""

_EASTERN: Final = frozenset(language for _, language, _ in double_byte.ENCODINGS)

_WELL: Final = 4.8
_ENOUGH: Final = 24
"""Bits a byte up to which so many bytes read so well that Chinese, Japanese and Korean are out."""

_KNOWN: Final = frozenset(codec for codec, _, _ in (*code_pages.ENCODINGS, *double_byte.ENCODINGS))

_DECLARED: Final = 16
"""Bits that a declaration in the file speaks for the encoding that it names."""

_READABLE: Final = 6.0
"""Bits a byte that are supposed of a text in an encoding that is declared and not in our tables."""

_LATIN, _OTHER = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f", "\u0370-\u052f"
_NONSENSE: Final = f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]|[\x80-\x9f]"
"""A Latin letter beside one of Greek or Cyrillic, and the C1 controls. Compiled where it is needed,
as most runs need none of this module."""

_ODD: Final = 20
"""For each such place there must be so many characters beyond ASCII."""

_WIDER: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", **double_byte.WIDER,
}  # fmt: skip
"""What WHATWG's Encoding Standard reads in place of an encoding that is declared."""


def advise(
    windows: Iterable[Window], declared: Declaration | None = None, *, asking: bool = True
) -> Advice | None:
    """What a file is in that is not UTF-8, if that can be told. May go over the windows often.

    Where nothing reads well chardet is asked, if `asking` allows it.
    """
    seen = evidence(windows)
    if not seen.high or any(b"\0" in line for line in seen.lines):
        return None  # NUL: no text in an encoding of one byte or two
    named = _named(declared)
    if not any(decodes(windows, name) for name in named):
        named = ()
    ranked = iter(_ranked(seen, named))
    best = next((found for one in ranked if (found := _of_all(windows, one))), None)
    if best is None or best.rate >= _limit(best):
        return _asked(windows, seen) if asking else None
    near = takewhile(lambda one: _gap(best, one) < _CLEAR, ranked)
    others = (found for one in near if (found := _of_all(windows, one)))
    second = next((one for one in others if not _is_kin(best, one)), None)
    gap = _gap(best, second) if second else _CLEAR
    rival = _rival(windows, best.codecs[0], second.codecs) if second and gap < SURE else None
    if rival is None:
        gap = max(gap, SURE)  # what differs is no letter
    eastern = best.language in _EASTERN
    return Advice(best.codecs, 1 - 0.5 * 2 ** (-gap / 4), best.rate, rival, eastern)


def _is_kin(best: Reading, other: Reading) -> bool:
    """Whether one is a part of the other, as GB2312 is of GBK: some signs are others in it."""
    return best.language == other.language and best.language in _EASTERN


def _gap(best: Reading, other: Reading) -> float:
    """By how many bits one reading is better than another."""
    return (other.rate - best.rate) * min(best.size, other.size)


def _limit(reading: Reading) -> float:
    return _UNREADABLE_EASTERN if reading.language in _EASTERN else UNREADABLE


def _named(declared: Declaration | None) -> tuple[str, ...]:
    """The encoding that is declared, and the wider one that it is read as; none if it is UTF-8."""
    codec = declared.codec if declared else ""
    if not codec or codec.startswith(("utf", "iso2022", "hz")):
        return ()
    return (codec, _WIDER[codec]) if codec in _WIDER else (codec,)


@lru_cache(512)
def _ranked(seen: Evidence, named: tuple[str, ...]) -> list[Reading]:
    """How the evidence reads, best first. It is remembered: copies and templates look alike."""
    found = single_byte.readings(seen.high, seen.words, often=not named)
    if not found or found[0].rate > _WELL or found[0].size < _ENOUGH:
        found += double_byte.readings(seen.lines)
    found = [_favoured(one, named) for one in found]
    if named and named[0] not in _KNOWN:
        size = len(seen.words)
        found.append(Reading(named, "", _READABLE * size - _DECLARED, size))
    return sorted(found, key=lambda one: one.rate)


def _favoured(reading: Reading, named: tuple[str, ...]) -> Reading:
    own = [codec for codec in named if codec in reading.codecs]
    if not own:
        return reading
    codecs_ = tuple(dict.fromkeys((*own, *reading.codecs)))
    return Reading(codecs_, reading.language, reading.bits - _DECLARED, reading.size)


def _of_all(windows: Iterable[Window], reading: Reading) -> Reading | None:
    """The reading with those of its encodings under which a whole file is the same text.

    That is the text under the first that decodes; None where none of them does. Those of one byte
    are known to decode all bytes that there are, and to the same.
    """
    if reading.language not in _EASTERN and reading.language:
        return reading
    decoders = {one: codecs.getincrementaldecoder(one)() for one in reading.codecs}
    for window in windows:
        texts: dict[str, str] = {}
        for one, decoder in decoders.items():
            try:
                texts[one] = decoder.decode(window.data, window.last)
            except UnicodeError:
                continue
        if not texts:
            return None
        first = next(iter(texts.values()))
        decoders = {one: decoders[one] for one, text in texts.items() if text == first}
    return Reading(tuple(decoders), reading.language, reading.bits, reading.size)


def _asked(windows: Iterable[Window], seen: Evidence) -> Advice | None:
    """The first answer of chardet that all of the file decodes under, to a text."""
    lines = b"\n".join(seen.lines)
    for name, confidence in answers(lines):
        text = lines.decode(name, "ignore")
        if _makes_sense(text) and decodes(windows, name):
            return Advice((name,), min(confidence, LIKELY - 0.01), UNREADABLE)
    return None


def _makes_sense(text: str) -> bool:
    """Whether hardly anything of what is beyond ASCII is a control, or stands in a mixed word."""
    odd = len(re.findall(_NONSENSE, text))
    return odd * _ODD <= len(text) - len(text.encode("ascii", "ignore"))


def _rival(windows: Iterable[Window], codec: str, others: tuple[str, ...]) -> Rival | None:
    """Another reading with the first line that has other letters under it; None if none has."""
    for window in windows:
        for number, (start, end, _) in enumerate(window.lines()):
            line = window.data[start:end]
            if not line.isascii() and _letters(line, codec) != _letters(line, others[0]):
                return Rival(others, window.row + number, line)
    return None


def _letters(line: bytes, codec: str) -> list[str]:
    return [one for one in line.decode(codec, "replace") if one.isalnum()]
