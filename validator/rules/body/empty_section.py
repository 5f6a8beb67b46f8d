"""A heading with nothing under it was left from a template, or its text was lost.

With `body.sections.non-empty = true` something must follow each heading of the level: text, or a
heading below it.
"""

from __future__ import annotations

from ...body.sections import EMPTY, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD023",
    summary="Nothing stands under a heading.",
    check=about_sections(EMPTY, lambda one: one.non_empty),
    options=(SECTIONS,),
    profile={"body": {"sections": {"non-empty": True}}},
    bad={"a.md": b"## Abstract\n\n## Motivation\nText.\n"},
    ok={"a.md": b"## Abstract\nText.\n\n## Motivation\nText.\n"},
)
