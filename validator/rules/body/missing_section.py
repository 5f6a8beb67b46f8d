"""A proposal without its security section is read and merged as if there were nothing to say.

`body.sections.required` names the sections that a document must have; headings count by their text
as written, at `level`. A heading that is nearly one of them is named.
"""

from __future__ import annotations

from ...body.sections import MISSING, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD020",
    summary="A section that must be there is not.",
    check=about_sections(MISSING, lambda one: one.required),
    options=(SECTIONS,),
    profile={"body": {"sections": {"required": ["Abstract", "Security"]}}},
    bad={"a.md": b"## Abstract\nText.\n"},
    ok={"a.md": b"## Abstract\nText.\n\n## Security\nNone.\n"},
)
