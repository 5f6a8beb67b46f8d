"""Many readers hold numbers as doubles, in which 2^53 + 1 does not exist: they read another number.

JavaScript, jq and most spreadsheets do; two ids become one (RFC 7493, section 2.2). With a point
behind it, 2^64 and more is refused by pandas besides.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import UnsafeInteger
from ...model import Hit, Severity
from ..rule import Explain, Rule
from . import RECORDS, shortened


def explain(flaw: UnsafeInteger) -> Hit:
    return flaw.hit(
        f"the integer `{shortened(flaw.text)}` is beyond 2^53, and rounded by many readers",
        help="put it in quotes: ids are text",
    )


rule = Rule(
    __name__,
    code="MET024",
    summary="An integer is too large for readers that hold numbers as doubles.",
    check=Explain.of(UnsafeInteger, explain),
    severity=Severity.WARNING,
    profile=RECORDS,
    bad={"a.jsonl": b'{"id": 9007199254740993}\n'},
    ok={"a.jsonl": b'{"id": "9007199254740993"}\n'},
)
