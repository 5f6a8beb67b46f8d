"""Where blocks of code stand in Markdown and in reStructuredText."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from ..document import Document, Span
from ..memo import memo
from ..text.lazy_re import later
from ..text.lines import lines_of
from .code import Block, Line, mentions
from .headings import RST
from .markdown import blocks as tokens
from .rst_literals import CODE, TAB, literals, width

_FOOTNOTE: Final = later(rb" {0,3}\[\^[^\]\s]+\]:[ \t]*")
_NOTE: Final = 4
"""Columns that the text of a footnote is indented by."""

_STOP: Final = 4
"""Columns of a tab in Markdown."""

_OPTION: Final = later(rb"[ \t]+:[^:\s][^:]*:(?:[ \t].*)?")


@memo
def blocks(document: Document, syntax: str, languages: tuple[str, ...]) -> list[Block]:
    """The blocks of these languages in the body, in order."""
    if not mentions(document.text, languages):
        return []
    return list(found(document.text, document.body[0], syntax, languages))


def found(text: bytes, base: int, syntax: str, languages: Collection[str]) -> Iterator[Block]:
    """The blocks of these languages in a body; `base` is its first byte in the document."""
    for block in (_rst if syntax == RST else _markdown)(text, base, languages):
        yield block if block.stop <= base + len(text) else replace(block, stop=base + len(text))


Row = tuple[int, int, bytes]
"""A line: its first byte in the body, the number of blanks put before it for a tab, its bytes."""


def _rows(text: bytes) -> list[Row]:
    """The lines of a body, without their line ends."""
    return [(start, 0, text[start:end]) for start, end, _ in lines_of(text)]


def _markdown(text: bytes, base: int, languages: Collection[str]) -> Iterator[Block]:
    """Fenced blocks by the rules of CommonMark, also in footnotes as GitHub writes them."""
    blocks = _fenced(_rows(text), base, languages, footnotes=True)
    yield from sorted(blocks, key=lambda block: block.span)


def _fenced(
    rows: Sequence[Row], base: int, languages: Collection[str], footnotes: bool
) -> Iterator[Block]:
    inside: set[int] = set()
    for token in tokens(b"".join(data + b"\n" for _, _, data in rows)):
        if token.type != "fence" or token.map is None:
            continue
        first = token.map[0]
        inside.update(range(*token.map))
        language = (token.info.split() or [""])[0]
        if language in languages:
            lines = token.content.split("\n")[:-1]
            pieces = [_piece(rows[first + 1 + at], one) for at, one in enumerate(lines)]
            start, _, data = rows[first]
            yield _block(language, (start + base, start + len(data) + base), pieces, base)
    for at, (_, _, data) in enumerate(rows if footnotes else ()):
        if at not in inside and _FOOTNOTE.match(data):
            note = _note(rows, at)
            if mentions(b"\n".join(line for _, _, line in note), languages):
                yield from _fenced(note, base, languages, footnotes=False)


def _piece(row: Row, written: str) -> Row:
    """The part of a line that belongs to a block, which the parser gives as `written`."""
    start, blanks, data = row
    line = data.decode("utf-8", "replace").replace("\0", "\ufffd")
    bare = written
    if not line.endswith(written):  # a tab that reaches into the block is blanks there
        bare = written.lstrip(" ")
    cut = len(line[: len(line) - len(bare)].encode()) if line.endswith(bare) else 0
    added = len(written) - len(bare)
    own = start + max(cut - blanks, 0)
    return own, added + max(blanks - cut, 0), b" " * added + data[cut:]


def _note(rows: Sequence[Row], at: int) -> list[Row]:
    """The lines of the footnote that begins on line `at`, without its sign and indentation."""
    start, _, data = rows[at]
    match = _FOOTNOTE.match(data)
    assert match is not None
    found = [(start + match.end(), 0, data[match.end() :])]
    for number in range(at + 1, len(rows)):
        row = rows[number]
        if row[2].strip() and width(row[2], _STOP) < _NOTE:
            break
        found.append(_cut(row, _NOTE, _STOP))
    return found


def _block(language: str, span: Span, pieces: Sequence[Row], base: int) -> Block:
    lines, at, stop = [], 0, span[1]
    for start, blanks, data in pieces:
        lines.append(Line(at, start + base, blanks))
        at += len(data) + 1
        stop = start + base + len(data) - blanks + 1
    text = b"".join(data + b"\n" for _, _, data in pieces)
    return Block(language, span, text, tuple(lines), stop)


def _rst(text: bytes, base: int, languages: Collection[str]) -> Iterator[Block]:
    """Code directives; one within other literal text is part of that text, not a block."""
    rows = _rows(text)
    for at, end in literals([line for _, _, line in rows]):
        start, _, line = rows[at]
        match = CODE.fullmatch(line)
        language = match[2].decode("utf-8", "replace") if match else ""
        if match is not None and language in languages:
            inner = rows[_first(rows, at + 1, end) : end]
            margin = min((width(data) for _, _, data in inner if data.strip()), default=0)
            span = start + len(match[1]) + base, start + len(line) + base
            yield _block(language, span, [_cut(row, margin) for row in inner], base)


def _first(rows: Sequence[Row], at: int, end: int) -> int:
    """The first line of the text of a directive, behind its options and blank lines."""
    while at < end and _OPTION.fullmatch(rows[at][2]):
        at += 1
    while at < end and not rows[at][2].strip():
        at += 1
    return at


def _cut(row: Row, margin: int, stop: int = TAB) -> Row:
    """A line without the blanks of its first `margin` columns."""
    start, blanks, line = row
    cut = width = 0
    while width < margin and line[cut : cut + 1] in (b" ", b"\t"):
        width = width + 1 if line[cut : cut + 1] == b" " else (width // stop + 1) * stop
        cut += 1
    added = max(width - margin, 0)
    return start + max(cut - blanks, 0), added, b" " * added + line[cut:]
