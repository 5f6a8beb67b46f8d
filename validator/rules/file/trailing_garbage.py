"""Bytes after the end of a compressed stream are read by one tool and refused by another.

`gzip` warns and ignores them, Python stops. They are the start of a member that was damaged, text
appended with `>>`, or two files in one. Several streams in a row are one document; NULs after
gzip (from tapes) and xz (its padding) are nothing to these tools; where every reader must take the
file, they are forbidden too.
"""

from __future__ import annotations

from ...file.compression import PADDING
from ...file.streams import TrailingBytes
from ...model import Hit, about_file
from ..rule import Explain, Rule
from . import GZIP


def explain(flaw: TrailingBytes) -> Hit:
    if flaw.nuls:
        follow = "a NUL byte follows" if flaw.nuls == 1 else f"{flaw.nuls} NUL bytes follow"
        return about_file(
            f"the {flaw.format} stream ends at byte {flaw.offset} of the file, and {follow}",
            help=f"cut the file after byte {flaw.offset}: some readers refuse what is behind it",
            data={"format": flaw.format, "offset": flaw.offset, "nuls": flaw.nuls},
        )
    return about_file(
        f"the {flaw.format} stream ends at byte {flaw.offset} of the file, and other bytes follow",
        help=f"cut the file after byte {flaw.offset} if they are nothing, or pack it again",
        data={"format": flaw.format, "offset": flaw.offset},
    )


rule = Rule(
    __name__,
    code="FIL205",
    summary="A compressed file goes on after the end of its stream.",
    check=Explain.of(TrailingBytes, explain),
    options=(PADDING,),
    bad={"a.txt.gz": GZIP + b"appended\n"},
)
