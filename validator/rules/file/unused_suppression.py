"""What was needed once hides the next fault of its kind, which nobody has looked at.

What rules about the corpus would say is known only in the end: a comment that names one is never
called unused.
"""

from __future__ import annotations

from ...file.suppressions import MARK, UnusedSuppression
from ...model import Hit, Severity
from ...text.screen.screen import Literal
from ...text.visible import visible
from ..rule import Explain, Rule, always


def explain(flaw: UnusedSuppression) -> Hit:
    rules = " and ".join(f"`{rule}`" for rule in flaw.rules)
    if flaw.files:
        files = " and ".join(f"`{visible(one)}`" for one in flaw.files)
        return flaw.hit(
            f"nothing of {rules} is found in {files} that is not told because of this",
            help="remove it; if the files have moved, name them",
        )
    return flaw.hit(
        f"{rules} is ignored here, and there is nothing to ignore",
        help="remove the comment, or the rule from it",
    )


rule = Rule(
    __name__,
    code="FIL301",
    summary="A wish not to be told of something is of no use: there is nothing to tell.",
    check=Explain.of(UnusedSuppression, explain, always(Literal(MARK))),
    severity=Severity.WARNING,
    bad={"a.md": b"# Title\n\n<!-- seed-validator: ignore TXT206 -- quoted -->\nText.\n"},
    ok={
        "a.md": b"# Title\n\n<!-- seed-validator: ignore TXT206 -- a quotation -->\n"
        b"Te\xe2\x80\x8bxt.\n"
    },
)
