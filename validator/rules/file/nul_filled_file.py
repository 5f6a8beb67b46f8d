"""After a crash or a full disk a file has its length, and NULs where the text should be.

The file system had promised the bytes and never wrote them. Nothing that edits the file brings
them back, so nothing else is said of it.
"""

from __future__ import annotations

from ...encoding.binary import NulFilled
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: NulFilled) -> Hit:
    message = f"the file is filled with NUL bytes, {flaw.size} of them, and nothing else"
    if flaw.start:
        message = f"the last {flaw.size} bytes of the file are NUL, from byte {flaw.start} on"
    return about_file(
        message,
        help="a write was lost, in a crash perhaps; restore the file from where it came",
        data={"offset": flaw.start, "count": flaw.size},
    )


rule = Rule(
    __name__,
    code="FIL106",
    summary="A file, or its end, is filled with NUL bytes: a write was lost.",
    check=Explain.of(NulFilled, explain),
    bad={"a.txt": b"Title\nTex" + bytes(4087)},
)
