"""The line that opens or closes the file tells that all of it is there.

Where the closing line is missing, the file was most likely cut.
"""

from __future__ import annotations

from ...delimiters.flaws import MissingLine
from ...delimiters.options import CLOSING, OPENING
from ...model import Hit
from ..rule import Explain, Rule
from . import about_near, beside, mended_look_alike, written_as


def explain(flaw: MissingLine) -> Hit:
    near, opens = flaw.near, flaw.which == "opening"
    where = "begin" if opens else "end"
    mend = f"write `{flaw.form}` " + (
        "before the first document"
        if opens
        else "after the last document; if documents are missing there, the file was cut"
    )
    why = f": {about_near(near)}" if near else ""
    return flaw.hit(
        f"the file does not {where} with `{flaw.form}`{why}",
        help=f"write line {near.row} as `{flaw.form}`" if near else mend,
        fix=written_as(near),
        data={"which": flaw.which},
        related=beside(near),
    )


rule = Rule(
    __name__,
    code="DEL020",
    summary="The line that opens or closes the file is missing.",
    check=Explain.of(MissingLine, explain),
    options=(OPENING, CLOSING),
    repairs=(mended_look_alike("marker"),),
    profile={
        "delimiters": {
            "kind": "marked",
            "opening": "<all>",
            "closing": "</all>",
            "begin": "<one>",
            "end": "</one>",
        }
    },
    bad={"a.txt": b"<all>\n<one>\nText.\n</one>\n"},
    ok={"a.txt": b"<all>\n<one>\nText.\n</one>\n</all>\n"},
)
