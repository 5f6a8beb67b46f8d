"""What readers get of a text under a profile: its documents, their fields and their bodies."""

from __future__ import annotations

from collections.abc import Sequence

from ..check.plan import Bound
from ..delimiters.divider import Divider
from ..delimiters.runs import Run
from ..document import Document, Place
from ..metadata.fields import fields
from ..text.lines import Window
from .invariants import Content


def contents(text: bytes, bound: Bound, place: Place) -> Sequence[Content]:
    """The documents of a small text in UTF-8, in their order."""
    found: list[Content] = []
    for item in Divider(bound.settings).divide((Window(text),), place):
        documents = item.documents() if isinstance(item, Run) else (item,)
        found += (
            Content(fields(one, bound.settings), one.text)
            for one in documents
            if isinstance(one, Document)
        )
    return found
