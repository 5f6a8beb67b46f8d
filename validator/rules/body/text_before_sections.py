"""What stands before the first heading is in no section: no table of contents leads there.

`body.sections.start-with-heading = true` forbids it. A heading of any level will do.
"""

from __future__ import annotations

from ...body.sections import BEFORE, SECTIONS
from ..rule import Example, Rule
from . import about_sections

_PROFILE = {"sections": {"start-with-heading": True}}

rule = Rule(
    __name__,
    code="BOD026",
    summary="Text stands before the first heading.",
    check=about_sections(BEFORE, lambda one: one.start_with_heading),
    options=(SECTIONS,),
    bad=Example({"a.md": b"Text.\n\n## Abstract\nText.\n"}, {"body": _PROFILE}),
    ok=Example({"a.md": b"## Abstract\nText.\n"}, {"body": _PROFILE}),
)
