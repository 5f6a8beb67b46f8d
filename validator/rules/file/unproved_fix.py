"""A fix that was asked for was not made, because it could not be proved to be right.

Each fix must keep what its rule says that it keeps, and the file, checked again, must have lost
the finding and have no new one. Where that is not so, the file stays as it was.
"""

from __future__ import annotations

from ...model import FindingKind, Hit, Unfixed, about_file
from ..rule import Explain, Rule


def explain(flaw: Unfixed) -> Hit:
    return about_file(
        f"the fix for {flaw.code} {flaw.name} was not made: {flaw.why}",
        help=flaw.remedy or "mend the file by hand; what is wrong with it is told beside this",
        data={"rule": flaw.code, "why": flaw.why},
    )


rule = Rule(
    __name__,
    code="FIL006",
    summary="A fix was not made, because it could not be proved.",
    own_kind=FindingKind.RUN,
    check=Explain.of(Unfixed, explain),
)
