"""A blank line between records: half of the readers of JSON Lines skip it, the others stop.

Those that number records by lines are off by one from there on.
"""

from __future__ import annotations

from ...delimiters.flaws import BlankLine
from ...delimiters.kinds import KIND
from ...model import Edit, Fix, Hit
from ..rule import Explain, Rule, safely


def explain(flaw: BlankLine) -> Hit:
    return flaw.hit(
        "a blank line where a record is due",
        help="remove the line: each line is a record",
        fix=Fix("remove the line", (Edit(flaw.start, flaw.next, b""),)),
    )


rule = Rule(
    __name__,
    code="DEL040",
    summary="A line between records is blank.",
    check=Explain.of(BlankLine, explain),
    options=(KIND,),
    repairs=(safely("The line is removed.", "blank-lines"),),
    profile={"delimiters": {"kind": "json-lines"}},
    bad={"a.jsonl": b'{"id": "1"}\n\n{"id": "2"}\n'},
    ok={"a.jsonl": b'{"id": "1"}\n{"id": "2"}\n'},
)
