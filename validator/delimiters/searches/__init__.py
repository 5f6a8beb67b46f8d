"""Finds the places of a document that readers of its format read differently (`readers/disputed`).

Each module is for one format, and has a search for each disputed question: a quick test of every
document, and an exact search in those that pass it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from ...memo import memo
from ...readers.options import READERS
from ...readers.reader_set import readers_for
from ...readers.roll import reader_named
from ...settings.options import Settings
from .document_search import Search

FORMATS: Final[Mapping[str, str]] = {
    "mbox": "in_mails",
    "conllu": "in_treebanks",
    "headers": "in_headers",
    "txtar": "in_archives",
    "warc": "in_web_archives",
}
"""By format: the module in this package."""


@memo
def asked(settings: Settings) -> tuple[tuple[str, str, Search], ...]:
    """Format, question and search, for the questions that the named readers answer differently."""
    found: list[tuple[str, str, Search]] = []
    for form in _formats(settings):
        searches = searches_of(form)
        disputed = readers_for(settings, form).disputed(searches)
        found += (
            (form, name, searches[name])
            for name in disputed
            if searches[name].unless not in settings.values
        )
    return tuple(found)


def _formats(settings: Settings) -> Iterator[str]:
    """The formats that have searches and that the readers of a profile read."""
    named = settings.values.get(READERS.key)
    if named:
        formats = {form for name in settings[READERS] for form in reader_named(name).formats}
        yield from (form for form in FORMATS if form in formats)


def searches_of(form: str) -> Mapping[str, Search]:
    """The searches of the format `form`, by question."""
    found: Mapping[str, Search] = import_module(f"{__name__}.{FORMATS[form]}").SEARCHES
    return found
