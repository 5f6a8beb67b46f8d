"""Places of mails in an mbox that its readers read differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ...document import Document, Span
from ...text.lazy_re import later
from .document_search import Search, first_line

_DATED: Final = later(
    rb"From .*[0-9].[0-9]{2}:[0-9]{2}\s*+\+?0*+(?:9[1-9]|[1-9][0-9]{2,}+)[^:\n]*+\n"
)
_WORDS: Final = later(rb"From [ \t]*\S+[ \t]+\S")
_KNOWN: Final = (b"from:", b"to:", b"subject:", b"date:", b"cc:", b"message-id:", b"received:")
_LENGTH: Final = later(rb"(?im)^content-length[ \t]*:[ \t]*([0-9]+)[^\r\n]*")


def _is_short(document: Document) -> bool:
    return not _WORDS.match(document.data)


def _is_undated(document: Document) -> bool:
    return not _DATED.match(document.data) and not _is_short(document)


def _is_unknown(document: Document) -> bool:
    """Whether a mail after the first one has none of the usual header lines."""
    if document.index == 1:
        return False
    head = b"\n" + document.head.lower()
    return not any(b"\n" + name in head for name in _KNOWN)


def _lengths(document: Document) -> Iterator[Span]:
    size = len(document.data[document.body[0] :].rstrip(b"\r\n")) + 2  # with the blank line
    for match in _LENGTH.finditer(document.data, *document.block):
        if int(match[1][:20]) > size:
            yield match.span()


SEARCHES: Final[Mapping[str, Search]] = {
    "undated-separator": Search("division", _is_undated, first_line),
    "short-separator": Search("division", _is_short, first_line),
    "headers-of-no-mail": Search("division", _is_unknown, first_line),
    "content-length": Search(
        "division", lambda one: b"content-length" in one.head.lower(), _lengths
    ),
}
"""The searches by question."""
