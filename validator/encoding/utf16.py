"""Is it UTF-16 or UTF-32? Told by the byte order mark, or by where the NUL bytes stand."""

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
"""High bytes of what Thai, Chinese, Japanese and Korean are written in."""

_BITS: Final = tuple(bytes(byte >> bit & 1 for byte in range(256)) for bit in range(8))
"""For each bit, what every byte has there."""

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

    Without it, it is told by its NUL bytes, or because it `reads` as text.
    """

    encoding: str
    mark: bytes
    reads: bool = False


def wide(head: bytes) -> Wide | None:
    """UTF-16 or UTF-32, where the first bytes of a file say so."""
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
    """UTF-32, in which hardly anything else decodes: four bytes must be below 11 00 00."""
    for name in ("UTF-32LE", "UTF-32BE"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if sum(map(_strange, text)) * 50 <= len(text):
            return Wide(name, b"")
    return None


def wide_as_ascii(head: bytes) -> Wide | None:
    """UTF-16 of which all bytes are ASCII: Thai, Cyrillic; half of them are controls then."""
    controls = len(head) - len(head.translate(None, _CONTROLS + b"\0"))
    return wide(head) if controls * 5 > len(head) else None


def _hardly_zeros(sample: bytes) -> Wide | None:
    """UTF-16 without NULs, or with few: where ASCII is seldom, as in Chinese or Japanese.

    One byte of each pair is then from a small part of what there is, the other from anywhere.
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
    """Whether bytes may be the high ones of pairs, and those beside them the low ones.

    An alphabet has one high byte nearly everywhere.
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
    """Whether three of four bytes may be the same: then they agree in every bit."""
    size = len(lane)
    ones = (bytesum(translate(lane, bit)) for bit in _BITS)
    return not any(size < 4 * count < 3 * size for count in ones)


def _few_zeros(sample: bytes) -> Wide | None:
    """UTF-16 beyond Latin, where hardly more than blanks and punctuation have a NUL byte.

    In one of the two byte orders, the pairs read as text; if in both, as text with blanks in one.
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
    """Whether it is UTF-8 with a stray NUL: it decodes, and has hardly another control."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    try:
        sample[:-3].decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data" and controls < len(sample) / 10
    return controls < len(sample) / 10


def _reads(text: str) -> bool:
    """Whether it is text: mostly letters, and these of one script that people write in."""
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
    """Whether no text has it."""
    return character == "\ufffd" or (
        character not in "\t\n\r" and unicodedata.category(character) in _IN_NO_TEXT
    )


def _script(letter: str) -> str:
    """Its script as the names of letters begin; IDEOGRAPHS for what Chinese and Japanese use."""
    if "\u4e00" <= letter <= "\u9fff" or "\u3040" <= letter <= "\u30ff":
        return "IDEOGRAPHS"
    if "\u3400" <= letter < "\u4e00":
        return "SELDOM"
    return script_of(letter)


def _two_alike(character: str) -> bool:
    """Whether both bytes are ASCII, or both are letters of a legacy encoding.

    Two bytes of such a text look like an ideograph or a Hangul syllable; few real ones are so.
    """
    pair = divmod(ord(character), 256)
    return all(0x20 <= byte < 0x7F for byte in pair) or min(pair) >= 0xA1
