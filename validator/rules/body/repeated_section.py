"""Links and tools that go by the name of a section find one of the two, and not always the same.

`body.sections.unique = true` forbids it.
"""

from __future__ import annotations

from ...body.sections import REPEATED, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD024",
    summary="Two sections have one name.",
    check=about_sections(REPEATED, lambda one: one.unique),
    options=(SECTIONS,),
    profile={"body": {"sections": {"unique": True}}},
    bad={"a.md": b"## Abstract\nText.\n\n## Abstract\nMore.\n"},
    ok={"a.md": b"## Abstract\nText.\n\n## Motivation\nText.\n"},
)
