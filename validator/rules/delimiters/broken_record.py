"""A record over several lines is as many broken records to a reader that goes by lines.

It was written with indentation, or a line end within a text was not escaped.
"""

from __future__ import annotations

from ...delimiters.flaws import BrokenRecord
from ...delimiters.kinds import KIND
from ...model import Hit
from ..rule import Explain, Rule
from . import named


def explain(flaw: BrokenRecord) -> Hit:
    return flaw.hit(
        f"{named(flaw.index)} goes on up to line {flaw.until}: a record must stand on one line",
        help="write it on one line; a line end inside a text is written `\\n`",
        notes=("its metadata was not checked",),
        data={"document": flaw.index, "until": flaw.until},
    )


rule = Rule(
    __name__,
    code="DEL041",
    summary="A record stands on several lines.",
    check=Explain.of(BrokenRecord, explain),
    options=(KIND,),
    profile={"delimiters": {"kind": "json-lines"}},
    bad={"a.jsonl": b'{\n  "id": "1"\n}\n{"id": "2"}\n'},
    ok={"a.jsonl": b'{"id": "1"}\n{"id": "2"}\n'},
)
