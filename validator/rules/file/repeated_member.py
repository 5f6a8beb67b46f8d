"""Two members of one name are two documents to who reads the archive, and one to who unpacks it.

`tar --append` writes a changed file behind the first one: the last is what is unpacked, and the
first what many readers find. Only the first is read here.
"""

from __future__ import annotations

from ...file.archive_flaws import RepeatedMember
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: RepeatedMember) -> Hit:
    return about_file(
        "an earlier member of the archive has this name already; this one was not read",
        help="pack the archive again, each name once",
    )


rule = Rule(
    __name__,
    code="FIL223",
    summary="Two members of an archive have one name.",
    check=Explain.of(RepeatedMember, explain),
)
