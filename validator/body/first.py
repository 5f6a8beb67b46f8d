"""The check that the first mention of a value is a link."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ..document import Document
from ..metadata import fields as metadata
from ..model import Hit
from ..settings.options import Settings
from ..settings.terms import Said
from ..text.visible import visible_bytes
from .check_terms import said_of
from .links import links
from .mentions import Mention, mentions
from .sections import SECTIONS
from .text_fields import Field, First

_SHOWN = 60  # bytes of a mention that a message repeats


def unlinked(document: Document, settings: Settings, field: Field, first: First) -> Iterator[Hit]:
    """A hit for each value whose first mention is not within the text of a link."""
    found = mentions(document, settings, field)
    said = said_of(document, settings, first) if found else None
    if said is None:
        return
    own = metadata.field(document, settings, first.itself) if first.itself else None
    seen = set() if own is None else {str(own).encode("utf-8", "replace")}
    known = links(document, settings[SECTIONS].syntax)
    begin = document.body[0]
    for one in found:
        if one.value in seen:
            continue
        seen.add(one.value)
        if not known.holds((one.start - begin, one.end - begin)):
            yield _hit(document, one, said)


def _hit(document: Document, one: Mention, said: Said) -> Hit:
    text = _shown(document.data[one.start : one.end])
    value = _shown(one.value)

    def filled(words: str) -> str:
        return words.replace("{text}", text).replace("{value}", value)

    hit = Hit(
        one.start,
        one.end,
        f"the first mention of {text} is not a link",
        help="make a link of it, so that readers find what it speaks of",
        data={"value": value},
    )
    return replace(said, message=filled(said.message), help=filled(said.help)).hit(hit)


def _shown(text: bytes) -> str:
    return visible_bytes(text[:_SHOWN]) + ("…" if len(text) > _SHOWN else "")
