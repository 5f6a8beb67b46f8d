"""Readers of a hundred documents of one kind know where to look.

`body.sections.order` lists sections in their order (`ordered = true` takes that of `required`);
those that are not there are passed over, others may stand anywhere. `last` names the one that ends
the document. As few sections as possible are reported: those that need to be moved.
"""

from __future__ import annotations

from ...body.sections import MISPLACED, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD022",
    summary="A section is not where the order puts it.",
    check=about_sections(MISPLACED, lambda one: one.sequence or one.last),
    options=(SECTIONS,),
    profile={"body": {"sections": {"required": ["Abstract", "Motivation"], "ordered": True}}},
    bad={"a.md": b"## Motivation\nText.\n\n## Abstract\nText.\n"},
    ok={"a.md": b"## Abstract\nText.\n\n## Motivation\nText.\n"},
)
