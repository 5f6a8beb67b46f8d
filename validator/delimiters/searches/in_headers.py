"""Places of documents with header lines that their readers read differently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from ...document import Document, Span
from ...text.lazy_re import later
from .document_search import Search

_BLANK_LINE: Final = later(rb"(?>\r\n|\n|\r)(?:\r\n|\n|\r)")
_BLANK: Final = later(rb"(?<![ \t])[ \t]++(?=[\r\n]|\Z)")
_CR: Final = later(rb"\r(?!\n)")
_PARTS: Final = later(
    rb"(?i)(?:\A|(?<=[\r\n]))content-type[ \t]*:[ \t]*(?:multipart|message)/[^\r\n]*"
)
_NAME: Final = later(rb"(?m)(?:^|(?<=\r))[^\s:\x80-\xff]*+[\x80-\xff][^\s:]*+(?=:)")
_BEYOND: Final = later(rb"[\x80-\xff]+")


def _in_head(pattern: re.Pattern[bytes]) -> Callable[[Document], Iterator[Span]]:
    def find(document: Document) -> Iterator[Span]:
        end = document.body[0]
        return (match.span() for match in pattern.finditer(document.data, 0, end))

    return find


def _first(pattern: re.Pattern[bytes]) -> Callable[[Document], Iterator[Span]]:
    def find(document: Document) -> Iterator[Span]:
        match = pattern.search(document.data)
        if match:
            yield match.span()

    return find


def _is_bare(document: Document) -> bool:
    return document.syntax == "headers" and document.body[0] >= len(document.data)


def _unended(document: Document) -> Iterator[Span]:
    if not _BLANK_LINE.search(document.data):
        yield document.block


def _has_blanks(document: Document) -> bool:
    head = document.data[: document.body[0]]
    ends = (b" \n", b"\t\n", b" \r", b"\t\r")
    return head.endswith((b" ", b"\t")) or any(sign in head for sign in ends)


def _has_lone_cr(document: Document) -> bool:
    return b"\r" in document.data and _CR.search(document.data) is not None


SEARCHES: Final[Mapping[str, Search]] = {
    "no-blank-line-behind": Search("header", _is_bare, _unended),
    "blank-behind-value": Search("header", _has_blanks, _in_head(_BLANK)),
    "lone-cr-line-ends": Search("header", _has_lone_cr, _first(_CR)),
    "parts-of-text": Search(
        "header", lambda one: b"content-type" in one.head.lower(), _in_head(_PARTS)
    ),
    "letter-beyond-ascii": Search("header", lambda one: not one.data.isascii(), _first(_BEYOND)),
    "name-beyond-ascii": Search("header", lambda one: not one.head.isascii(), _in_head(_NAME)),
}
"""The searches by question."""
