"""The begin and the end of a document name different things: something between them is gone.

It is how a lost end marker with the next begin marker looks, or a name that was changed in one
place only.
"""

from __future__ import annotations

from ...delimiters.flaws import Disagreeing
from ...delimiters.options import BEGIN, END
from ...model import Aside, Hit
from ..rule import Explain, Rule
from . import quoted


def explain(flaw: Disagreeing) -> Hit:
    found, wanted = quoted(flaw.found), quoted(flaw.wanted)
    return flaw.hit(
        f"the end marker says the {flaw.name} is {found}, the begin marker on line {flaw.row} "
        f"says {wanted}",
        help="write the same in both; or, if they belong to two documents, write the end of the "
        "one and the begin of the other between them",
        data={"name": flaw.name},
        related=(Aside(flaw.begin, "the begin marker"),),
    )


rule = Rule(
    __name__,
    code="DEL013",
    summary="The begin and the end marker of a document say different things.",
    check=Explain.of(Disagreeing, explain),
    options=(BEGIN, END),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": r"begin (?P<name>\S+)", "form": "begin NAME"},
            "end": {"pattern": r"end (?P<name>\S+)", "form": "end NAME"},
        }
    },
    bad={"a.txt": b"begin one\nText.\nend two\n"},
    ok={"a.txt": b"begin one\nText.\nend one\n"},
)
