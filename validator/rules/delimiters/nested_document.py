"""A document inside a document: readers end the outer one at the first end marker they meet.

What follows the inner end is then outside of all documents, although it was written inside one.
"""

from __future__ import annotations

from ...delimiters.flaws import Nested
from ...delimiters.options import ESCAPE, NESTING
from ...model import Aside, Hit
from ...settings.options import Settings
from ..rule import Explain, Rule


def explain(flaw: Nested, settings: Settings) -> Hit:
    escape = settings[ESCAPE]
    as_text = (
        f"write `{escape}` before its markers"
        if escape
        else "write its markers in a way that no reader takes for markers"
    )
    return flaw.hit(
        f"this document begins inside the one that began on line {flaw.row}",
        help=f"end the outer document before this line; if the inner one is text, {as_text}",
        notes=("it is read as text of the outer document",),
        data={"outer": flaw.row},
        related=(Aside(flaw.outer, "the outer document begins here"),),
    )


rule = Rule(
    __name__,
    code="DEL012",
    summary="A document stands inside another one.",
    check=Explain(Nested, explain),
    options=(NESTING, ESCAPE),
    profile={"delimiters": {"kind": "marked", "begin": "[begin]", "end": "[end]"}},
    bad={"a.txt": b"[begin]\nOne.\n[begin]\nTwo.\n[end]\n[end]\n"},
    ok={"a.txt": b"[begin]\nOne.\n[end]\n[begin]\nTwo.\n[end]\n"},
)
