"""A file that must hold so many documents and holds others was cut, or joined with another one."""

from __future__ import annotations

from ...delimiters.flaws import WrongCount
from ...delimiters.options import DOCUMENTS
from ...model import FindingKind, Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: WrongCount) -> Hit:
    least, most = flaw.least, flaw.most
    wanted = str(least) if least == most else f"{least} to {most}"
    plural = "" if flaw.found == 1 else "s"
    if flaw.found < least:
        mend = "find out whether the file was cut, or a marker is missing"
    else:
        mend = "find out whether files were joined, or text was taken for a marker"
    return about_file(
        f"the file has {flaw.found} document{plural}, not {wanted}",
        help=mend,
        data={"found": flaw.found, "least": least, "most": most},
    )


rule = Rule(
    __name__,
    code="DEL022",
    summary="The file has more or fewer documents than declared.",
    own_kind=FindingKind.PROFILE,
    check=Explain.of(WrongCount, explain),
    options=(DOCUMENTS,),
    profile={"delimiters": {"kind": "marked", "separator": "%%%", "documents": 2}},
    bad={"a.txt": b"One.\n"},
    ok={"a.txt": b"One.\n%%%\nTwo.\n"},
)
