"""Links of a body in Markdown or reStructuredText, and the parts of it that are told by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..document import Document, Span
from ..memo import memo
from ..text.lazy_re import later
from ..text.re2 import Finder
from .headings import RST
from .link import Links
from .scopes import (
    BODY,
    LINKS,
    MARKUP,
    PROSE,
    SECTION,
    TEXT,
    Scope,
    blotted,
    markup,
    prose,
    section,
)


@memo
def links(document: Document, syntax: str) -> Links:
    """The links of the body."""
    if syntax == RST:
        from .rst_links import links_of

        return links_of(prose(document, syntax))
    from .markdown_links import links_of as of_markdown

    return of_markdown(document)


_ADDRESS: Final = later(rb"\b(?:https?|ftps?|mailto|ipfs|git|ssh)://[^\s<>\"'\xff`]+")
"""An address that stands in a text as it is; a link is drawn from it, and nobody reads it."""


@memo
def words(document: Document, syntax: str) -> bytes:
    """The text that readers see: prose without the addresses in it, in links or bare."""
    seen = blotted(prose(document, syntax), links(document, syntax).unseen)
    return blotted(seen, (match.span() for match in _ADDRESS.finditer(seen)))


def found_in(document: Document, syntax: str, scope: Scope, finder: Finder) -> Iterator[Span]:
    """Where a pattern matches in a part of the body, in bytes of the document.

    Of links it is the target as a whole, which the pattern is sought in as it reads without
    escapes.
    """
    if scope.kind == LINKS:
        begin = document.body[0]
        for one in links(document, syntax).targets:
            if finder.first(one.target):
                yield begin + one.span[0], begin + one.span[1]
    elif scope.kind in (BODY, SECTION) or finder.first(
        document.text
    ):  # else prose is not asked for
        for at, part in parts(document, syntax, scope):
            yield from ((at + start, at + end) for start, end in finder.all(part))


def parts(document: Document, syntax: str, scope: Scope) -> Iterator[tuple[int, bytes]]:
    """The parts of the body that a scope has, each with its first byte in the document.

    That is the text of each section of a name, or the body with all else blotted out.
    """
    if scope.kind == SECTION:
        for start, end in section(document, syntax, scope.name):
            yield start, document.data[start:end]
    else:
        views = {PROSE: prose, MARKUP: markup, TEXT: words}
        text = document.text if scope.kind == BODY else views[scope.kind](document, syntax)
        yield document.body[0], text
