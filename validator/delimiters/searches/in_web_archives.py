"""Places of WARC records that its readers read differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...document import Document, Span
from ...text.lazy_re import later
from .document_search import Search

_ANGLED: Final = later(rb"(?im)^warc-target-uri[ \t]*:[ \t]*(<[^\r\n]*>)[ \t]*\r?$")


_ADDRESS: Final = later(rb"(?im)^warc-target-uri[ \t]*:[ \t]*([^\r\n]*[^ \t\r\n])[ \t]*\r?$")
_LF: Final = later(rb"(?<!\r)\n")


def _angled(document: Document) -> Iterator[Span]:
    return (match.span(1) for match in _ANGLED.finditer(document.data, *document.block))


def _blanks(document: Document) -> Iterator[Span]:
    for match in _ADDRESS.finditer(document.data, *document.block):
        if b" " in match[1] or b"\t" in match[1]:
            yield match.span(1)


def _head_of(document: Document) -> bytes:
    return document.data[: document.body[0]]


def _has_lf(document: Document) -> bool:
    head = _head_of(document)
    return head.count(b"\n") != head.count(b"\r\n")


def _first_lf(document: Document) -> Iterator[Span]:
    match = _LF.search(_head_of(document))
    if match:
        yield match.span()


SEARCHES: Final[Mapping[str, Search]] = {
    "angled-address": Search("header", lambda one: b"<" in one.head, _angled),
    "blank-in-address": Search(
        "header", lambda one: b"warc-target-uri" in one.head.lower(), _blanks
    ),
    "lf-header-lines": Search("header", _has_lf, _first_lf),
}
"""The searches by question."""
