"""A line that is almost a marker was most likely meant to be one.

No reader divides here, and none complains: two documents become one. A fourth dash, a blank at the
end of the line or a capital letter is enough.
"""

from __future__ import annotations

from ...delimiters.flaws import NearMiss
from ...delimiters.options import ESCAPE, NEAR_MISSES
from ...model import Hit, Severity
from ...settings.options import Settings
from ..rule import Explain, Rule, unsafely
from . import named, quoted, written_as


def explain(flaw: NearMiss, settings: Settings) -> Hit:
    near, escape = flaw.near, settings[ESCAPE]
    why = f", but {near.why}" if near.why else " and is none"
    inside = f"; it is read as text of {named(flaw.inside)}" if flaw.inside else ""
    if not near.form:
        return flaw.hit(
            f"a line of blanks looks like the empty line between documents and is none{inside}",
            help="if it is to part documents, remove its blanks",
            fix=written_as(near),
            data={"form": near.form},
        )
    text = f"if it is text, write `{escape}` before it, or" if escape else "if it is text,"
    return flaw.hit(
        f"{quoted(near.line)} looks like the marker `{near.form}`{why}{inside}",
        help=f"if it is a marker, write it as `{near.form}`; {text} allow such lines by "
        f'`{NEAR_MISSES.key} = "allow"`',
        fix=written_as(near),
        data={"form": near.form},
    )


rule = Rule(
    __name__,
    code="DEL017",
    summary="A line looks like a marker and is none.",
    check=Explain(NearMiss, explain),
    severity=Severity.WARNING,
    options=(NEAR_MISSES,),
    repairs=(unsafely("The line is written as the marker.", "marker-lines", reveals=True),),
    profile={"delimiters": {"kind": "marked", "separator": "%%%"}},
    bad={"a.txt": b"One.\n%%%%\nTwo.\n"},
    ok={"a.txt": b"One.\n%%%\nTwo.\n"},
)
