"""A line that hangs on nothing: a reader that begins at the root never sees it.

With `shape = "connected"` in `[[body.references]]` every line that refers is reached from the
`root`, along references backwards. They may go in circles. A group in which nothing refers to
anything is not asked.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, CONNECTED, NUMBERING, REFERENCES, UNREACHED
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD062",
    summary="No way along references leads from the root to a line.",
    check=about_records(UNREACHED, REFERENCES, lambda row: row.shape == CONNECTED),
    options=(LINES, COLUMNS, NUMBERING, REFERENCES),
    profile={
        "body": {
            "columns": {"names": ["id", "parent"]},
            "references": [
                {
                    "classes": ["other"],
                    "column": "parent",
                    "to": "id",
                    "root": "0",
                    "shape": "connected",
                }
            ],
        }
    },
    bad={"a.txt": b"1\t0\n2\t3\n3\t2\n"},
    ok={"a.txt": b"1\t0\n2\t1\n3\t2\n"},
)
