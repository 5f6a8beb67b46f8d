"""A number that is smaller than a double can hold is 0 where it is read, inexact, or an error.

Most readers say nothing. A probability of 1e-400 is 0 to them, and its logarithm is the end of a
run.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import Vanishing
from ...model import Hit
from ..rule import Explain, Rule
from . import RECORDS, shortened


def explain(flaw: Vanishing) -> Hit:
    becomes = "becomes 0" if flaw.is_zero else "loses digits"
    return flaw.hit(
        f"the number `{shortened(flaw.text)}` is smaller than a double can hold, and {becomes}",
        help="write 0, or its logarithm; if it is an id or a hash, put it in quotes",
    )


rule = Rule(
    __name__,
    code="MET045",
    summary="A number is too small for a double, and read as 0 or with fewer digits.",
    check=Explain.of(Vanishing, explain),
    profile=RECORDS,
    bad={"a.jsonl": b'{"id": "a1", "chance": 1e-400}\n'},
    ok={"a.jsonl": b'{"id": "a1", "chance": 1e-300}\n'},
)
