"""Where a document holds what readers of its format dispute (`readers/disputed`).

A module a format, with a search for each question: one or two quick looks at every document, and
what finds the places exactly in those in which they may be.
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
"""The module of each format."""


@memo
def asked(settings: Settings) -> tuple[tuple[str, str, Search], ...]:
    """Format, name and search of the questions that the named readers answer differently."""
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
    """The formats, of those that have searches, that the readers of a profile read."""
    named = settings.values.get(READERS.key)
    if named:
        formats = {form for name in settings[READERS] for form in reader_named(name).formats}
        yield from (form for form in FORMATS if form in formats)


def searches_of(form: str) -> Mapping[str, Search]:
    """The searches of a format by question."""
    found: Mapping[str, Search] = import_module(f"{__name__}.{FORMATS[form]}").SEARCHES
    return found
