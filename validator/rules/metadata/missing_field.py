"""A reader that goes by a field finds nothing in the document that lacks it.

Indexes leave the document out, filters pass it by, and programs stop at it, long after it was
written. The finding stands at the first line of the metadata, and names a field that is nearly it.
"""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET100",
    summary="A field that the schema requires is not there.",
    check=holds("missing-field"),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"required": ["title"]}),
    bad={"a.md": b"---\ntitel: A\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: A\n---\nText.\n"},
)
