"""A document that begins and never ends swallows what comes after it, or is lost.

One reader takes the text up to the next marker, one takes the rest of the file, one drops the
document. The line that was meant to be the end is often there, with a sign too many or too few.
"""

from __future__ import annotations

from ...delimiters.flaws import Unclosed
from ...delimiters.options import BEGIN, END
from ...model import Aside, Hit
from ..rule import Explain, Rule, safely
from . import about_near, beside, mended_look_alike, named, written_as


def explain(flaw: Unclosed) -> Hit:
    document, near, wanted = named(flaw.index), flaw.near, flaw.wanted
    if flaw.reason == "begin":
        until = f"{document} is read up to line {flaw.until}, where the next one begins"
        why = f"no `{wanted}` follows before line {flaw.until}, where the next one begins"
    else:
        until = f"{document} is read up to the end of the file"
        why = f"no `{wanted}` follows up to the end of the file"
    if near:
        why = about_near(near)
        mend = f"write line {near.row} as `{wanted}`, if that is where the document ends"
    else:
        mend = f"write `{wanted}` after the last line of the document"
    return flaw.hit(
        f"{document} begins here and has no end: {why}",
        help=mend,
        notes=(until,),
        fix=written_as(near, is_missing=True),
        data={"document": flaw.index, "wanted": wanted},
        related=(*beside(near), *_next(flaw)),
    )


def _next(flaw: Unclosed) -> tuple[Aside, ...]:
    """The place where the next document begins, if its beginning ended this one."""
    return (Aside(flaw.next, "the next document begins here"),) if flaw.next >= 0 else ()


rule = Rule(
    __name__,
    code="DEL010",
    summary="A document has a begin marker and no end marker.",
    check=Explain.of(Unclosed, explain),
    options=(BEGIN, END),
    repairs=(
        safely(
            "The end marker is written without the blanks or the CR behind it.",
            "marker-lines",
            reveals=True,
        ),
        mended_look_alike("end marker"),
    ),
    profile={"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}},
    bad={"a.txt": b"[begin]\nOne.\n[begin]\nTwo.\n[end]\n"},
    ok={"a.txt": b"[begin]\nOne.\n[end]\n[begin]\nTwo.\n[end]\n"},
)
