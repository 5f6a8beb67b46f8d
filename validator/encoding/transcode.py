"""Shows files in another declared encoding as UTF-8, and keeps the way back to their bytes.

Rules look at bytes of UTF-8 and know no other encoding. A file in another one is decoded window
by window and shown to them as UTF-8; when a finding is placed, its offsets become offsets of the
file again. Bytes that cannot be decoded stay in the view, and are no valid UTF-8 there.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from ..file.windows import cut
from ..text.lines import Piece, View, Window
from .utf8 import MARK

_STRIDE: Final = 4096
"""Bytes decoded at a time, so that a window with many faults takes linear time."""

_MARKED: Final = {
    "utf-8-sig": ((MARK, "utf-8"),),
    "utf-16": ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")),
    "utf-32": ((b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be")),
}
_UNMARKED: Final = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""By encoding that begins with a byte order mark: the codec for files without the mark."""


class Recoded(Struct, frozen=True):
    """A file in `charset` as windows of UTF-8, to go over as often as needed.

    `pages` are the windows of its own bytes.
    """

    pages: Iterable[Window]
    charset: str

    def __iter__(self) -> Iterator[Window]:
        pending: list[Piece] = []
        carried, offset, at, row, column = b"", 0, 0, 1, 1
        codec, mark = self.charset, 0
        for page in self.pages:
            if page.first:
                codec, mark = resolve(self.charset, page.data)
                at = mark
            raw = carried + page.data[mark if page.first else 0 :]
            pieces, used = _pieces(raw, at, codec, page.last)
            pending += pieces
            carried, at = raw[used:], at + used
            data = b"".join(piece.data for piece in pending)
            end = len(data) if page.last else cut(data)
            if not end:
                continue
            own, pending = _split(pending, end, codec)
            data = b"".join(piece.data for piece in own)
            view = View(codec, tuple(own), mark > 0)
            window = Window(data, offset, row, column, offset == 0, page.last, view)
            yield window
            place = window.location(len(data))
            row, column, offset = place.row, place.column, offset + len(data)


def resolve(charset: str, head: bytes) -> tuple[str, int]:
    """The codec for a file in `charset` that begins with `head`, and the bytes of its mark."""
    for mark, codec in _MARKED.get(charset, ()):
        if head.startswith(mark):
            return codec, len(mark)
    return _UNMARKED.get(charset, charset), 0


def decodes(pages: Iterable[Window], charset: str) -> bool:
    """Whether the whole file can be decoded in `charset`."""
    try:
        for _ in decoded(pages, charset, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def decoded(pages: Iterable[Window], charset: str, errors: str = "replace") -> Iterator[str]:
    """The text of a file, window by window, without the byte order mark that `charset` begins with.

    `errors` is that of `codecs`; with `strict` it raises UnicodeDecodeError.
    """
    decoder = None
    for page in pages:
        data = page.data
        if decoder is None:
            codec, mark = resolve(charset, data)
            decoder = codecs.getincrementaldecoder(codec)(errors)
            data = data[mark:]
        yield decoder.decode(data, page.last)


def _pieces(data: bytes, at: int, codec: str, final: bool) -> tuple[list[Piece], int]:
    """The decoded and undecodable pieces of `data`, and how many bytes of it they use.

    `data` is at the byte `at` of the file. Bytes at its end that may begin a character are not
    used, unless it is `final`.
    """
    pieces: list[Piece] = []
    used = 0
    while used < len(data):
        part = data[used : used + _STRIDE]
        last = final and used + len(part) == len(data)
        decoder = codecs.getincrementaldecoder(codec)()
        try:
            text = decoder.decode(part, last)
            size = len(part) - len(decoder.getstate()[0])
            bad = b""
        except UnicodeDecodeError as error:
            text = part[: error.start].decode(codec)
            size, bad = error.start, part[error.start : error.end]
        if text:
            pieces.append(Piece(text.encode("utf-8", "surrogatepass"), at + used))
        if bad:
            pieces.append(Piece(_kept(bad), at + used + size, bad))
        used += size + len(bad)
        if not size and not bad:
            break
    return pieces, used


def _kept(bad: bytes) -> bytes:
    """The bytes that the view has for undecodable ones: none of them is ASCII."""
    return bytes(byte for byte in bad if byte > 0x7F) or b"\xff"


def _split(pieces: Sequence[Piece], end: int, codec: str) -> tuple[list[Piece], list[Piece]]:
    """The pieces before and after the first `end` bytes of their data."""
    before: list[Piece] = []
    for index, piece in enumerate(pieces):
        if end < len(piece.data):
            if not end or piece.undecodable:
                return before, list(pieces[index:])
            head, tail = piece.data[:end], piece.data[end:]
            before.append(Piece(head, piece.at))
            size = len(head.decode("utf-8", "surrogatepass").encode(codec))
            return before, [Piece(tail, piece.at + size), *pieces[index + 1 :]]
        before.append(piece)
        end -= len(piece.data)
    return before, []
