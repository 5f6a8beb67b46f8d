"""A large file in pieces that can be fixed one after the other, each in memory.

A piece begins where a line begins; if the file holds many documents, where one of them begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..check.plan import Bound
from ..delimiters.divider import Divider
from ..delimiters.division import divides
from ..delimiters.kinds import kind_of
from ..document import Document, Place
from ..text.lines import Window

MOST: Final = 1 << 23
"""Bytes of a piece at most; a longer document or line raises LongError."""

_ENOUGH: Final = 1 << 16
"""Bytes of documents after which a piece ends."""

_ENDS: Final = (b"\n", b"\r")

Heads = list[tuple[int, bytes]]
"""For each compressed stream: the offset in the expanded bytes, and its header in the file."""


class LongError(ValueError):
    """A line or a document is too long for a piece; the message says which."""


class Piece(Struct, frozen=True):
    """The bytes of a piece; `heads` are the headers of compressed streams that begin with it."""

    data: bytes
    last: bool
    heads: tuple[bytes, ...] = ()


def pieces(
    windows: Iterable[Window], bound: Bound, place: Place, heads: Heads | None = None
) -> Iterator[Piece]:
    """The pieces of a file that is read in windows. Raises LongError.

    `heads` grows while the windows are read. A stream that begins within a line or a document does
    not begin a piece, and is joined to the stream before it.
    """
    by_line = not divides(bound.settings) or kind_of(bound.settings).run_of is not None
    found = _lines(windows) if by_line else _documents(windows, Divider(bound.settings), place)
    offset = 0
    for data, last in found:
        if heads is None:
            yield Piece(data, last)
            continue
        streams = _taken(heads, offset, offset + len(data) + last)
        starts = [at for at in streams if not at or (by_line and data[:at].endswith(_ENDS))]
        for at, end in zip([*starts], [*starts[1:], len(data)], strict=True):
            yield Piece(data[at:end], last and end == len(data), tuple(streams[at]))
        offset += len(data)


def _taken(heads: Heads, start: int, end: int) -> dict[int, list[bytes]]:
    """The headers of streams that begin in `start:end`, by offset from `start`; 0 is always in."""
    found: dict[int, list[bytes]] = {0: []}
    while heads and heads[0][0] < end:
        at, head = heads.pop(0)
        found.setdefault(at - start, []).append(head)
    return found


def _lines(windows: Iterable[Window]) -> Iterator[tuple[bytes, bool]]:
    """Pieces of whole lines, and whether each is the last."""
    held, size = list[bytes](), 0
    for window in windows:
        held.append(window.data)
        size += len(window.data)
        if window.last or window.data.endswith(_ENDS):
            yield b"".join(held), window.last
            held, size = [], 0
        elif size > MOST:
            raise LongError(f"a line of it has more than {MOST >> 20} MiB")


def _documents(
    windows: Iterable[Window], divider: Divider, place: Place
) -> Iterator[tuple[bytes, bool]]:
    """Pieces of whole documents, with the bytes between them, and whether each is the last."""
    held, offset = bytearray(), 0

    def passing() -> Iterator[Window]:
        for window in windows:
            held.extend(window.data)
            yield window

    for item in divider.divide(passing(), place):
        size = item.window.offset - offset if isinstance(item, Document) else 0
        if size >= _ENOUGH:
            yield bytes(held[:size]), False
            del held[:size]
            offset += size
        if len(held) > MOST:
            raise LongError(f"a document of it has more than {MOST >> 20} MiB")
    yield bytes(held), True
