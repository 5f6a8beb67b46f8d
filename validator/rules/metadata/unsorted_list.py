"""A sorted list has one way to be written: two authors add the same item in the same place."""

from __future__ import annotations

from ..rule import Rule, unsafely
from . import SCHEMA_OPTIONS, holds, under

rule = Rule(
    __name__,
    code="MET109",
    summary="A list that should be sorted is not.",
    check=holds("unsorted-list"),
    repairs=(unsafely("The items are put in order.", "items-reordered"),),
    options=SCHEMA_OPTIONS,
    profile=under(schema={"properties": {"tags": {"x-split": ", ", "x-sorted": "text"}}}),
    bad={"a.md": b"---\ntags: b, a\n---\nText.\n"},
    ok={"a.md": b"---\ntags: a, b\n---\nText.\n"},
)
