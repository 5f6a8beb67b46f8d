"""Whether a file is in the encoding that the profile declares, when that is not UTF-8.

That a file decodes is no proof: most encodings give every byte a meaning. What can be found out is
whether bytes are undecodable, whether the file is UTF-8 instead, and whether an ISO encoding was
declared where that of Windows is meant, which has characters in place of the C1 controls.
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
"""By ISO encoding: the one of Windows that has characters where the ISO one has C1 controls."""

_C1: Final = "[\x80-\x9f]+"
_SHARE: Final = 4
"""A file with so many valid characters for each invalid sequence is damaged; with fewer it is in
another encoding, whose pairs of bytes are often valid by chance."""

_ENOUGH: Final = 10
_MANY: Final = {"ascii": 1000}
"""So many invalid sequences or more are reported as one flaw of the file, not one by one. The limit
is higher for ASCII: whoever declares it wants to see each of them."""

_FEW: Final = 3
"""So many valid UTF-8 sequences may be in a text of a two-byte encoding by chance."""


class Undecodable(SpanFlaw, frozen=True):
    """Bytes that cannot be decoded in the declared encoding `charset`.

    `start:end` is their span in the view of the file as UTF-8 (`Recoded`).
    """

    bytes: bytes
    charset: str


class Misdeclared(BlockingFlaw, frozen=True):
    """A file of which much beyond ASCII does not decode under `tried`, the first declared encoding.

    `valid` and `invalid` count its characters beyond ASCII and its invalid sequences. `advice` is
    the encoding that it is probably in, None if none reads well.
    """

    tried: str
    invalid: int
    valid: int
    advice: Advice | None


class Opaque(Struct, frozen=True):
    """A file that cannot be shown as UTF-8: the windows of its own bytes, and the reason."""

    pages: Iterable[Window]
    flaw: Flaw

    def __iter__(self) -> Iterator[Window]:
        return iter(self.pages)


class UndeclaredUtf8(BlockingFlaw, frozen=True):
    """A file in UTF-8, where another encoding is declared, under which it would decode as well.

    `sequences` counts its characters of more than one byte.
    """

    charset: str
    sequences: int


class UndeclaredWindows(SpanFlaw, frozen=True):
    """A file with bytes that are controls in the declared encoding, and characters in `better`.

    `charset` is the declared encoding, one of ISO; `count` says how many such bytes there are.
    """

    blocks: ClassVar[bool] = True
    charset: str
    better: str
    count: int


def view(pages: Iterable[Window], charsets: Sequence[str]) -> Iterable[Window]:
    """The file as windows of UTF-8, decoded by the first of `charsets` that fits all of it.

    If none fits, it is the first of them. A file in UTF-8 is given back as it is, and so is a
    damaged one if UTF-8 is among `charsets`. A file that is in another encoding is an `Opaque`.
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
    """The flaws that speak against the declared encoding, in order of offset."""
    found = file.flaw if isinstance(file, Opaque) else _undeclared_windows(file)
    if found:
        yield found
    elif isinstance(file, Recoded):
        for window in file:
            for start, end, data in window.undecodable():
                yield Undecodable(window.offset + start, window.offset + end, data, file.charset)


def _misdeclared(pages: Iterable[Window], charset: str) -> Misdeclared | None:
    """The flaw of a file that is not in `charset`; None if too little is invalid to say so."""
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
    """Whole files as UTF-8, in the same order; None if one of them must be examined exactly."""
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
    """Whether a whole file, decoded as declared, has the same bytes in UTF-8."""
    return small_views([data], charsets) == [data]


def _is_suspicious(data: bytes, text: str, codec: str) -> bool:
    """Whether a file that decodes may be in another encoding all the same.

    True too often, never false where it is in another one.
    """
    if codec in _WINDOWS and re.search(_C1, text):
        return True
    if data.isascii():
        return codec.startswith(("utf-16", "utf-32"))
    return is_utf8(data) or multi_byte(data) > 0


def _is_utf8_instead(codec: str, valid: int, invalid: int, nul: bool) -> bool:
    """Whether a file declared to be in `codec` is UTF-8, by its valid and invalid UTF-8 sequences.

    Text in a one-byte encoding hardly ever holds a valid sequence; text with two bytes a character
    holds some by chance; and UTF-16 has a NUL (`nul`) in nearly every line.
    """
    if codec in {"utf-8", "ascii"}:
        return False
    if codec.startswith(("utf-16", "utf-32")):
        return not invalid and not nul
    if len(bytes(range(0x80, 0x100)).decode(codec, "replace")) == 0x80:
        return valid > invalid
    return valid > _FEW and not invalid
