r"""A document that is spoken of, and not linked where it is first named: readers have to search.

`[body.fields.NAME]` names what is sought (`docs/body.md`); with `first = "link"`, or a table with
`must-be = "link"`, the first mention of each value must be the text of a link, or part of it.
`itself` names the field whose value stands for the document itself, which needs no link;
`message` and `help` may have `{text}` for the words of the document and `{value}` for the value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.beginnings import STRANGE
from ...body.sections import SECTIONS
from ...body.text_fields import FIELDS, Field
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule


def wanted(settings: Settings) -> bool:
    return bool(_asked(settings))


def _asked(settings: Settings) -> list[Field]:
    return [field for field in settings[FIELDS].values() if field.first]


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    fields = _asked(settings)
    if any(STRANGE.search(field.pattern) for field in fields):
        return False
    text = b"\n".join([document.text for document in documents])
    return not any(field.in_body(text) for field in fields)


def clean(document: Document, settings: Settings) -> bool:
    if not any(field.in_body(document.text) for field in _asked(settings)):
        return True
    return next(diagnose(document, settings), None) is None


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.first import unlinked

    for field in _asked(settings):
        if field.first and field.in_body(document.text):
            yield from unlinked(document, settings, field, field.first)


rule = Rule(
    __name__,
    code="BOD042",
    summary="The first mention of something is not a link.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(FIELDS, SECTIONS),
    profile={
        "body": {
            "fields": {
                "rfcs": {
                    "pattern": "RFC ([0-9]+)",
                    "scope": "text",
                    "first": {"must-be": "link", "help": "write `[{text}](rfc-{value}.md)`"},
                }
            }
        }
    },
    bad={"a.md": b"As RFC 7 says, and [RFC 7](rfc-7.md) says it well.\n"},
    ok={"a.md": b"As [RFC 7](rfc-7.md) says, and RFC 7 says it well.\n"},
)
