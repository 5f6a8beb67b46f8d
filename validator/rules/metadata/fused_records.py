"""Two records on one line are two documents to some readers, one to others, and none to the rest.

A line end was lost: by two writers to one file, or by joining files of which the first had none at
its end.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import ExtraData
from ...model import Applicability, Edit, Fix, Hit
from ..rule import Explain, Rule, unsafely
from . import RECORDS


def explain(flaw: ExtraData) -> Hit:
    if flaw.is_record:
        return flaw.hit(
            "a second record begins here, on the line of the first",
            help="put a line end between the two; look for others where files were joined",
            fix=Fix(
                "put a line end between them",
                (Edit(flaw.start, flaw.start, b"\n"),),
                Applicability.UNSAFE,
                ends_lines=True,
            ),
        )
    return flaw.hit(
        "something follows the JSON object, which ends before it",
        help="remove it, or put it inside of the object",
    )


rule = Rule(
    __name__,
    code="MET026",
    summary="After a JSON record more follows on its line.",
    check=Explain.of(ExtraData, explain),
    repairs=(
        unsafely("A line end is written between two records.", "line-ends-inserted", reveals=True),
    ),
    profile=RECORDS,
    bad={"a.jsonl": b'{"id": "a1"}{"id": "a2"}\n'},
    ok={"a.jsonl": b'{"id": "a1"}\n{"id": "a2"}\n'},
)
