"""The one door to the CommonMark parser, which is imported when a document needs it."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..lines import NEWLINE


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def blocks(text: bytes) -> list[Any]:
    """The block tokens of a text; what is not UTF-8 in it becomes U+FFFD."""
    found: list[Any] = _parser().parse(text.decode("utf-8", "replace"))
    return found


def line_starts(text: bytes) -> list[int]:
    """First byte of each line, and the end of the text after the last."""
    starts = [0, *(match.end() for match in NEWLINE.finditer(text))]
    return starts if starts[-1] == len(text) else [*starts, len(text)]
