"""Links of a body in Markdown or reStructuredText, and the scopes that depend on them."""

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
    """The links of the body; their offsets are from the start of the body."""
    if syntax == RST:
        from .rst_links import links_of

        return links_of(prose(document, syntax))
    from .markdown_links import links_of as of_markdown

    return of_markdown(document)


_ADDRESS: Final = later(rb"\b(?:https?|ftps?|mailto|ipfs|git|ssh)://[^\s<>\"'\xff`]+")
"""An address that stands bare in a text: it is shown as a link, and is no words of the text."""


@memo
def words(document: Document, syntax: str) -> bytes:
    """The text that readers see: prose without addresses, whether in links or bare."""
    seen = blotted(prose(document, syntax), links(document, syntax).unseen)
    return blotted(seen, (match.span() for match in _ADDRESS.finditer(seen)))


def found_in(document: Document, syntax: str, scope: Scope, finder: Finder) -> Iterator[Span]:
    """The spans in the document where a pattern matches in the part of the body that is `scope`.

    In the scope of links the pattern is sought in each target without its escapes, and the span is
    the whole target.
    """
    if scope.kind == LINKS:
        begin = document.body[0]
        for one in links(document, syntax).targets:
            if finder.first(one.target):
                yield begin + one.span[0], begin + one.span[1]
    elif scope.kind in (BODY, SECTION) or finder.first(
        document.text
    ):  # what is not in the body is not in a part of it: prose is not worked out
        for at, part in parts(document, syntax, scope):
            yield from ((at + start, at + end) for start, end in finder.all(part))


def parts(document: Document, syntax: str, scope: Scope) -> Iterator[tuple[int, bytes]]:
    """The texts to search for a scope, each with its first byte in the document.

    For the scope of a section these are the texts of all sections of its name; for any other scope
    the body, in which all outside of the scope is blotted out.
    """
    if scope.kind == SECTION:
        for start, end in section(document, syntax, scope.name):
            yield start, document.data[start:end]
    else:
        views = {PROSE: prose, MARKUP: markup, TEXT: words}
        text = document.text if scope.kind == BODY else views[scope.kind](document, syntax)
        yield document.body[0], text
