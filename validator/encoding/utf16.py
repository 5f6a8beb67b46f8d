"""Recognises UTF-16 and UTF-32, by the byte order mark, by the NUL bytes, or by how they read."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Final

from stringzilla import bytesum, translate

from ..model import BlockingFlaw
from ..text.scripts import script_of

SAMPLE: Final = 4096
"""Bytes from the start of a file that are looked at."""

_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_SHORTEST: Final = 12
_LEADS: Final = bytes((0x0E, 0x20, 0x30, *range(0x4E, 0xA0), *range(0xAC, 0xD8), 0xFF))
"""High bytes of the UTF-16 code units of Thai, Chinese, Japanese and Korean text."""

_BITS: Final = tuple(bytes(byte >> bit & 1 for byte in range(256)) for bit in range(8))
"""For each of the eight bits, a table of the value of that bit in every byte."""

_FREQUENT: Final = (0x0E, 0x30)
"""The high bytes of Thai and of kana."""

_CONTROLS: Final = bytes(set(range(1, 32)) - set(b"\t\n\r"))
_IN_NO_TEXT: Final = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Unicode categories: controls, unassigned, private use, lone surrogates."""

_EASTERN: Final = frozenset({"IDEOGRAPHS", "HANGUL"})
_LIVING: Final = _EASTERN | frozenset(
    "LATIN CYRILLIC GREEK ARMENIAN GEORGIAN HEBREW ARABIC DEVANAGARI BENGALI GURMUKHI GUJARATI "
    "ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA THAI LAO MYANMAR KHMER ETHIOPIC".split()
)


class Wide(BlockingFlaw, frozen=True):
    """A file in UTF-16 or UTF-32. `mark` is its byte order mark, empty if it has none.

    `reads` says that it was recognised because it reads as text; else by the mark or NUL bytes.
    """

    encoding: str
    mark: bytes
    reads: bool = False


def wide(head: bytes) -> Wide | None:
    """UTF-16 or UTF-32, if the first bytes of a file show that it is one of them; else None."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Wide(encoding, mark)
    sample = head[: len(head) & ~3][:SAMPLE]
    if b"\0" not in head[:SAMPLE]:
        return _hardly_zeros(head[: len(head) & ~1][:SAMPLE])
    if len(sample) < 4:
        return None
    found = _utf32(sample)
    if found:
        return found
    zeros = [sample[lane::4].count(0) * 4 / len(sample) for lane in range(4)]
    often, seldom = 0.7, 0.1
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > often and even < seldom:
        return Wide("UTF-16LE", b"")
    if even > often and odd < seldom:
        return Wide("UTF-16BE", b"")
    return _few_zeros(sample) or _hardly_zeros(sample)


def _utf32(sample: bytes) -> Wide | None:
    """UTF-32, if `sample` decodes in it; other bytes hardly do: four must be below 00 11 00 00."""
    for name in ("UTF-32LE", "UTF-32BE"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if sum(map(_strange, text)) * 50 <= len(text):
            return Wide(name, b"")
    return None


def wide_as_ascii(head: bytes) -> Wide | None:
    """UTF-16 of which all bytes are ASCII, as in Thai or Cyrillic text; None if it is not that.

    Half of such bytes are controls.
    """
    controls = len(head) - len(head.translate(None, _CONTROLS + b"\0"))
    return wide(head) if controls * 5 > len(head) else None


def _hardly_zeros(sample: bytes) -> Wide | None:
    """UTF-16 with few NULs or none, as ASCII is rare in it: Chinese or Japanese, for instance.

    The high byte of each pair then has few different values, the low byte any value.
    """
    if len(sample) < _SHORTEST:
        return None
    for high, name in ((1, "UTF-16LE"), (0, "UTF-16BE")):
        if _leads(sample[high::2], sample[1 - high :: 2]):
            from .legibility import spelt  # with its tables: hardly ever asked for

            text = sample.decode(name, "replace")
            if not any(map(_strange, text)) and spelt.reads(text):
                return Wide(name, b"", reads=True)
    return None


def _leads(lane: bytes, other: bytes) -> bool:
    """Whether the bytes of `lane` may be the high ones of pairs, and those of `other` the low ones.

    Text in an alphabet has one high byte in nearly all pairs.
    """
    eastern = len(lane.translate(None, _LEADS)) * 50 <= len(lane)
    if not eastern and not _may_be_one_byte(lane):
        return False
    most, others = (max(Counter(part).values()) for part in (lane, other))
    if most * 4 >= len(lane) * 3 and others * 2 < len(other):
        return True
    if not eastern:
        return False
    if len(other.translate(None, _LEADS)) * 10 >= len(other):
        return True
    own, others = (max(map(part.count, _FREQUENT)) for part in (lane, other))
    return own * 5 >= len(lane) and others * 20 <= len(other)


def _may_be_one_byte(lane: bytes) -> bool:
    """Whether three of four bytes may be the same: then three of four agree in every bit."""
    size = len(lane)
    ones = (bytesum(translate(lane, bit)) for bit in _BITS)
    return not any(size < 4 * count < 3 * size for count in ones)


def _few_zeros(sample: bytes) -> Wide | None:
    """UTF-16 of a script other than Latin, where only blanks and punctuation have a NUL byte.

    It reads as text in one of the two byte orders; if in both, the one with more blanks is taken.
    """
    if _is_bytes(sample):
        return None
    texts = {name: sample.decode(name, "replace") for name in ("UTF-16LE", "UTF-16BE")}
    blanks = {name: text.count(" ") for name, text in texts.items() if _reads(text)}
    best = max(blanks, key=lambda name: blanks[name], default="")
    if not best or list(blanks.values()).count(blanks[best]) > 1:
        return None
    return Wide(best, b"")


def _is_bytes(sample: bytes) -> bool:
    """Whether `sample` is UTF-8 with a stray NUL: it decodes, and has few other controls."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    try:
        sample[:-3].decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and controls < len(sample) / 10
    return controls < len(sample) / 10


def _reads(text: str) -> bool:
    """Whether `text` is mostly letters, and nearly all of one script that is in common use."""
    if sum(_strange(character) for character in text) * 50 > len(text):
        return False
    scripts = Counter(_script(character) for character in text if character.isalpha())
    letters = scripts.total()
    script, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    return (
        script in _LIVING
        and letters * 2 >= len(text)
        and count * 10 >= letters * 9
        and not (script in _EASTERN and sum(map(_two_alike, text)) * 2 >= len(text))
    )


def _strange(character: str) -> bool:
    """Whether no text has this character."""
    return character == "\ufffd" or (
        character not in "\t\n\r" and unicodedata.category(character) in _IN_NO_TEXT
    )


def _script(letter: str) -> str:
    """The script of a letter, by its name; IDEOGRAPHS for what Chinese and Japanese use.

    SELDOM for rare ideographs.
    """
    if "\u4e00" <= letter <= "\u9fff" or "\u3040" <= letter <= "\u30ff":
        return "IDEOGRAPHS"
    if "\u3400" <= letter < "\u4e00":
        return "SELDOM"
    return script_of(letter)


def _two_alike(character: str) -> bool:
    """Whether both bytes of a code unit are ASCII, or both are letters of a legacy encoding.

    Two bytes of such text look like an ideograph or a Hangul syllable; few real ones are like that.
    """
    pair = divmod(ord(character), 256)
    return all(0x20 <= byte < 0x7F for byte in pair) or min(pair) >= 0xA1
