"""How places that readers read differently are searched for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from ...document import Document, Span


class Search(Struct, frozen=True):
    """`may` is quick and is asked for every document; `find` only for those where it is true.

    `about` is the disputed part: `division`, `header` or `body`. Spans count from the first byte of
    the document's window. `unless` is a key of the profile: if it is set, other rules report this.
    """

    about: str
    may: Callable[[Document], bool]
    find: Callable[[Document], Iterator[Span]]
    unless: str = ""


def first_line(document: Document) -> Iterator[Span]:
    """The span of the first line of a document, without its line end."""
    end = document.data.find(b"\n")
    yield 0, end if end >= 0 else len(document.data)


def every(pattern: re.Pattern[bytes], group: int = 0) -> Callable[[Document], Iterator[Span]]:
    """A function that finds the spans of a group in all matches of a pattern."""
    return lambda document: (one.span(group) for one in pattern.finditer(document.data))
