"""The terms of a declared check of the body: read from its table, and said of a document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from os import fsdecode
from typing import Any

from ..document import Document, Span
from ..metadata import fields as metadata
from ..settings import exemptions
from ..settings.options import Settings
from ..settings.severity import grade as read_grade
from ..settings.terms import Said, Terms
from ..text.lines import NEWLINE
from . import option_tables


def lookup(document: Document, settings: Settings, name: str) -> Any:
    """The value of a field of a document; None if it has none."""
    return metadata.field(document, settings, name)


def place(document: Document, settings: Settings, name: str) -> Span:
    """Where a field stands, in what holds the metadata; without a place, the first line of them."""
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


def terms_in(found: Mapping[str, Any]) -> Terms:
    """The terms in a table. Raises ValueError with the rest of the sentence."""
    with option_tables.at("severity"):
        grade = read_grade(found.get("severity"))
    with option_tables.at("except"):
        exempt = exemptions.exemptions(found.get("except", []))
    return Terms(
        option_tables.word(found, "message"), grade, exempt, option_tables.word(found, "help")
    )


def said_of(document: Document, settings: Settings, terms: Terms) -> Said | None:
    """How a breach is reported of this document; None if it is exempt."""
    own = metadata.identity(document, settings) if terms.exempt else ""
    place = document.place
    return terms.said(own, fsdecode(place.path), place.today, partial(lookup, document, settings))
