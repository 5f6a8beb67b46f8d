"""What stands before the first heading is in no section: no table of contents leads there.

`body.sections.start-with-heading = true` forbids it. A heading of any level will do.
"""

from __future__ import annotations

from ...body.sections import BEFORE, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD026",
    summary="Text stands before the first heading.",
    check=about_sections(BEFORE, lambda one: one.start_with_heading),
    options=(SECTIONS,),
    profile={"body": {"sections": {"start-with-heading": True}}},
    bad={"a.md": b"Text.\n\n## Abstract\nText.\n"},
    ok={"a.md": b"## Abstract\nText.\n"},
)
