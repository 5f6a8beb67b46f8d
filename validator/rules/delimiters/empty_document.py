"""A document without any text is a row of nothing: some readers keep it, some drop it.

The counts of two readers then differ, and every index after it is off by one.
"""

from __future__ import annotations

from ...delimiters.flaws import EmptyDocument
from ...delimiters.options import EMPTY
from ...model import Applicability, Edit, FindingKind, Fix, Hit
from ..rule import Explain, Rule, safely
from . import named


def explain(flaw: EmptyDocument) -> Hit:
    if flaw.blank_separator:
        return flaw.hit(
            "a blank line more than the one that separates two documents",
            help="leave one blank line between two documents, and none before the first one",
            fix=Fix("remove the line", (Edit(flaw.start, flaw.end, b""),), Applicability.SAFE),
        )
    return flaw.hit(
        f"{named(flaw.index)} has no text",
        help="remove the document with its markers, or put back the text that is gone",
        data={"document": flaw.index},
    )


rule = Rule(
    __name__,
    code="DEL016",
    summary="A document has no text.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(EmptyDocument, explain),
    options=(EMPTY,),
    repairs=(safely("A blank line too many between two documents is removed.", "blank-lines"),),
    profile={"delimiters": {"kind": "marked", "separator": "%%%"}},
    bad={"a.txt": b"One.\n%%%\n%%%\nThree.\n"},
    ok={"a.txt": b"One.\n%%%\nTwo.\n%%%\nThree.\n"},
)
