"""Spaces and tabs at the end of lines go, but for the hard line breaks of Markdown."""

from __future__ import annotations

from ...body.anchors import syntax_of
from ...body.headings import MARKDOWN
from ...model import Edit
from ...text.lines import NEWLINE
from . import Case, Invariant


def _holds(case: Case) -> bool:
    return _bare(case.before) == _bare(case.after) and case.keeps_fields


def _bare(text: bytes) -> tuple[bytes, list[bytes]]:
    """A text without all its blanks, and its lines without the blanks at their ends."""
    lines = NEWLINE.split(text) if b"\r" in text else text.split(b"\n")
    return text.translate(None, b" \t"), [line.rstrip(b" \t") for line in lines]


def _is_hard_break(text: bytes, edit: Edit, name: bytes) -> bool:
    """Whether two blanks or more follow text in Markdown: a line break (CommonMark 6.7)."""
    if text[edit.start : edit.end].endswith(b"  ") and syntax_of(name) == MARKDOWN:
        return edit.start > 0 and text[edit.start - 1 : edit.start] not in b"\r\n"
    return False


INVARIANT = Invariant(
    "each line is equal but for spaces and tabs at its end, and the metadata says the same",
    _holds,
    _is_hard_break,
)
