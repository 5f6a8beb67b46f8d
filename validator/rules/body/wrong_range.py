"""A range that is not that of its lines: what it says of them is said of others.

Lines of the classes in `ranges` of `[[body.numbering]]` have two numbers, the first and the last of
the lines that they are about (`3-4`), and stand before the first of these. They do not overlap and
end within their group.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, NUMBERING, RANGE
from ..rule import Rule
from . import NUMBERED, about_records

rule = Rule(
    __name__,
    code="BOD051",
    summary="A range of numbers is not that of lines that follow it.",
    check=about_records(RANGE, NUMBERING, lambda row: row.ranges),
    options=(LINES, COLUMNS, NUMBERING),
    profile={"body": NUMBERED},
    bad={"a.txt": b"1-3 don't\n1 do\n2 not\n"},
    ok={"a.txt": b"1-2 don't\n1 do\n2 not\n"},
)
