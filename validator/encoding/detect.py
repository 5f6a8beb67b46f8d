"""Finds the encoding of a file that is known not to be UTF-8, by reading it in one after another.

The result is advice: no file passes or fails by it. Each encoding is judged by the text that it
makes of the file (`legibility`): the one whose text reads best is named, and a second one if that
reads nearly as well. Only encodings that decode the whole file are named. An encoding that the file
declares itself counts as evidence. chardet is asked if no text reads well.
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
"""A reading that is better than the next by so many bits is called likely. Measured on 6,800
documents: with more bits at least 98 of 100 were named right, with fewer 60 to 95."""

_CLEAR: Final = 24
"""A reading that is worse than the best by so many bits or more is left out."""

UNREADABLE: Final = 8.0
"""Text of so many bits a byte or more is not readable: 99 of 100 documents take fewer in their own
encoding, and nearly all take more in an encoding of another script."""

_UNREADABLE_EASTERN: Final = 9.2
"""The same for Chinese, Japanese and Korean, where a rare character takes 15 to 20 bits."""

_EASTERN: Final = frozenset(language for _, language, _ in double_byte.ENCODINGS)

_WELL: Final = 4.8
_ENOUGH: Final = 24
"""If at least `_ENOUGH` bytes take at most `_WELL` bits each in a one-byte encoding, those of
Chinese, Japanese and Korean are not tried."""

_KNOWN: Final = frozenset(codec for codec, _, _ in (*code_pages.ENCODINGS, *double_byte.ENCODINGS))

_DECLARED: Final = 16
"""Bits that an encoding is better for being declared in the file."""

_READABLE: Final = 6.0
"""Bits a byte assumed for text in a declared encoding that is not in our tables."""

_LATIN, _OTHER = "A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f", "\u0370-\u052f"
_NONSENSE: Final = f"[{_LATIN}][{_OTHER}]|[{_OTHER}][{_LATIN}]|[\x80-\x9f]"
"""A Latin letter beside one of Greek or Cyrillic, and the C1 controls. It is compiled only where it
is used, as most runs use nothing of this module."""

_ODD: Final = 20
"""A text makes sense if it has so many characters beyond ASCII for each match of `_NONSENSE`."""

_WIDER: Final = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "tis-620": "cp874", **double_byte.WIDER,
}  # fmt: skip
"""By declared encoding: the wider one that WHATWG's Encoding Standard decodes instead."""


def advise(
    windows: Iterable[Window], declared: Declaration | None = None, *, asking: bool = True
) -> Advice | None:
    """The encoding that a file which is not UTF-8 is probably in; None if none reads well.

    `declared` is what the file declares itself. May go over the windows several times. If no
    encoding reads well, chardet is asked, unless `asking` is false.
    """
    seen = evidence(windows)
    if not seen.high or any(b"\0" in line for line in seen.lines):
        return None  # text in an encoding of one or two bytes a character has no NUL
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
        gap = max(gap, SURE)  # no letter differs between the two
    eastern = best.language in _EASTERN
    return Advice(best.codecs, 1 - 0.5 * 2 ** (-gap / 4), best.rate, rival, eastern)


def _is_kin(best: Reading, other: Reading) -> bool:
    """Whether both are for one East Asian language, as GB2312 and GBK: only some signs differ."""
    return best.language == other.language and best.language in _EASTERN


def _gap(best: Reading, other: Reading) -> float:
    """By how many bits `best` is better than `other`, over the bytes that both judged."""
    return (other.rate - best.rate) * min(best.size, other.size)


def _limit(reading: Reading) -> float:
    return _UNREADABLE_EASTERN if reading.language in _EASTERN else UNREADABLE


def _named(declared: Declaration | None) -> tuple[str, ...]:
    """The declared encoding, and the wider one that is decoded instead; empty if none is usable."""
    codec = declared.codec if declared else ""
    if not codec or codec.startswith(("utf", "iso2022", "hz")):
        return ()
    return (codec, _WIDER[codec]) if codec in _WIDER else (codec,)


@lru_cache(512)
def _ranked(seen: Evidence, named: tuple[str, ...]) -> list[Reading]:
    """How the evidence reads in each encoding, best first. Cached, as copies have the same."""
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
    """The reading with those of its encodings that decode the whole file to the same text.

    It is the text of the first one that decodes; None if none of them does. One-byte encodings need
    no test: they were chosen by all bytes beyond ASCII that the file has.
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
    """The first answer of chardet that decodes the whole file, and to a text that makes sense."""
    lines = b"\n".join(seen.lines)
    for name, confidence in answers(lines):
        text = lines.decode(name, "ignore")
        if _makes_sense(text) and decodes(windows, name):
            return Advice((name,), min(confidence, LIKELY - 0.01), UNREADABLE)
    return None


def _makes_sense(text: str) -> bool:
    """Whether few characters beyond ASCII are controls or letters in a word of two scripts."""
    odd = len(re.findall(_NONSENSE, text))
    return odd * _ODD <= len(text) - len(text.encode("ascii", "ignore"))


def _rival(windows: Iterable[Window], codec: str, others: tuple[str, ...]) -> Rival | None:
    """The encodings `others`, with the first line whose letters differ from those under `codec`.

    None if no line has other letters.
    """
    for window in windows:
        for number, (start, end, _) in enumerate(window.lines()):
            line = window.data[start:end]
            if not line.isascii() and _letters(line, codec) != _letters(line, others[0]):
                return Rival(others, window.row + number, line)
    return None


def _letters(line: bytes, codec: str) -> list[str]:
    return [one for one in line.decode(codec, "replace") if one.isalnum()]
