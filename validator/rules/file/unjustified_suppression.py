"""In a year nobody knows whether it may go. A few words tell: ` -- ` and the reason."""

from __future__ import annotations

from ...file.suppressions import MARK, UnjustifiedSuppression
from ...model import Hit
from ...text.screen.screen import Literal
from ..rule import Explain, Rule, always


def explain(flaw: UnjustifiedSuppression) -> Hit:
    return flaw.hit(
        "no reason is given why this is ignored",
        help="write ` -- ` and the reason at the end of the comment",
    )


rule = Rule(
    __name__,
    code="FIL303",
    summary="A comment has findings not told and does not say why.",
    check=Explain.of(UnjustifiedSuppression, explain, always(Literal(MARK))),
    bad={"a.md": b"# Title\n\n<!-- seed-validator: ignore TXT206 -->\nTe\xe2\x80\x8bxt.\n"},
    ok={
        "a.md": b"# Title\n\n<!-- seed-validator: ignore TXT206 -- a quotation -->\n"
        b"Te\xe2\x80\x8bxt.\n"
    },
)
