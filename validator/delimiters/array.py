"""Whether a file that should be JSON Lines is one JSON array instead."""

from __future__ import annotations

from typing import Final

from ..text.lazy_re import later
from ..text.lines import Window
from .flaws import NotLines

_BLANK: Final = b" \t\r\n"
_BRACKET: Final = later(rb'"[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*"|[\[\]{}]')
_LOOK: Final = 3
"""Lines that are looked at, blank ones not counted."""

_OPENS: Final = (b"[", b"{")


def begins_array(window: Window) -> NotLines | None:
    """The flaw of a file that is one JSON array, by its first window; None if it is not.

    Either the array begins on the first line that is not blank, and goes on after it or is all of
    the file; or the brackets are missing, and each line is an element with its comma.
    """
    data = window.data
    begin = len(data) - len(data.removeprefix(b"\xef\xbb\xbf").lstrip())
    if data[begin : begin + 1] not in (b"[", b"{"):
        return None
    lines = _lines(data, begin)
    if data[begin : begin + 1] == b"{":
        if len(lines) == _LOOK and all(line.endswith(b"},") for line in lines[:2]):
            at = begin + len(lines[0]) - 1
            return NotLines(at, at + 1, brackets=False)
        return None
    return NotLines(begin, begin + 1) if _is_array(lines, window.last) else None


def has_enough(data: bytes) -> bool:
    """Whether `data` has enough lines for `begins_array` to decide."""
    return len(_lines(data, 0)) >= _LOOK


def _lines(data: bytes, start: int) -> list[bytes]:
    """The first `_LOOK` lines that are not blank, without the blanks around them."""
    found: list[bytes] = []
    while len(found) < _LOOK and start < len(data):
        end = data.find(b"\n", start)
        end = end if end >= 0 else len(data)
        line = data[start:end].strip(_BLANK)
        found += [line] if line else []
        start = end + 1
    return found


def _is_array(lines: list[bytes], is_last: bool) -> bool:
    first, second = lines[0], lines[1] if lines[1:] else b""
    if _depth(first) > 0:
        return first.endswith((b",", *_OPENS)) or second.startswith((b",", b"]", *_OPENS))
    return is_last and not second and first[1:].lstrip().startswith(_OPENS)


def _depth(line: bytes) -> int:
    """How many more brackets and braces a line opens than it closes."""
    depth = 0
    for match in _BRACKET.finditer(line):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(match.group(), 0)
    return depth
