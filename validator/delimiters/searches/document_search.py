"""How places are found that readers dispute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from ...document import Document, Span


class Search(Struct, frozen=True):
    """`may` is quick and asked of every document, `find` of those of which it says yes.

    `about` is what is disputed: `division`, `header` or `body`. Spans count from the first byte of
    the document's window. `unless` is a key of the profile with which other rules say it.
    """

    about: str
    may: Callable[[Document], bool]
    find: Callable[[Document], Iterator[Span]]
    unless: str = ""


def first_line(document: Document) -> Iterator[Span]:
    """The first line of a document without its end."""
    end = document.data.find(b"\n")
    yield 0, end if end >= 0 else len(document.data)


def every(pattern: re.Pattern[bytes], group: int = 0) -> Callable[[Document], Iterator[Span]]:
    """What finds all that a group of a pattern matches."""
    return lambda document: (one.span(group) for one in pattern.finditer(document.data))
