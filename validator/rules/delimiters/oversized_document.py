"""A document of many megabytes is most often several whose markers are gone.

Readers hold a document in memory, and some have a limit of their own, at which they stop: a line
of JSON above 1 MiB fails in a reader that goes by blocks of that size.
"""

from __future__ import annotations

from ...delimiters.flaws import Oversized
from ...delimiters.options import RECORD_BYTES
from ...model import FindingKind, Hit
from ..rule import Explain, Rule
from . import named


def explain(flaw: Oversized) -> Hit:
    return flaw.hit(
        f"{named(flaw.index)} has {flaw.size} bytes, more than the {flaw.limit} that one may have",
        help="divide it, or put back the markers that are gone; if it is right as it is, raise "
        f"`{RECORD_BYTES.key}`",
        notes=("its metadata and its body were not checked",),
        data={"document": flaw.index, "size": flaw.size, "limit": flaw.limit},
    )


rule = Rule(
    __name__,
    code="DEL021",
    summary="A document has more bytes than one may have.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(Oversized, explain),
    options=(RECORD_BYTES,),
    profile={"delimiters": {"kind": "marked", "separator": "%%%", "record-bytes": 12}},
    bad={"a.txt": b"One.\n%%%\nTwo, three, four.\n"},
    ok={"a.txt": b"One.\n%%%\nTwo.\n"},
)
