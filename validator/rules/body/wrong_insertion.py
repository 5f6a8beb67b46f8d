"""What was put between two lines has the number of another place: readers sort it there.

Lines of the classes in `inserted` of `[[body.numbering]]` have two numbers (`3.1`): that of the
line that they stand after, and their own, which counts 1, 2, 3 … behind it.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, INSERTED, NUMBERING
from ..rule import Rule
from . import NUMBERED, about_records

rule = Rule(
    __name__,
    code="BOD052",
    summary="A number put between two others does not follow the first.",
    check=about_records(INSERTED, NUMBERING, lambda row: row.inserted),
    options=(LINES, COLUMNS, NUMBERING),
    profile={"body": NUMBERED},
    bad={"a.txt": b"1 I\n1.2 am\n2 here\n"},
    ok={"a.txt": b"1 I\n1.1 am\n2 here\n"},
)
