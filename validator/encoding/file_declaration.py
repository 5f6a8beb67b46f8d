"""The encoding that a file declares itself: in XML, HTML, a mail header, a line for an editor.

Such a declaration is evidence, no proof: files are converted, and the declaration is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from msgspec import Struct
from stringzilla import find

from ..text.lazy_re import later
from ..text.lines import NEWLINE, Window, lines_of
from .charsets import text_codec

HEAD: Final = 4096
"""Bytes at the beginning of a file in which a declaration is looked for."""

TAIL: Final = 1024
"""Bytes at the end of a file in which a line for an editor is looked for."""

_NAME: Final = rb"([A-Za-z0-9][A-Za-z0-9_.:+-]*)"

_HUNSPELL: Final = rb"(UTF-8|ISO8859-\d{1,2}|KOI8-[RU]|(?:microsoft-)?cp125\d|ISCII-[A-Z]+)"
"""Encodings of spelling dictionaries, as their affix files name them."""

# Each standard says where its declaration may stand: XML 1.0 section 4.3.3; HTML, "determining the
# character encoding" (the first 1024 bytes, so the file must look like HTML); RFC 2045 section 5;
# CSS Syntax 3 section 3.2; PEP 263; the manuals of Emacs (first line, or second after `#!`) and Vim
# (five lines at either end); hunspell(5), "SET encoding".
_KINDS: Final = tuple(
    (kind, later(pattern, flags))
    for kind, pattern, flags in (
        ("XML declaration", rb"\A\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']" + _NAME, 0),
        ("@charset", rb"\A@charset \"" + _NAME, 0),
        ("Emacs line", rb"\A(?:#![^\r\n]*\r?\n)?[^\r\n]*?-\*-[^\r\n]*?\bcoding:\s*" + _NAME, 0),
        (
            "encoding comment",
            rb"\A(?:[^\r\n]*\r?\n)?[ \t\f]*#[#\s*-]*(?:file|en)?coding[:=][ \t]*" + _NAME,
            0,
        ),
        (
            "meta element",
            rb"\A\s*<(?s:.{0,1000}?)<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?\s*" + _NAME,
            re.IGNORECASE,
        ),
        (
            "Content-Type header",
            rb"^[ \t]*\"?content-type:[^\r\n]{0,200}?(?:\r?\n[ \t]+[^\r\n]{0,200}?)?"
            rb"\bcharset\s*=\s*\"?" + _NAME,
            re.IGNORECASE | re.MULTILINE,
        ),
        ("inputenc option", rb"^[ \t]*\\usepackage\[" + _NAME + rb"\]\{inputenc\}", re.MULTILINE),
        ("scriptencoding command", rb"^[ \t]*scriptencoding[ \t]+" + _NAME, re.MULTILINE),
        ("SET line", rb"^SET[ \t]+" + _HUNSPELL + rb"(?=[ \t]*(?:[\r\n]|\Z))", re.MULTILINE),
    )
)
_WORDS: Final = (b"coding", b"charset", b"inputenc", b"enc=", b"set ", b"set\t")
"""Every declaration, in small letters, holds one of these."""

_VIM: Final = later(
    rb"(?:^|[ \t])(?:vim?|ex):[^\r\n]*?\b(?:fenc|fileencoding|enc|encoding)=" + _NAME, re.MULTILINE
)
_VIM_LINES: Final = 5

_OTHER_NAMES: Final = {
    "x-sjis": "cp932", "windows-31j": "cp932", "ms932": "cp932", "x-gbk": "gbk",
    "ks_c_5601-1987": "euc_kr", "x-windows-949": "cp949", "ansinew": "cp1252",
    "applemac": "mac-roman", "x-mac-roman": "mac-roman", "x-mac-cyrillic": "mac-cyrillic",
    "latin9": "iso8859-15", "latin10": "iso8859-16", "utf8x": "utf-8", "unicode": "utf-16",
    "iso-8859-8-i": "iso8859-8", "x-euc-jp": "euc_jp", "x-user-defined": "", "cp1252-sloppy": "",
    "microsoft-cp1251": "cp1251",
}  # fmt: skip
"""Names that Python does not know, from WHATWG's Encoding Standard and LaTeX's inputenc, with
Python's name; empty if Python has no such codec."""


class Declaration(Struct, frozen=True):
    """The encoding that a file declares: `name`, as it is written at the byte `start`, line `row`.

    `codec` is Python's name for it, empty if Python does not know it. `kind` is the kind of the
    declaration in words, such as `XML declaration`.
    """

    name: str
    codec: str
    kind: str
    row: int
    start: int


def declaration(windows: Iterable[Window]) -> Declaration | None:
    """The first declaration of its encoding in a file; None if there is none."""
    first = last = None
    for window in windows:
        first = first or window
        last = window
    if first is None or last is None:
        return None
    return _in_head(first) or _in_tail(last)


def codec_of(name: str) -> str:
    """Python's name for the encoding that a declaration calls `name`; empty if it is not known."""
    name = name.lower().strip()
    return text_codec(_OTHER_NAMES.get(name, name))


def _in_head(window: Window) -> Declaration | None:
    head = window.data[:HEAD]
    small = head.lower()
    if all(find(small, word) < 0 for word in _WORDS):
        return None
    for kind, pattern in _KINDS:
        match = pattern.search(head)
        if match:
            return _made(match, kind, window, 0)
    last = next(islice(lines_of(head), _VIM_LINES - 1, None), (0, 0, len(head)))
    match = _VIM.search(head[: last[2]])
    return _made(match, "Vim line", window, 0) if match else None


def _in_tail(window: Window) -> Declaration | None:
    start = max(0, len(window.data) - TAIL)
    if b"enc=" not in window.data[start:] and b"encoding=" not in window.data[start:]:
        return None
    ends = [match.end() for match in NEWLINE.finditer(window.data, start)]
    if len(ends) > _VIM_LINES:
        start = ends[-_VIM_LINES - 1]
    match = _VIM.search(window.data[start:])
    return _made(match, "Vim line", window, start) if match else None


def _made(match: re.Match[bytes], kind: str, window: Window, start: int) -> Declaration:
    name = match.group(1).decode("ascii")
    at = start + match.start(1)
    row = window.row + window.line_at(at)
    return Declaration(name, codec_of(name), kind, row, window.offset + at)
