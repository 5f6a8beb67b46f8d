"""Fences of code in Markdown that are not closed where their author thought (CommonMark 4.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from ..document import Document
from ..text.lazy_re import later
from ..text.lines import line_start, line_starts
from .markdown import parsed

_LINE: Final = later(rb"(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*(`{3,}|~{3,})([^\r\n]*)")
_INFO: Final = later(rb"[ \t]*(?:[A-Za-z][\w+#.-]*|\{[^`\r\n]*)(?:[ \t]+[^\s`]*[=\"{:][^`\r\n]*)?")


INDENTED: Final = 4
"""Columns of indentation that make a line code (CommonMark 4.4)."""


class OpenFence(Struct, frozen=True):
    """A fence at `start:end` of the document that nothing closes where its author thought.

    `again` is the byte where another block of code seems to begin within its block; -1 if the block
    goes on to the end of the text.
    """

    start: int
    end: int
    mark: str
    again: int


def may_be_open(text: bytes) -> bool:
    """Whether a fence in a body may be open: quick; may be wrongly True."""
    opened = b""
    for mark, info in _marks(text):
        if not opened:
            opened = mark
        elif mark[:1] == opened[:1] and len(mark) >= len(opened):
            if info.strip():
                return True
            opened = b""
    return opened != b""


def _marks(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The lines that may be fences: the mark, and what follows it."""
    signs = [sign for sign in (b"```", b"~~~") if sign in text]
    at = 0
    while signs:
        found = [place for sign in signs if (place := text.find(sign, at)) >= 0]
        if not found:
            return
        start = min(found)
        match = _LINE.match(text, line_start(text, start))
        at = _line_end(text, start)
        if match is not None and not (match[1][:1] == b"`" and b"`" in match[2]):
            yield match[1], match[2]


def _line_end(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return len(text) if end < 0 else end


def open_fences(document: Document) -> Iterator[OpenFence]:
    """The first open fence of the body only: others may be consequences of it."""
    text, base = document.text, document.body[0]
    starts = line_starts(text)
    stop = len(text.rstrip())
    for token in parsed(document):
        if token.type != "fence" or token.map is None:
            continue
        first, last = token.map[0], min(token.map[1], len(starts) - 1)
        mark = token.markup.encode()
        lines = [text[starts[row] : starts[row + 1]].rstrip() for row in range(first, last)]
        within = _opened_within(lines, mark)
        at_end = token.level == 0 and starts[last] >= stop
        if within or (at_end and not (lines[1:] and _closes(lines[-1], mark))):
            start = base + starts[first]
            again = base + starts[first + within] if within else -1
            span = start + len(lines[0]) - len(lines[0].lstrip()), start + len(lines[0])
            yield OpenFence(*span, token.markup, again)
            return


def _opened_within(lines: list[bytes], mark: bytes) -> int:
    """The line, counted from the fence, that opens a block of code with the same mark; 0 for none.

    A line indented by four columns more than the fence neither opens nor closes a block: it is an
    example shown within the block.
    """
    column = _column(lines[0], mark)
    for row, line in enumerate(lines[1:], 1):
        match = _LINE.match(line)
        if (
            match is not None
            and match[1][:1] == mark[:1]
            and len(match[1]) == len(mark)
            and _INFO.fullmatch(match[2])
            and _column(line, mark) < column + INDENTED
        ):
            return row
    return 0


def _column(line: bytes, mark: bytes) -> int:
    return len(line[: line.find(mark)].expandtabs(INDENTED))


def _closes(line: bytes, mark: bytes) -> bool:
    match = _LINE.match(line)
    return match is not None and match[1][:1] == mark[:1] and not match[2].strip()
