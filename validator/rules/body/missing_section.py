"""A proposal without its security section is read and merged as if there were nothing to say.

`body.sections.required` names the sections that a document must have; headings count by their text
as written, at `level`. A heading that is nearly one of them is named.
"""

from __future__ import annotations

from ...body.sections import MISSING, SECTIONS
from ..rule import Example, Rule
from . import about_sections

_PROFILE = {"sections": {"required": ["Abstract", "Security"]}}

rule = Rule(
    __name__,
    code="BOD020",
    summary="A section that must be there is not.",
    check=about_sections(MISSING, lambda one: one.required),
    options=(SECTIONS,),
    bad=Example({"a.md": b"## Abstract\nText.\n"}, {"body": _PROFILE}),
    ok=Example({"a.md": b"## Abstract\nText.\n\n## Security\nNone.\n"}, {"body": _PROFILE}),
)
