"""An end marker where no document is open: a begin marker is missing, or one end is too many.

Where the begin is missing, the text before the marker belongs to no document, and readers drop it
without a word.
"""

from __future__ import annotations

from ...division.flaws import StrayEnd
from ...division.options import BEGIN, END
from ...model import Hit
from ...options import Settings
from ...rule import Example, Explain, Rule
from . import about_near, in_bytes, written_as


def explain(flaw: StrayEnd, settings: Settings) -> Hit:
    near, notes = flaw.near, []
    if near:
        notes.append(about_near(near))
        mend = f"write line {near.row} as `{near.form}`, if that is where the document begins"
    elif flaw.size:
        mend = f"write `{flaw.begin}` where the document begins"
    else:
        mend = "remove the line, or write the begin marker that belongs to it"
    if flaw.size:
        notes.append(f"the {in_bytes(flaw.size)} of text before it belong to no document")
    return Hit(
        flaw.start,
        flaw.end,
        f"`{flaw.form}` ends a document here, but none is open",
        help=mend,
        notes=tuple(notes),
        fix=written_as(near) if near else None,
        data={"outside": flaw.size},
    )


_PROFILE = {"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}}

rule = Rule(
    code="DEL011",
    name="stray-end-marker",
    summary="An end marker stands where no document is open.",
    why=__doc__,
    check=Explain(StrayEnd, explain),
    options=(BEGIN, END),
    fix="A line that looks like the begin marker is written as the begin marker (unsafe).",
    bad=Example({"a.txt": b"[begin]\nOne.\n[end]\nTwo.\n[end]\n"}, _PROFILE),
    ok=Example({"a.txt": b"[begin]\nOne.\n[end]\n[begin]\nTwo.\n[end]\n"}, _PROFILE),
)
