"""A value beside the agreed ones makes a class of its own, which no filter selects.

The finding names the value that comes nearest.
"""

from __future__ import annotations

from ..rule import Rule, unsafely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET103",
    summary="A value is none of those that the schema allows.",
    check=holds("value-not-allowed"),
    repairs=(unsafely("The allowed value that comes nearest is written.", "values-in-place"),),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"status": {"enum": ["Draft", "Final"]}}}),
    bad={"a.md": b"---\nstatus: Fianl\n---\nText.\n"},
    ok={"a.md": b"---\nstatus: Final\n---\nText.\n"},
)
