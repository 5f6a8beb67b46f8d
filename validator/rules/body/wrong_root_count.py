"""A tree with two roots is two trees: most readers take the first and lose the other.

`roots` in `[[body.references]]` is the number of lines in a group that refer to the `root`. A group
in which nothing refers to anything is not asked.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, NUMBERING, REFERENCES, ROOTS
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD063",
    summary="More lines refer to the root than may, or fewer.",
    check=about_records(ROOTS, REFERENCES, lambda row: row.roots is not None),
    options=(LINES, COLUMNS, NUMBERING, REFERENCES),
    profile={
        "body": {
            "columns": {"names": ["id", "parent"]},
            "references": [
                {"classes": ["other"], "column": "parent", "to": "id", "root": "0", "roots": 1}
            ],
        }
    },
    bad={"a.txt": b"1\t0\n2\t0\n"},
    ok={"a.txt": b"1\t0\n2\t1\n"},
)
