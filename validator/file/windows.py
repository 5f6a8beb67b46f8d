"""Decides where a file is cut into windows: at line ends, and inside of a huge line."""

from __future__ import annotations

from typing import Final

from stringzilla import count

from ..text.lazy_re import later
from ..text.lines import NEWLINE, code_points, line_start

LONGEST_LINE: Final = 1 << 20
"""A line longer than this is cut, at a character, so that memory stays bounded."""

_NEAR_END: Final = 4096
_IN_WORD: Final = later(rb"(?s:.*) [a-z](?=[a-z]+ )")
_IN_TEXT: Final = later(rb"(?s:.*)[^\s](?=[!-~\xc2-\xf4])")


def parted(pending: bytes, block: bytes) -> tuple[bytes, bytes]:
    """The data of the next window of two consecutive pieces, and the rest of them."""
    end = last_line_end(block)
    if not end:
        data = pending + block
        end = cut(data)
        return data[:end], data[end:]
    return b"".join((pending, memoryview(block)[:end])), block[end:]


def last_line_end(data: bytes) -> int:
    """The byte after the last line end; 0 if there is none.

    A CR that is the last byte does not count, as it may be half of a CRLF.
    """
    return max(data.rfind(b"\n"), data.rfind(b"\r", 0, len(data) - 1)) + 1


def cut(data: bytes) -> int:
    """Where to end a window: after the last line end, else (a huge line) inside it.

    A CR that is the last byte may be half of a CRLF, so it does not count as a line end. A huge
    line is cut inside of a word, else between characters that are no blanks: so no blank is taken
    for the end of a line, and no marker or escape is cut in two. 0 means to read more.
    """
    end = last_line_end(data)
    if end or len(data) < LONGEST_LINE:
        return end
    tail = data[-_NEAR_END:]
    for place in (_IN_WORD, _IN_TEXT):
        match = place.match(tail)
        if match:
            return len(data) - len(tail) + match.end()
    for back in range(1, 4):
        if data[-back] & 0xC0 != 0x80:
            return len(data) - back if data[-back] != 0x0A else len(data)
    return len(data)


def after(part: bytes, row: int, column: int) -> tuple[int, int]:
    """Row and column of the byte that follows `part`."""
    rows = len(NEWLINE.findall(part)) if b"\r" in part else count(part, b"\n")
    if not rows:
        return row, column + code_points(part)
    tail = part[line_start(part, len(part)) :]
    return row + rows, 1 + code_points(tail)
