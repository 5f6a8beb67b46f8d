"""JSON has no `NaN` and no `Infinity`. Python writes them, and half of the readers stop at them.

A number beyond 10^308 is as bad: it becomes infinite where it is read.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import NotFinite
from ...model import Hit
from ..rule import Explain, Rule
from . import RECORDS, shortened


def explain(flaw: NotFinite) -> Hit:
    text = shortened(flaw.text)
    if flaw.is_overflow:
        return flaw.hit(
            f"the number `{text}` is beyond what a double can hold, and becomes infinite",
            help="correct it; if it is an id or a hash, put it in quotes",
        )
    return flaw.hit(
        f"`{text}` is no number that JSON can hold",
        help="write `null` where there is no value",
    )


rule = Rule(
    __name__,
    code="MET023",
    summary="A number is NaN, infinite, or too large to be held.",
    check=Explain.of(NotFinite, explain),
    profile=RECORDS,
    bad={"a.jsonl": b'{"id": "a1", "score": NaN}\n'},
    ok={"a.jsonl": b'{"id": "a1", "score": null}\n'},
)
