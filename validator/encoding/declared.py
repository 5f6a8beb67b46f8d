"""Is a file in the encoding that the profile declares, when that is not UTF-8?

Decoding is no proof: most encodings give every byte a meaning. What can be known beyond it is
whether bytes are undecodable, whether a file is UTF-8 in truth, and whether an ISO encoding was
declared where the one of Windows is meant, which has characters in place of the C1 controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar, Final

from msgspec import Struct

from ..model import BlockingFlaw, Flaw, SpanFlaw
from ..text.lines import Window
from .advice import Advice
from .transcode import Recoded, decoded, decodes, resolve
from .utf8 import invalid_parts, is_utf8, multi_byte

_WINDOWS: Final = {
    "iso8859-1": "cp1252", "iso8859-15": "cp1252", "iso8859-9": "cp1254", "iso8859-7": "cp1253",
    "iso8859-8": "cp1255", "iso8859-13": "cp1257",
}  # fmt: skip
"""ISO encodings, and those of Windows that have characters where these have C1 controls."""

_C1: Final = "[\x80-\x9f]+"
_SHARE: Final = 4
"""Valid characters for each invalid sequence that make a file damaged and not in another encoding:
text of another one is often valid by chance, pair by pair."""

_ENOUGH: Final = 10
_MANY: Final = {"ascii": 1000}
"""Invalid sequences that speak of the file and not of its bytes; who declares ASCII wants to see
each of them."""

_FEW: Final = 3
"""Valid UTF-8 sequences that may stand in a text of a two-byte encoding by chance."""


class Undecodable(SpanFlaw, frozen=True):
    """Bytes that mean nothing in the declared encoding; `start:end` is where the view has them."""

    bytes: bytes
    charset: str


class Misdeclared(BlockingFlaw, frozen=True):
    """A file of which much that is beyond ASCII does not decode under `tried`, declared first."""

    tried: str
    invalid: int
    valid: int
    advice: Advice | None


class Opaque(Struct, frozen=True):
    """A file that cannot be seen as UTF-8, in its own bytes, and why."""

    pages: Iterable[Window]
    flaw: Flaw

    def __iter__(self) -> Iterator[Window]:
        return iter(self.pages)


class UndeclaredUtf8(BlockingFlaw, frozen=True):
    """A file in UTF-8 where something else is declared that its bytes would decode under too."""

    charset: str
    sequences: int


class UndeclaredWindows(SpanFlaw, frozen=True):
    """A file with bytes that an ISO encoding has as controls, and `better` as characters."""

    blocks: ClassVar[bool] = True
    charset: str
    better: str
    count: int


def view(pages: Iterable[Window], charsets: Sequence[str]) -> Iterable[Window]:
    """The file as UTF-8, under the first of `charsets` that all of it decodes under, or the first.

    A file in UTF-8 is given back as it is, and so is a damaged one where UTF-8 is declared too.
    """
    fitting = next((charset for charset in charsets if decodes(pages, charset)), "")
    charset = fitting or charsets[0]
    if charset == "utf-8" or ("utf-8" in charsets and _is_mostly_utf8(pages)):
        return pages
    flaw = _undeclared_utf8(pages, charset) or (None if fitting else _misdeclared(pages, charset))
    return Opaque(pages, flaw) if flaw else Recoded(pages, charset)


def _is_mostly_utf8(pages: Iterable[Window]) -> bool:
    return sum(multi_byte(page.data) - invalid_parts(page.data) for page in pages) > 0


def flaws(file: Recoded | Opaque) -> Iterator[Flaw]:
    """What speaks against the declared encoding, in order of offset."""
    found = file.flaw if isinstance(file, Opaque) else _undeclared_windows(file)
    if found:
        yield found
    elif isinstance(file, Recoded):
        for window in file:
            for start, end, data in window.undecodable():
                yield Undecodable(window.offset + start, window.offset + end, data, file.charset)


def _misdeclared(pages: Iterable[Window], charset: str) -> Misdeclared | None:
    """Whether so much of what is beyond ASCII is invalid that it speaks of the file."""
    valid = invalid = 0
    for text in decoded(pages, charset):
        replaced = text.count("\ufffd")
        invalid += replaced
        valid += len(text) - replaced - len(text.encode("ascii", "ignore"))
    if invalid * _SHARE <= valid or invalid < _MANY.get(charset, _ENOUGH):
        return None
    from .detect import advise  # with its tables: only for bytes that are not what was declared

    return Misdeclared(charset, invalid, valid, advise(pages))


def _undeclared_utf8(pages: Iterable[Window], charset: str) -> UndeclaredUtf8 | None:
    valid = invalid = 0
    codec = charset
    nul = False
    for page in pages:
        codec = resolve(charset, page.data)[0] if page.first else codec
        nul = nul or b"\0" in page.data
        valid += multi_byte(page.data)
        invalid += invalid_parts(page.data)
    if _is_utf8_instead(codec, valid, invalid, nul):
        return UndeclaredUtf8(charset, valid)
    return None


def _undeclared_windows(file: Recoded) -> UndeclaredWindows | None:
    better = _WINDOWS.get(file.charset, "")
    if not better or not decodes(file.pages, better):
        return None
    spans = [
        (window.offset + start, window.offset + end)
        for window in file
        for start, end, _ in window.matches(re.compile(_C1))
    ]
    if not spans:
        return None
    count = sum((end - start) // 2 for start, end in spans)
    return UndeclaredWindows(*spans[0], file.charset, better, count)


def small_views(texts: Sequence[bytes], charsets: Sequence[str]) -> list[bytes] | None:
    """Whole files as UTF-8; None as soon as one of them needs a closer look."""
    views = []
    for data in texts:
        for charset in charsets:
            codec, mark = resolve(charset, data)
            try:
                text = data[mark:].decode(codec)
            except UnicodeDecodeError:
                continue
            break
        else:
            return None
        if charset != "utf-8" and _is_suspicious(data, text, codec):
            return None
        views.append(data if charset == "utf-8" else text.encode("utf-8", "surrogateescape"))
    return views


def reads_alike(data: bytes, charsets: Sequence[str]) -> bool:
    """Whether a whole file has the same bytes in UTF-8."""
    return small_views([data], charsets) == [data]


def _is_suspicious(data: bytes, text: str, codec: str) -> bool:
    """Whether a file that decodes may yet be in another encoding. Says yes too often, never no."""
    if codec in _WINDOWS and re.search(_C1, text):
        return True
    if data.isascii():
        return codec.startswith(("utf-16", "utf-32"))
    return is_utf8(data) or multi_byte(data) > 0


def _is_utf8_instead(codec: str, valid: int, invalid: int, nul: bool) -> bool:
    """Whether so many valid and invalid UTF-8 sequences say that the file is UTF-8.

    A text of a one-byte encoding hardly ever holds a valid sequence; two bytes a character make
    some by chance; and UTF-16 has a NUL in nearly every line.
    """
    if codec in {"utf-8", "ascii"}:
        return False
    if codec.startswith(("utf-16", "utf-32")):
        return not invalid and not nul
    if len(bytes(range(0x80, 0x100)).decode(codec, "replace")) == 0x80:
        return valid > invalid
    return valid > _FEW and not invalid
