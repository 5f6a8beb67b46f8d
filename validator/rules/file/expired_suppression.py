"""Who gives a last day wants to be reminded: from the next day on, all is told again."""

from __future__ import annotations

from ...file.suppressions import MARK, ExpiredSuppression
from ...model import Hit
from ...text.screen.screen import Literal
from ...text.visible import visible
from ..rule import Explain, Rule, always


def explain(flaw: ExpiredSuppression) -> Hit:
    more = f" ({visible(flaw.reason)})" if flaw.reason else ""
    return flaw.hit(
        f"the last day of this was {flaw.until.isoformat()}{more}",
        help="mend what it is about and remove it, or give it another day",
    )


rule = Rule(
    __name__,
    code="FIL302",
    summary="The last day of a wish not to be told of something is over.",
    check=Explain.of(ExpiredSuppression, explain, always(Literal(MARK))),
    bad={
        "a.md": b"# Title\n\n"
        b"<!-- seed-validator: ignore TXT206 until 2020-01-31 -- a quotation -->\nText.\n"
    },
    ok={
        "a.md": b"# Title\n\n"
        b"<!-- seed-validator: ignore TXT206 until 2999-12-31 -- a quotation -->\n"
        b"Te\xe2\x80\x8bxt.\n"
    },
)
