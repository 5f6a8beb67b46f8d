"""Markers that count their documents show at once what was lost, doubled or shuffled.

After a wrong number the count goes on from it, so that one loss is one finding.
"""

from __future__ import annotations

from ...delimiters.flaws import Ordinal
from ...delimiters.options import ORDINAL
from ...model import FindingKind, Hit
from ..rule import Explain, Rule
from . import quoted


def explain(flaw: Ordinal) -> Hit:
    if flaw.wanted < 0:
        return flaw.hit(
            f"the marker has no number as its {flaw.name}, but {quoted(flaw.found)}",
            help="number the documents by one, in digits",
        )
    number = int(flaw.found)
    lost = number - flaw.wanted
    if lost > 0:
        message = f"the marker counts {number} where {flaw.wanted} is due"
        what = f"document {flaw.wanted} is" if lost == 1 else f"{lost} documents are"
        mend = f"find out whether {what} missing before this one, then number them again"
    else:
        message = f"the marker counts {number} again, where {flaw.wanted} is due"
        mend = "find out whether the document is there twice or in the wrong place"
    return flaw.hit(
        message,
        help=mend,
        data={"wanted": flaw.wanted, "found": number},
    )


rule = Rule(
    __name__,
    code="DEL014",
    summary="The number in a marker is not the next one.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(Ordinal, explain),
    options=(ORDINAL,),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": "# (?P<number>[0-9]+)", "form": "# NUMBER"},
            "ordinal": "number",
        }
    },
    bad={"a.txt": b"# 1\nOne.\n# 3\nThree.\n"},
    ok={"a.txt": b"# 1\nOne.\n# 2\nTwo.\n"},
)
