"""A number left out or given twice: what refers to lines by number is one off from there on.

`[[body.numbering]]` says which lines count: `classes` of `body.lines`, and where the number stands,
in a `column` of `body.columns` or as the first group of a `pattern`. They count from `first` (1)
on, anew in each group of lines: those between two lines of the class `body.lines.between`, a blank
one. With `within = "body"` they count through the body.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, NUMBER, NUMBERING
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD050",
    summary="The numbers of lines do not count.",
    check=about_records(NUMBER, NUMBERING),
    options=(LINES, COLUMNS, NUMBERING),
    profile={
        "body": {
            "lines": {"classes": {"verse": "[0-9]+ .*"}, "group": "stanza"},
            "numbering": [{"classes": ["verse"], "pattern": "^([0-9]+) "}],
        }
    },
    bad={"a.txt": b"1 Rose\n2 Thorn\n\n1 Leaf\n3 Root\n"},
    ok={"a.txt": b"1 Rose\n2 Thorn\n\n1 Leaf\n2 Root\n"},
)
