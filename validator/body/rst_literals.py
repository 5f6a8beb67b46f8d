"""Parts of reStructuredText without markup: code, literal blocks, comments.

Each begins with a line that shows its kind, and has the following lines that are indented more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..text.lazy_re import later

TAB: Final = 8
"""Columns between two tab stops."""

CODE: Final = later(rb"([ \t]*)\.\.[ \t]+(?:code-block|sourcecode|code)::[ \t]+(\S+)[ \t]*")
"""A directive for a block of code; the groups are its indentation and the language."""

HIDES: Final = later(
    rb"[ \t]*\.\. (?:(?:code|code-block|sourcecode|parsed-literal|highlight|math|raw)::.*"
    rb"|(?!\[|_|\||[\w.:+-]+::).*)"
)
"""A first line that is not prose itself: that of a directive or a comment."""


def literals(lines: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """For each such part: the index of its first line, and of the line behind its last full one."""
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
    """The line behind the lines indented more than line `at`, without blank lines at their end."""
    margin, last = width(lines[at]), at
    for number in range(at + 1, len(lines)):
        if lines[number].strip():
            if width(lines[number]) <= margin:
                break
            last = number
    return last + 1


def width(line: bytes, tab: int = TAB) -> int:
    """The number of columns that a line is indented by."""
    bare = line[: len(line) - len(line.lstrip(b" \t"))]
    return len(bare.expandtabs(tab))
