"""A sentence without its id, a stanza with a line too many: one is not like the others.

`[[body.groups]]` says how many lines of a `class` (or of a list of classes) each group has at least
(`min`) and at most (`max`). Groups are the lines between two lines of the class
`body.lines.between`, a blank one, unless it says otherwise; `body.lines.group` is what messages
call them.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, COUNT, GROUPS, NUMBERING
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD013",
    summary="A group has more lines of a class than it may, or fewer.",
    check=about_records(COUNT, GROUPS, lambda row: row.min or row.max is not None),
    options=(LINES, COLUMNS, NUMBERING, GROUPS),
    profile={
        "body": {
            "lines": {"classes": {"id": "# id = .*", "verse": ".+"}, "group": "stanza"},
            "groups": [{"class": "id", "min": 1, "max": 1}],
        }
    },
    bad={"a.txt": b"# id = a\nRose\n\nThorn\n"},
    ok={"a.txt": b"# id = a\nRose\n\n# id = b\nThorn\n"},
)
