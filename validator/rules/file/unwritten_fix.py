"""A file was fixed in memory, and the system or what happened meanwhile kept it from being written.

It is read-only, or in a directory that is; the disk is full; the directory is gone; somebody else
has written to the file since it was read. It has been left as it is, to the byte.
"""

from __future__ import annotations

from ...model import FindingKind, Hit, Unwritten, about_file
from ..rule import Explain, Rule


def explain(flaw: Unwritten) -> Hit:
    return about_file(
        f"the fixed file was not written: {flaw.why}",
        help="mend what stands in the way, and run `check --fix` again",
        data={"why": flaw.why},
    )


rule = Rule(
    __name__,
    code="FIL007",
    summary="A file was fixed, and could not be written.",
    own_kind=FindingKind.RUN,
    check=Explain.of(Unwritten, explain),
)
