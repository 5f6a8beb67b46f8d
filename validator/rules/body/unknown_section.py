"""A section of another name is not found by those who look for it under the agreed one.

With `body.sections.closed = true` a document has no sections at this level but those named in
`required`, `optional`, `order`, `exact` or `last`.
"""

from __future__ import annotations

from ...body.sections import SECTIONS, UNKNOWN
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD021",
    summary="There is a section that none is allowed to be.",
    check=about_sections(UNKNOWN, lambda one: one.closed),
    options=(SECTIONS,),
    profile={
        "body": {"sections": {"required": ["Abstract"], "optional": ["Rationale"], "closed": True}}
    },
    bad={"a.md": b"## Abstract\nText.\n\n## Rational\nText.\n"},
    ok={"a.md": b"## Abstract\nText.\n\n## Rationale\nText.\n"},
)
