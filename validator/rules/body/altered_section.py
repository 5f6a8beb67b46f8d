"""A licence in other words is another licence, and no search for the agreed one finds it.

`body.sections.exact` gives the whole text of a section by its name. Blanks before and after it, and
the style of line ends, do not count.
"""

from __future__ import annotations

from ...body.sections import ALTERED, SECTIONS
from ..rule import Example, Rule
from . import about_sections

_PROFILE = {"sections": {"exact": {"Copyright": "Released under CC0-1.0."}}}

rule = Rule(
    __name__,
    code="BOD025",
    summary="A section with an agreed text has another one.",
    check=about_sections(ALTERED, lambda one: one.exact),
    options=(SECTIONS,),
    bad=Example({"a.md": b"## Copyright\nReleased under CC0.\n"}, {"body": _PROFILE}),
    ok=Example({"a.md": b"## Copyright\nReleased under CC0-1.0.\n"}, {"body": _PROFILE}),
)
