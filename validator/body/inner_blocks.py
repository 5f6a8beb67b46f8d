"""Blocks of YAML in the middle of Markdown, as pandoc reads them (`yaml_metadata_block`).

A block begins with a line `---` that follows a blank line or front matter, and that no blank line
follows; it ends with a line `---` or `...`. If YAML reads it as a text or a list, it is Markdown
all the same; if it is empty, a mapping, or no YAML, pandoc does not read it as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from ..document import Document
from ..metadata.syntax.yaml import content
from ..text.lazy_re import later
from ..text.lines import line_starts
from .markdown import parsed

_ENDS: Final = (b"---", b"...")


class InnerBlock(Struct, frozen=True):
    """The bytes `start:end` of the line that opens a block, the row that closes it, its kind."""

    start: int
    end: int
    last: int
    kind: str


_OTHER_ENGINE: Final = later(
    rb"(?m)^[ \t]*</?[A-Z][A-Za-z]*(?:[.>/\s]|$)|\{\{[<%]|\{%-?[ \t]*[a-z]|^(?:import|export)[ \t]"
)
"""Components of MDX, shortcodes, tags of Liquid: a page with one is not written for pandoc."""


_OPENING: Final = later(rb"(?:\A|[\r\n])---[ \t]*\r?\n[^\r\n]")


def may_hold_block(text: bytes) -> bool:
    """Whether a line of dashes may stand directly above text: quick; may be wrongly True."""
    if b"\n---" not in text and not text.startswith(b"---"):
        return False
    return _OPENING.search(text) is not None


def inner_blocks(document: Document) -> Iterator[InnerBlock]:
    """The blocks in the body that pandoc does not read as Markdown, in order."""
    text, base = document.text, document.body[0]
    if _OTHER_ENGINE.search(text):
        return
    starts = line_starts(text)
    lines = [text[a:b].rstrip() for a, b in pairwise(starts)]
    code = _code_rows(document)
    row = 0 if document.head else 1
    while row < len(lines) - 1:
        opens = lines[row] == b"---" and not (row and lines[row - 1]) and lines[row + 1]
        if not opens or row in code:
            row += 1
            continue
        last = next((n for n in range(row + 1, len(lines)) if lines[n] in _ENDS), 0)
        if not last:
            return
        kind = content(text[starts[row + 1] : starts[last]])
        if kind != "other":
            start = base + starts[row]
            first = document.window.location(base).row
            yield InnerBlock(start, start + 3, first + last, kind)
            row = last
        row += 1


def _code_rows(document: Document) -> set[int]:
    """The rows of the body, from 0, that are code."""
    rows: set[int] = set()
    for token in parsed(document):
        if token.type in ("fence", "code_block", "html_block") and token.map is not None:
            rows.update(range(*token.map))
    return rows
