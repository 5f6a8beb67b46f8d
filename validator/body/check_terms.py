"""The terms of a declared check of the body (severity, exemptions), applied to a document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ..document import Document, Span
from ..file.archive_names import display_path
from ..metadata import fields as metadata
from ..settings.options import Settings
from ..settings.terms import Said, Terms
from ..text.lines import NEWLINE


def place(document: Document, settings: Settings, name: str) -> Span:
    """Where a field stands, in the block or file of the metadata; its first line if unknown."""
    node = metadata.examined(document, settings).tree
    keys = [name] if node and name in node.children else name.split(".")
    for key in keys:
        children = node.children if node else ()
        node = children.get(key) if isinstance(children, Mapping) else None
    if node:
        return node.span
    holder = document.holder
    start, end = holder.block if holder.block[0] >= 0 else holder.body
    line = NEWLINE.search(holder.data, start, end)
    return start, line.start() if line else end


def said_of(document: Document, settings: Settings, terms: Terms) -> Said | None:
    """How a violation in this document is reported; None if the document is exempt."""
    own = metadata.identity(document, settings) if terms.exempt else ""
    lookup = partial(metadata.field, document, settings)
    return terms.said(own, display_path(document.place.path), document.place.today, lookup)


def there_are(count: int) -> str:
    """A count in words: `there is none`, `there is one`, `there are 3`."""
    return {0: "there is none", 1: "there is one"}.get(count, f"there are {count}")


def times(count: int) -> str:
    """How often, in words: `nowhere`, `once`, `twice`, `3 times`."""
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")
