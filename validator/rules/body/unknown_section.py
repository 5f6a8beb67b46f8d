"""A section of another name is not found by those who look for it under the agreed one.

With `body.sections.closed = true` a document has no sections at this level but those named in
`required`, `optional`, `order`, `exact` or `last`.
"""

from __future__ import annotations

from ...body.sections import SECTIONS, UNKNOWN
from ..rule import Example, Rule
from . import about_sections

_PROFILE = {"sections": {"required": ["Abstract"], "optional": ["Rationale"], "closed": True}}

rule = Rule(
    __name__,
    code="BOD021",
    summary="There is a section that none is allowed to be.",
    check=about_sections(UNKNOWN, lambda one: one.closed),
    options=(SECTIONS,),
    bad=Example({"a.md": b"## Abstract\nText.\n\n## Rational\nText.\n"}, {"body": _PROFILE}),
    ok=Example({"a.md": b"## Abstract\nText.\n\n## Rationale\nText.\n"}, {"body": _PROFILE}),
)
