"""A field that no reader knows is a field that no reader reads.

Most are misspelt: what was meant is missing, and nobody is told. With `additionalProperties =
false` the schema is closed, and the finding names the field that comes nearest.
"""

from __future__ import annotations

from ..rule import Rule, unsafely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET101",
    summary="A field is not one of those that the schema knows.",
    check=holds("unknown-field"),
    repairs=(unsafely("The field gets the name that comes nearest.", "fields-renamed"),),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"additionalProperties": False, "properties": {"title": {}, "tags": {}}}),
    bad={"a.md": b"---\ntitle: A\ntagz: b\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: A\ntags: b\n---\nText.\n"},
)
