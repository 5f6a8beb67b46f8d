"""The only module that imports the CommonMark parser, when a document needs it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from ..document import Document
from ..memo import memo
from ..text.lazy_re import later
from .plain_blocks import Block, blocks_of

_LINE_END: Final = later(r"\r\n?")


@cache
def _parser() -> Any:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def blocks(text: bytes) -> list[Any]:
    """The block tokens of a text."""
    found: list[Any] = _parser().parse(text.decode("utf-8", "surrogateescape"))
    return found


@memo
def parsed(document: Document) -> list[Any]:
    """The block tokens of the body."""
    return blocks(document.text)


@memo
def outlined(document: Document) -> tuple[list[Block], dict[str, Any]]:
    """The headings, paragraphs, code and HTML of the body as `parsed` finds them, in less time.

    The second part are the link references that the body defines.
    """
    text = document.text.decode("utf-8", "surrogateescape")
    text = _LINE_END.sub("\n", text).replace("\0", "\ufffd")  # as the parser begins
    return blocks_of(text, _parser().parse)
