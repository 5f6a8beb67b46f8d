"""A record that does not say its length has no end that a reader could trust."""

from __future__ import annotations

from ...delimiters.flaws import NoLength
from ...delimiters.options import LENGTH_FIELD
from ...model import Hit
from ..rule import Explain, Rule
from . import FRAMED, named, quoted


def explain(flaw: NoLength) -> Hit:
    document = named(flaw.index)
    if flaw.found:
        message = f"`{flaw.field}` of {document} is {quoted(flaw.found)}, not a number of bytes"
    else:
        message = f"{document} does not say its length: it has no `{flaw.field}`"
    return flaw.hit(
        message,
        help=f"write `{flaw.field}: ` and the number of bytes of the body, in digits",
        notes=(f"{document} is read up to where the next one begins",),
        data={"document": flaw.index},
    )


rule = Rule(
    __name__,
    code="DEL024",
    summary="A record does not say its length in digits.",
    check=Explain.of(NoLength, explain),
    options=(LENGTH_FIELD,),
    profile=FRAMED,
    bad={"a.txt": b"RECORD\nName: a\n\nText\n\n"},
    ok={"a.txt": b"RECORD\nLength: 4\n\nText\n\n"},
)
