"""Texts in the metadata of a document that are written with escapes, which hide characters."""

from __future__ import annotations

from ..document import Document
from ..metadata import fields as metadata
from ..metadata.syntax.table import SYNTAXES
from ..settings.options import Settings
from .screens import Screens


def hides_in(document: Document, settings: Settings, asked: Screens) -> bool:
    """Whether the metadata of a document may hold what rules about characters seek."""
    holder = document.holder
    if not holder.syntax or not SYNTAXES[holder.syntax].escapes:
        return False
    record = metadata.values(document, settings)
    return record is not None and asked.hides(holder.head, [record])
