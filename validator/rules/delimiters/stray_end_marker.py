"""An end marker where no document is open: a begin marker is missing, or one end is too many.

Where the begin is missing, the text before the marker belongs to no document, and readers drop it
without a word.
"""

from __future__ import annotations

from ...delimiters.flaws import StrayEnd
from ...delimiters.options import BEGIN, END
from ...model import Hit
from ..rule import Explain, Rule
from . import about_near, beside, in_bytes, mended_look_alike, written_as


def explain(flaw: StrayEnd) -> Hit:
    near, size = flaw.near, in_bytes(flaw.size)
    message = f"`{flaw.form}` ends a document here, but none is open"
    if near:
        message += f": {about_near(near)}"
        mend = f"write line {near.row} as `{near.form}`, if that is where the document begins"
    elif flaw.size:
        message += f": no `{flaw.begin}` is before the {size} of text above"
        mend = f"write `{flaw.begin}` where the document begins"
    else:
        mend = "remove the line, or write the begin marker that belongs to it"
    return flaw.hit(
        message,
        help=mend,
        notes=(f"{size} of text above the line belong to no document",) if flaw.size else (),
        fix=written_as(near),
        data={"outside": flaw.size},
        related=beside(near),
    )


rule = Rule(
    __name__,
    code="DEL011",
    summary="An end marker stands where no document is open.",
    check=Explain.of(StrayEnd, explain),
    options=(BEGIN, END),
    repairs=(mended_look_alike("begin marker"),),
    profile={"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}},
    bad={"a.txt": b"[begin]\nOne.\n[end]\nTwo.\n[end]\n"},
    ok={"a.txt": b"[begin]\nOne.\n[end]\n[begin]\nTwo.\n[end]\n"},
)
