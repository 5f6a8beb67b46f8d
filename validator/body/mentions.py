"""Where the values of a field of the body (`body.fields`) stand in a document."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ..document import Document, Span
from ..memo import memo
from ..metadata import fields as metadata
from ..settings.options import Settings
from .check_terms import place
from .links import links, parts
from .scopes import LINKS
from .sections import SECTIONS
from .text_fields import Field


class Mention(Struct, frozen=True):
    """One match: its bytes `start:end` in the document, and the value."""

    start: int
    end: int
    value: bytes


def values(document: Document, settings: Settings, field: Field) -> list[bytes]:
    """The values of a field, each once, in the order of their first mentions.

    A value with a NUL is left out: a NUL separates values where they are stored.
    """
    if not field.of_text:
        found: Iterator[bytes] = (
            text[slice(*meant)]
            for text in _texts(document, settings, field)
            for _, meant in field.catcher.all(text)
        )
    else:
        found = (one.value for one in mentions(document, settings, field))
    return [value for value in dict.fromkeys(found) if b"\0" not in value]


@memo
def mentions(document: Document, settings: Settings, field: Field) -> tuple[Mention, ...]:
    """All mentions of a field's values, in order."""
    return tuple(_mentions(document, settings, field))


def _mentions(document: Document, settings: Settings, field: Field) -> Iterator[Mention]:
    if not field.of_text:
        yield from _in_field(document, settings, field)
        return
    if field.in_body(document.text) is None:
        return
    syntax = settings[SECTIONS].syntax
    if field.scope.kind == LINKS:
        yield from _in_links(document, syntax, field)
        return
    for at, text in parts(document, syntax, field.scope):
        for (start, end), meant in field.catcher.all(text):
            yield Mention(at + start, at + end, text[slice(*meant)])


def _in_links(document: Document, syntax: str, field: Field) -> Iterator[Mention]:
    begin = document.body[0]
    for one in links(document, syntax).targets:
        for _, meant in field.catcher.all(one.target):
            yield Mention(begin + one.span[0], begin + one.span[1], one.target[slice(*meant)])


def _texts(document: Document, settings: Settings, field: Field) -> Iterator[bytes]:
    value = metadata.field(document, settings, field.scope.name)
    for one in value if isinstance(value, list | tuple) else (value,):
        if one is not None:
            yield str(one).encode("utf-8", "replace")


def _in_field(document: Document, settings: Settings, field: Field) -> Iterator[Mention]:
    """Mentions in a field of the metadata; the whole field for a value written with escapes."""
    start, end = span = place(document, settings, field.scope.name)
    at = start
    for text in _texts(document, settings, field):
        for whole, meant in field.catcher.all(text):
            bare = text[slice(*whole)]
            found = document.holder.data.find(bare, at, end)
            if found >= 0:
                at = found + len(bare)
            yield Mention(*((found, at) if found >= 0 else span), text[slice(*meant)])


def places_of(document: Document, settings: Settings, field: Field, value: bytes) -> list[Span]:
    """The spans where one value is mentioned, in order; for an empty value, the first mention."""
    found = mentions(document, settings, field)
    meant = [one for one in found if one.value == value] if value else found[:1]
    return [(one.start, one.end) for one in meant]
