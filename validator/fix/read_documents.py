"""What readers get of a text under a profile: its documents, their fields and their bodies."""

from __future__ import annotations

from collections.abc import Sequence

from ..delimiters.divider import Divider
from ..delimiters.division import divides
from ..delimiters.options import BLOCK, SIDECAR
from ..delimiters.runs import Run
from ..document import Document, Place
from ..metadata.fields import fields
from ..settings.options import Settings
from ..text.lines import Window
from .invariants import Content


class Reader:
    """Reads small texts under the settings of a profile."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._divider = settings, Divider(settings)
        in_parts = divides(settings) or settings[BLOCK] != "none"
        self._bare = not in_parts and not settings[SIDECAR]

    def contents(self, text: bytes, place: Place) -> Sequence[Content]:
        """The documents of a small text in UTF-8, in their order."""
        if self._bare:  # a file is a document without metadata
            return [Content({}, text)]
        found: list[Content] = []
        for item in self._divider.divide((Window(text),), place):
            documents = item.documents() if isinstance(item, Run) else (item,)
            found += (
                Content(fields(one, self._settings), one.text)
                for one in documents
                if isinstance(one, Document)
            )
        return found
