"""Documents of known text in many encodings, cut from texts of ours to several lengths."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from validator.encoding.suggest import CANDIDATES

from .texts_encodings import ENCODINGS, TEXTS, written

LENGTHS: Final = (20, 40, 80, 160, 320)
"""Bytes of a document, about: it ends with the character that reaches so far."""

STARTS: Final = 4
"""Documents cut from one text, beginning at as many places."""

DAMAGE: Final = (0xFF, 0xE9, 0x80, 0x20)
"""What a byte is overwritten with: never in UTF-8, a lead byte, a continuation byte, a space."""

_STATEFUL: Final = ("iso2022", "utf-7", "hz")


class Sample(Struct, frozen=True):
    """A document and what is known of it. `at` is the damaged byte, -1 where there is none."""

    encoding: str
    language: str
    length: int
    data: bytes
    text: str
    at: int = -1

    @property
    def wide(self) -> bool:
        """Whether it is in UTF-16 or UTF-32."""
        return self.encoding.startswith(("utf-16", "utf-32"))

    @property
    def seven_bit(self) -> bool:
        """Whether it writes its letters in ASCII bytes."""
        return self.encoding.startswith(_STATEFUL)


def legacy(
    lengths: Iterable[int] = LENGTHS, starts: int = STARTS, texts: Mapping[str, str] = TEXTS
) -> Iterator[Sample]:
    """Documents in every encoding of ENCODINGS, without those that are ASCII by chance."""
    for encoding, languages in ENCODINGS.items():
        for language in (one for one in languages if one in texts):
            whole = written(texts[language], encoding)
            for length in lengths:
                for text in cuts(whole, encoding, length, starts):
                    if not text.isascii():
                        yield Sample(encoding, language, length, text.encode(encoding), text)


def damaged(lengths: Iterable[int] = LENGTHS, starts: int = STARTS) -> Iterator[Sample]:
    """Documents in UTF-8 with one byte of a character beyond ASCII overwritten."""
    for language in TEXTS:
        for length in lengths:
            for number, text in enumerate(cuts(TEXTS[language], "utf-8", length, starts)):
                data = bytearray(text.encode())
                places = [at for at, byte in enumerate(data) if byte > 0x7F]
                byte = DAMAGE[number % len(DAMAGE)]
                if places:
                    at = places[number * len(places) // starts]
                    data[at] = byte if data[at] != byte else 0xFE
                    if not _is_utf8(data):
                        yield Sample("utf-8", language, length, bytes(data), text, at)


def pasted(lengths: Iterable[int] = (320,)) -> Iterator[Sample]:
    """Documents in UTF-8, each with one character in the byte of a one-byte encoding."""
    for encoding in CANDIDATES:
        for language in ENCODINGS.get(encoding, ()):
            for length in lengths:
                text = next(cuts(written(TEXTS[language], encoding), "utf-8", length, 1))
                for place in (at for at, one in enumerate(text) if one > "\x7f"):
                    before, after = text[:place].encode(), text[place + 1 :].encode()
                    data = before + text[place].encode(encoding) + after
                    yield Sample(encoding, language, length, data, text, len(before))


def cuts(text: str, encoding: str, length: int, starts: int) -> Iterator[str]:
    """Parts of the text, which goes round, of about `length` bytes in the encoding."""
    endless = f"{text}\n{text}\n{text}\n"
    for number in range(starts):
        start = number * len(text) // starts
        end = start + 1
        while end < len(endless) and len(endless[start:end].encode(encoding)) < length:
            end += 1
        yield endless[start:end]


def _is_utf8(data: bytearray) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
