"""What is misspelt does nothing, and its author believes that it does."""

from __future__ import annotations

from ...file.suppressions import MARK, MalformedSuppression
from ...model import Hit
from ...text.screen.screen import Literal
from ..rule import Explain, Rule, always


def explain(flaw: MalformedSuppression) -> Hit:
    return flaw.hit(
        f"this comment ignores nothing: {flaw.wrong}",
        help="write `seed-validator: ignore TXT206, MET014 -- the reason`",
    )


rule = Rule(
    __name__,
    code="FIL304",
    summary="A comment is to have findings not told, and cannot be read.",
    check=Explain.of(MalformedSuppression, explain, always(Literal(MARK))),
    bad={"a.md": b"# Title\n\n<!-- seed-validator: ignroe TXT206 -- quoted -->\nText.\n"},
    ok={"a.md": b"# Title\n\n`<!-- seed-validator: ignore RULE -- reason -->` is how.\n"},
)
