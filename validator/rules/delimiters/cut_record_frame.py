"""The file ends inside its last record: a broken download, a full disk, a killed job.

Readers give the part that is there as if it were the whole, without an error.
"""

from __future__ import annotations

from ...delimiters.flaws import CutFrame
from ...delimiters.options import LENGTH_FIELD
from ...model import Hit
from ..rule import Explain, Rule
from . import FRAMED, in_bytes, named


def explain(flaw: CutFrame) -> Hit:
    return flaw.hit(
        f"the file ends inside {named(flaw.index)}: {in_bytes(flaw.told - flaw.have)} are missing"
        if flaw.told >= 0
        else f"the file ends inside the header of {named(flaw.index)}",
        help="the file was cut; get it again from where it came and compare the sizes",
        data={"document": flaw.index, "told": flaw.told, "have": flaw.have},
    )


rule = Rule(
    __name__,
    code="DEL025",
    summary="The file ends before its last record does.",
    check=Explain.of(CutFrame, explain),
    options=(LENGTH_FIELD,),
    profile=FRAMED,
    bad={"a.txt": b"RECORD\nLength: 40\n\nText\n"},
    ok={"a.txt": b"RECORD\nLength: 4\n\nText\n\n"},
)
