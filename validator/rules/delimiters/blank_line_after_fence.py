"""A rule, a blank line, some prose, a rule: readers take the prose for metadata.

`---` is a rule of Markdown, too. Nobody leaves a blank line between a fence and the first field,
and nobody writes a rule without one; a line `Note: ...` between two rules is lost to the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...document import Document
from ...metadata.syntax.table import FENCES
from ...model import Hit
from ...settings.options import Settings
from ...text.lazy_re import later
from ..rule import Each, Rule
from . import PADDING

_BLANK = later(rb"(?:[ \t]*(?:\r\n|\n|\r))+")


def wanted(settings: Settings) -> bool:
    return settings[PADDING] != "allow"


def clean(document: Document, settings: Settings) -> bool:
    return document.syntax not in FENCES or not document.head[:1].isspace()


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    match = _BLANK.match(document.data, *document.block)
    if match is None:
        return
    yield Hit(
        *match.span(),
        "a blank line follows the opening fence",
        help="remove it, if fields follow; if that is prose between two rules, write a line of "
        "text before the first rule, or `***` for it",
    )


rule = Rule(
    __name__,
    code="DEL051",
    summary="Front matter begins with a blank line, as prose between two rules does.",
    check=Each(wanted, clean, diagnose),
    options=(PADDING,),
    profile={"delimiters": {"block": "front-matter", "padding": "forbid"}},
    bad={"a.md": b"---\n\nNote: prose.\n\n---\n\nText.\n"},
    ok={"a.md": b"---\nnote: a field\n\nid: a\n---\n\nText.\n"},
)
