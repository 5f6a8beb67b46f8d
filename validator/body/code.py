"""Blocks of code in a body, by their language, and the way from their bytes back to the document.

In Markdown a block may stand in a list or a quote, whose signs are not part of its text: so the
text of a block may not be one piece of the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

from msgspec import Struct

from ..document import Span


class Line(Struct, frozen=True):
    """Where a line of a block begins: byte `at` of the block's text, byte `start` of the document.

    Its first `blanks` bytes were put there by the parser, for the rest of a tab.
    """

    at: int
    start: int
    blanks: int = 0


class Block(Struct, frozen=True):
    """A block of code: its text, and where it stands. `span` is the line that opens it.

    Each line of the text has a line end. `stop` is the byte of the document behind the last line
    end of the block, or behind its last byte where the document has no line end there.
    """

    language: str
    span: Span
    text: bytes
    lines: tuple[Line, ...]
    stop: int

    def origin(self, offset: int) -> int:
        """The byte offset in the document of byte `offset` of the text."""
        if not self.lines:
            return self.span[1]
        found = bisect_right(self.lines, offset, key=lambda line: line.at) - 1
        line = self.lines[max(found, 0)]
        return min(line.start + max(offset - line.at - line.blanks, 0), self.stop)

    def spanning(self, start: int, end: int) -> Span:
        """The span in the document of the bytes `start:end` of the text."""
        first = self.origin(start)
        last = min(self.origin(end - 1) + 1, self.stop) if end > start else first
        return first, max(first, last)


def mentions(text: bytes, languages: Collection[str]) -> bool:
    """Whether a text may have a block of one of these languages: cheap; may be wrongly True."""
    return any(text.find(language.encode()) >= 0 for language in languages)
