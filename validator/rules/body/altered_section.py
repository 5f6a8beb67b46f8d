"""A licence in other words is another licence, and no search for the agreed one finds it.

`body.sections.exact` gives the whole text of a section by its name. Blanks before and after it, and
the style of line ends, do not count.
"""

from __future__ import annotations

from ...body.sections import ALTERED, SECTIONS
from ..rule import Rule
from . import about_sections

rule = Rule(
    __name__,
    code="BOD025",
    summary="A section with an agreed text has another one.",
    check=about_sections(ALTERED, lambda one: one.exact),
    options=(SECTIONS,),
    profile={"body": {"sections": {"exact": {"Copyright": "Released under CC0-1.0."}}}},
    bad={"a.md": b"## Copyright\nReleased under CC0.\n"},
    ok={"a.md": b"## Copyright\nReleased under CC0-1.0.\n"},
)
