"""The one door to the CommonMark parser, which is imported when a document needs it."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..document import Document
from ..memo import memo
from ..text.lines import NEWLINE


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def blocks(text: bytes) -> list[Any]:
    """The block tokens of a text."""
    return _parsed(text)[0]


@memo
def parsed(document: Document) -> tuple[list[Any], dict[str, Any]]:
    """The block tokens of the body, and the references that are defined in it."""
    return _parsed(document.text)


def _parsed(text: bytes) -> tuple[list[Any], dict[str, Any]]:
    references: dict[str, Any] = {}
    return _parser().parse(text.decode("utf-8", "surrogateescape"), references), references


def line_starts(text: bytes) -> list[int]:
    """First byte of each line, and the end of the text after the last."""
    starts = [0, *(match.end() for match in NEWLINE.finditer(text))]
    return starts if starts[-1] == len(text) else [*starts, len(text)]
