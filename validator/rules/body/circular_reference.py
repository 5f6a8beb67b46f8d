"""References in a circle have no beginning: a reader that builds a tree of them never ends.

A cell never refers to its own line. With `shape = "tree"` in `[[body.references]]` no way along
references comes to a line twice.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import CIRCLE, COLUMNS, NUMBERING, REFERENCES
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD061",
    summary="References lead back to where they began.",
    check=about_records(CIRCLE, REFERENCES),
    options=(LINES, COLUMNS, NUMBERING, REFERENCES),
    profile={
        "body": {
            "columns": {"names": ["id", "parent"]},
            "references": [
                {"classes": ["other"], "column": "parent", "to": "id", "root": "0", "shape": "tree"}
            ],
        }
    },
    bad={"a.txt": b"1\t0\n2\t3\n3\t2\n"},
    ok={"a.txt": b"1\t0\n2\t3\n3\t1\n"},
)
