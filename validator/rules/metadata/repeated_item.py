"""An item that stands twice counts twice: in statistics, in weights, in links."""

from __future__ import annotations

from ..rule import Rule
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET110",
    summary="A list has the same item twice.",
    check=holds("repeated-item"),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"tags": {"x-split": ", ", "uniqueItems": True}}}),
    bad={"a.md": b"---\ntags: a, b, a\n---\nText.\n"},
    ok={"a.md": b"---\ntags: a, b\n---\nText.\n"},
)
