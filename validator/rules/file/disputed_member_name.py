"""A zip says with a flag whether a name is UTF-8; without it, nobody knows what its bytes are.

Python reads them as code page 437, `unzip` as the locale has it, others as UTF-8: they do not find
the same names. With the flag on a name that is no UTF-8, Python refuses the whole archive.
"""

from __future__ import annotations

from ...file.archive_flaws import DisputedName
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: DisputedName) -> Hit:
    what = "is not marked as UTF-8, and not ASCII: each reader guesses what it is"
    if flaw.is_wrong:
        what = "is marked as UTF-8, and is not: Python refuses the archive"
    return about_file(
        f"the name of this member {what}",
        help="pack the archive again with a tool that writes names in UTF-8 and says so",
    )


rule = Rule(
    __name__,
    code="FIL224",
    summary="The name of a member of a zip is read in different ways.",
    check=Explain.of(DisputedName, explain),
)
