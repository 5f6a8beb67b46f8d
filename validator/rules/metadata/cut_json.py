"""A record without its end was cut: a full disk, a killed program, a download that broke off.

Readers that pass over what they cannot read lose it without a word.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import CutShort
from ...model import Aside, Hit
from ..rule import Explain, Rule
from . import RECORDS


def explain(flaw: CutShort) -> Hit:
    what = {"text": "a text", "list": "a list", "object": "an object"}.get(flaw.what, "a value")
    return flaw.hit(
        f"the JSON ends inside of {what} that is not closed",
        help="what followed is lost here: get the record again from where it came, or remove it",
        label="ends here",
        data={"inside": flaw.what},
        related=(Aside(flaw.opened, f"{what} begins here"),),
    )


rule = Rule(
    __name__,
    code="MET027",
    summary="A JSON record ends before it is complete.",
    check=Explain.of(CutShort, explain),
    profile=RECORDS,
    bad={"a.jsonl": b'{"id": "a1"}\n{"id": "a2", "text": "It was\n'},
    ok={"a.jsonl": b'{"id": "a1"}\n{"id": "a2", "text": "It was so."}\n'},
)
