r"""Packs many files into one seed bundle and unpacks them again, unchanged to the byte.

    %%% begin 000_5d41402abc4b2a76.txt
    Title
    \%%% a line that begins with three percent signs
    %%% end 000_5d41402abc4b2a76.txt

The profile `seed-bundle` checks them; docs/delimiters.md has the grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from ..text.lazy_re import later

_SIGN: Final = b"%%%"
_WITHOUT: Final = b" without-newline"
_TO_ESCAPE: Final = later(rb"(?:\A|(?<=[\r\n]))(?=\\*%%%)")
_ESCAPED: Final = later(rb"(?:\A|(?<=[\r\n]))\\(?=\\*%%%)")
_BEGIN: Final = later(rb"%%% begin ([^ \n]+)\n")
_END: Final = later(rb"%%% end ([^ \n]+)( without-newline)?\n")
_UNSAFE: Final = later(rb"[\x00-\x20\x7f%]")
_UNSAFE_BYTES: Final = later(rb"[\x00-\x20\x7f-\xff%]")
_NAME: Final = later(rb"(?:[^\x00-\x20\x7f%]|%[0-9A-F]{2})+")


def pack(files: Iterable[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """The bundle of these files (names and contents) in this order, part by part.

    Raises ValueError for a file without a name, and for a repeated name.
    """
    seen: set[bytes] = set()
    for name, content in files:
        if not name:
            raise ValueError("a file without a name cannot be put into a bundle")
        if name in seen:
            raise ValueError(f"two files have the name {name!r}")
        seen.add(name)
        written = _written(name)
        ends = not content or content.endswith((b"\n", b"\r"))
        yield b"%%% begin " + written + b"\n"
        yield _TO_ESCAPE.sub(rb"\\", content)
        yield b"" if ends else b"\n"
        yield b"%%% end " + written + (b"" if ends else _WITHOUT) + b"\n"


def unpack(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each file in a bundle, as they were given to `pack`.

    Raises ValueError, with the byte offset, where `data` is no bundle; the files before that place
    are given first.
    """
    at = 0
    seen: set[bytes] = set()
    while at < len(data):
        begin = _BEGIN.match(data, at)
        if begin is None or not _NAME.fullmatch(begin[1]):
            raise ValueError(f"byte {at}: a line `%%% begin NAME` is due here")
        name = unquote_to_bytes(begin[1])
        if name in seen:
            raise ValueError(f"byte {at}: a second file has the name {name!r}")
        seen.add(name)
        marker = _marker_from(data, begin.end())
        if marker < 0:
            raise ValueError(f"byte {at}: the file {name!r}, which begins here, has no end")
        end = _END.match(data, marker)
        if end is None or end[1] != begin[1]:
            raise ValueError(f"byte {marker}: the line `%%% end` of the file {name!r} is due here")
        yield name, _content(data, begin.end(), marker, end[2] is not None)
        at = end.end()


def _content(data: bytes, start: int, end: int, without_newline: bool) -> bytes:
    """The content of a file, unescaped from the bytes `start:end` of the bundle.

    `without_newline` says that the content does not end in the last line end, which was added.
    """
    text = data[start:end]
    if without_newline:
        if not text.endswith(b"\n") or text[:-1].endswith((b"\n", b"\r")) or len(text) == 1:
            raise ValueError(f"byte {end}: the file has no line end that was added to it")
        text = text[:-1]
    return _ESCAPED.sub(b"", text)


def _marker_from(data: bytes, start: int) -> int:
    """Where the first line that begins with `%%%` starts, at `start` or later; -1 if none does."""
    at = data.find(_SIGN, start)
    while at >= 0 and data[at - 1] not in b"\r\n":
        at = data.find(_SIGN, at + 1)
    return at


def _written(name: bytes) -> bytes:
    """A name as markers have it; in ASCII if it is no UTF-8, so that the bundle stays text."""
    try:
        name.decode()
        unsafe = _UNSAFE
    except UnicodeDecodeError:
        unsafe = _UNSAFE_BYTES
    return unsafe.sub(lambda match: b"%%%02X" % match.group()[0], name)
