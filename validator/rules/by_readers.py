"""The check of rules that ask: do the readers of this profile differ here, does one refuse it?"""

from __future__ import annotations

from collections.abc import Iterator

from ..delimiters.searches import asked
from ..document import Document
from ..model import Hit
from ..readers.reader_set import dispute_at, readers_for
from ..settings.options import Settings
from .rule import Each


def by_readers(about: str) -> Each:
    """The check of questions that readers dispute; `about` selects some of them (`searches`)."""

    def wanted(settings: Settings) -> bool:
        return any(search.about == about for _, _, search in asked(settings))

    def clean(document: Document, settings: Settings) -> bool:
        return not any(
            search.about == about and search.may(document) and any(search.find(document))
            for _, _, search in asked(settings)
        )

    def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
        for form, name, search in asked(settings):
            if search.about != about or not search.may(document):
                continue
            evidence = readers_for(settings, form).dispute(name)
            if evidence is None:
                continue
            for span in search.find(document):
                yield dispute_at(*span, name, evidence)

    return Each(wanted, clean, diagnose)
