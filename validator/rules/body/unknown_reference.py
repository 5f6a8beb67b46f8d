"""A reference to a line that is not there: the reader that follows it stops, or takes another one.

`[[body.references]]` says which `column` of the lines of which `classes` refers to which column
(`to`) of the lines of the same group; `among` are the classes that may be referred to. `split`
stands between several references in a cell, `pattern` finds each; `none` is a cell that refers to
nothing, `root` a reference that leads to no line and is right.
"""

from __future__ import annotations

from ...body.classes import LINES
from ...body.records.options import COLUMNS, NUMBERING, REFERENCES, UNKNOWN
from ..rule import Rule
from . import about_records

rule = Rule(
    __name__,
    code="BOD060",
    summary="A cell refers to a line that is not there.",
    check=about_records(UNKNOWN, REFERENCES),
    options=(LINES, COLUMNS, NUMBERING, REFERENCES),
    profile={
        "body": {
            "columns": {"names": ["id", "parent"]},
            "references": [{"classes": ["other"], "column": "parent", "to": "id", "root": "0"}],
        }
    },
    bad={"a.txt": b"1\t0\n2\t4\n"},
    ok={"a.txt": b"1\t0\n2\t1\n"},
)
