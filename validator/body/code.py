"""Blocks of code in a body, by their language, and the way from their bytes back to the document.

In Markdown a block may stand in a list or a quote, whose signs are none of its text: what a reader
of the block sees does not stand together in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from msgspec import Struct

from ..document import Span


class Line(Struct, frozen=True):
    """A line of a block: `at` in its text, `start` in the document.

    `blanks` of it were put there by the parser, for the rest of a tab.
    """

    at: int
    start: int
    blanks: int = 0


class Block(Struct, frozen=True):
    """A block of code: its text, and where that stands. `span` is the line that it begins with.

    Each line of the text has a line end. `stop` is the byte of the document behind the last one, or
    behind the last byte where there is none.
    """

    language: str
    span: Span
    text: bytes
    lines: tuple[Line, ...]
    stop: int

    def origin(self, offset: int) -> int:
        """The byte of the document that the byte `offset` of the text is."""
        if not self.lines:
            return self.span[1]
        found = bisect_right(self.lines, offset, key=lambda line: line.at) - 1
        line = self.lines[max(found, 0)]
        return min(line.start + max(offset - line.at - line.blanks, 0), self.stop)

    def spanning(self, start: int, end: int) -> Span:
        """The bytes of the document from the first to the last of those of the text."""
        first = self.origin(start)
        last = min(self.origin(end - 1) + 1, self.stop) if end > start else first
        return first, max(first, last)


def mentions(text: bytes, languages: Collection[str]) -> bool:
    """Whether a text may have a block of one of these languages: cheap, and says yes too often."""
    return any(text.find(language.encode()) >= 0 for language in languages)
