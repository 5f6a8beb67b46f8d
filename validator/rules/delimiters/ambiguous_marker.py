"""A marker in the midst of text divides the document for some readers and not for others.

In an mbox a line that begins with `From ` starts a mail; whether it must follow a blank line, the
readers do not agree.
"""

from __future__ import annotations

from ...delimiters.flaws import MarkerInBody
from ...delimiters.options import BLANK_BEFORE, BOUNDARY, ESCAPE
from ...model import Applicability, Edit, Fix, Hit
from ...settings.options import Settings
from ..rule import Explain, Rule, unsafely
from . import named


def explain(flaw: MarkerInBody, settings: Settings) -> Hit:
    escape = settings[ESCAPE]
    as_text = f"if it is text, write `{escape}` before it" if escape else "if it is text, change it"
    fix = None
    if escape:
        edit = Edit(flaw.start, flaw.start, escape.encode())
        fix = Fix(f"write `{escape}` before the line", (edit,), Applicability.UNSAFE)
    return flaw.hit(
        f"a marker `{flaw.form}` without the blank line before it: some readers begin a document "
        "here, others do not",
        help=f"if a document begins here, write a blank line before it; {as_text}",
        notes=(f"it is read as text of {named(flaw.index)}",),
        fix=fix,
        data={"document": flaw.index},
    )


rule = Rule(
    __name__,
    code="DEL018",
    summary="Some readers divide the document at this line, others do not.",
    check=Explain(MarkerInBody, explain),
    options=(BLANK_BEFORE, ESCAPE, BOUNDARY),
    repairs=(
        unsafely(
            "The escape of the profile, if it has one, is written before the line.", "marker-lines"
        ),
    ),
    profile={
        "delimiters": {
            "kind": "marked",
            "begin": {"pattern": "Entry: .+", "form": "Entry: NAME"},
            "blank-before": "require",
        }
    },
    bad={"a.txt": b"Entry: one\nText.\nEntry: two\nText.\n"},
    ok={"a.txt": b"Entry: one\nText.\n\nEntry: two\nText.\n"},
)
