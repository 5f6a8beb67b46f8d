r"""Text that has no place in a document of its kind: a placeholder, a link to a copy, a slip.

Such agreements are many and small, and nobody remembers all of them. Each entry of
`[[body.forbid]]` is one: `pattern` (RE2; `^` and `$` stand at lines), the `message` that tells it,
`help`, `severity` (a word, or `{ when = "status", is = ["Draft"], then = "warning" }`), and
`except`, documents by id or globs for files. `scope` says where it is sought: `body`; `prose`, the
body without code and comments (`body.sections.syntax` says how these are written); `markup`, the
body without code, but with comments; `section:NAME`; `field:NAME`, a field of the metadata.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...body.demands import FORBID
from ...body.sections import SECTIONS
from ...document import Document
from ...model import Hit
from ...settings.options import Settings
from ..rule import Each, Rule


def wanted(settings: Settings) -> bool:
    return bool(settings[FORBID].rows)


def clean(document: Document, settings: Settings) -> bool:
    demands = settings[FORBID]
    if not demands.of_fields and demands.in_body(document.text) is None:
        return True
    return next(diagnose(document, settings), None) is None


def clean_many(documents: Sequence[Document], settings: Settings) -> bool:
    demands = settings[FORBID]
    if demands.of_fields or not demands.of_lines:
        return False
    return not demands.may_be_in(b"\n".join([document.text for document in documents]))


def diagnose(document: Document, settings: Settings) -> Iterator[Hit]:
    from ...body.search import forbidden

    return forbidden(document, settings, settings[FORBID], settings[SECTIONS].syntax)


rule = Rule(
    __name__,
    code="BOD030",
    summary="There is text that a document of this kind must not hold.",
    check=Each(wanted, clean, diagnose, clean_many=clean_many),
    options=(FORBID,),
    profile={
        "body": {
            "forbid": [
                {
                    "pattern": "(?i)lorem ipsum",
                    "message": "placeholder text",
                    "help": "write the text, or remove it",
                    "scope": "prose",
                }
            ]
        }
    },
    bad={"a.md": b"Lorem ipsum dolor\n"},
    ok={"a.md": b"Cats and `lorem ipsum`\n"},
)
