"""A record whose length is right, and behind which the line ends are missing that should follow.

A writer forgot them, or a program that joined records took them off. Readers that look for them
lose the next record, or put its first line into this one.
"""

from __future__ import annotations

from ...delimiters.flaws import NoAfter
from ...delimiters.options import AFTER, LENGTH_FIELD
from ...model import Applicability, Edit, Fix, Hit
from ...text.visible import visible_bytes
from ..rule import Explain, Rule, unsafely
from . import FRAMED, named

_NAMES = {0x0D: "CR", 0x0A: "LF"}


def explain(flaw: NoAfter) -> Hit:
    wanted, found = _spelled(flaw.wanted), _spelled(flaw.found)
    there = f"only {found} is there" if flaw.found else "the next one follows at once"
    at = flaw.start if flaw.found else flaw.end
    return flaw.hit(
        f"{wanted} is missing behind {named(flaw.index)}, whose length is right: {there}",
        help=f"write {wanted} behind each record",
        fix=Fix(
            f"write {wanted}",
            (Edit(at, flaw.end, flaw.wanted),),
            Applicability.UNSAFE,
        ),
        data={"document": flaw.index, "wanted": wanted, "found": found},
    )


def _spelled(text: bytes) -> str:
    """The names of these line end bytes: `CR LF CR LF`."""
    return " ".join(_NAMES.get(byte) or visible_bytes(bytes((byte,))) for byte in text)


rule = Rule(
    __name__,
    code="DEL026",
    summary="The line ends behind a record are missing, though its length is right.",
    check=Explain.of(NoAfter, explain),
    options=(LENGTH_FIELD, AFTER),
    repairs=(unsafely("The line ends are written.", "line-ends-inserted"),),
    profile=FRAMED,
    bad={"a.txt": b"RECORD\nLength: 5\n\nText\nRECORD\nLength: 2\n\nOn\n\n"},
    ok={"a.txt": b"RECORD\nLength: 4\n\nText\n\nRECORD\nLength: 2\n\nOn\n\n"},
)
