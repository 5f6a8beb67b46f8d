"""A reader that goes by a field finds nothing in the document that lacks it.

Indexes leave the document out, filters pass it by, and programs stop at it, long after it was
written. The finding stands at the first line of the metadata, and names a field that is nearly it.
"""

from __future__ import annotations

from ...model import FindingKind
from ..rule import Example, Rule
from . import SCHEMA_OPTIONS, holds, under

PROFILE = under(schema={"required": ["title"]})

rule = Rule(
    __name__,
    code="MET100",
    summary="A field that the schema requires is not there.",
    own_kind=FindingKind.PROFILE,
    check=holds("missing-field"),
    options=SCHEMA_OPTIONS,
    bad=Example({"a.md": b"---\ntitel: A\n---\nText.\n"}, PROFILE),
    ok=Example({"a.md": b"---\ntitle: A\n---\nText.\n"}, PROFILE),
)
