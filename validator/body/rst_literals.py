"""What is no markup in reStructuredText: code, literal blocks, comments.

Each begins with a line that says so, and has the lines that are indented more than that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..text.lazy_re import later

TAB: Final = 8
"""Columns of a tab."""

CODE: Final = later(rb"([ \t]*)\.\.[ \t]+(?:code-block|sourcecode|code)::[ \t]+(\S+)[ \t]*")
"""A directive for code in a language: its indentation, and the language."""

HIDES: Final = later(
    rb"[ \t]*\.\. (?:(?:code|code-block|sourcecode|parsed-literal|highlight|math|raw)::.*"
    rb"|(?!\[|_|\||[\w.:+-]+::).*)"
)
"""A line that is no prose itself: of a directive, or a comment."""


def literals(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """The index of the line that each begins with, and of the one behind its last that is full."""
    at = 0
    while at < len(lines):
        begin, at = at, at + 1
        if _begins_literal(lines[begin]):
            at = _indented(lines, begin)
            yield begin, at


def _begins_literal(line: bytes) -> bool:
    bare = line.strip()
    if bare.startswith((b".. ", b"..\t")):
        return HIDES.fullmatch(line) is not None or CODE.fullmatch(line) is not None
    return bare.endswith(b"::")


def _indented(lines: Sequence[bytes], at: int) -> int:
    """The line behind what is indented more than this one; blank lines at its end are not."""
    margin, last = width(lines[at]), at
    for number in range(at + 1, len(lines)):
        if lines[number].strip():
            if width(lines[number]) <= margin:
                break
            last = number
    return last + 1


def width(line: bytes, tab: int = TAB) -> int:
    """Columns of the blanks that a line begins with."""
    bare = line[: len(line) - len(line.lstrip(b" \t"))]
    return len(bare.expandtabs(tab))
