"""What is looked up by its label is found twice, and not always the same of the two is taken.

With `unique` in `[[body.groups]]`, a pattern, no two lines of the class share what its first group
finds. All groups of a file are compared; ids of documents are compared by `corpus.unique`.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, GROUPS, NUMBERING, REPEATED
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD014",
    summary="Two lines have the same label.",
    check=about_records(REPEATED, GROUPS, lambda row: row.unique),
    options=(LINES, COLUMNS, NUMBERING, GROUPS),
    profile={
        "body": {
            "lines": {"classes": {"id": "# id = .*", "verse": ".+"}, "group": "stanza"},
            "groups": [{"class": "id", "unique": "= *(.*)"}],
        }
    },
    bad={"a.txt": b"# id = a\nRose\n\n# id = a\nThorn\n"},
    ok={"a.txt": b"# id = a\nRose\n\n# id = b\nThorn\n"},
)
