"""A record that says a wrong length: readers that trust it cut here, others stop or read on.

Most often the body was edited, or its line ends were converted, and the length was not.
"""

from __future__ import annotations

from ...delimiters.flaws import WrongLength
from ...delimiters.options import AFTER, BEGIN, LENGTH_FIELD
from ...model import Hit
from ..rule import Explain, Rule
from . import FRAMED, in_bytes, named


def explain(flaw: WrongLength) -> Hit:
    document = named(flaw.index)
    told = f"`{flaw.field}` says that {document} has {in_bytes(flaw.told)}"
    known = flaw.actual >= 0
    return flaw.hit(
        f"{told}, but it has {flaw.actual}" if known else f"{told}, but it does not end there",
        help=f"write `{flaw.field}: {flaw.actual}`, if the body is whole"
        if known
        else "count the bytes of the body, and end the record as its format says",
        notes=(f"{document} is read up to where the next one begins",),
        data={"told": flaw.told, "actual": flaw.actual},
    )


rule = Rule(
    __name__,
    code="DEL023",
    summary="A record does not have the length that it says.",
    check=Explain.of(WrongLength, explain),
    options=(BEGIN, LENGTH_FIELD, AFTER),
    profile=FRAMED,
    bad={"a.txt": b"RECORD\nLength: 3\n\nText\n\nRECORD\nLength: 2\n\nOn\n\n"},
    ok={"a.txt": b"RECORD\nLength: 4\n\nText\n\nRECORD\nLength: 2\n\nOn\n\n"},
)
