"""A compressed file with a wrong bit decodes to other text, or to none from there on.

Its checksum is there to tell. A copy in text mode, a bad disk or an editor did it; no part of the
document can be trusted, so it is not checked.
"""

from __future__ import annotations

from ...file.streams import ARCHIVES, DamagedStream
from ...model import Hit, about_file
from ...text.visible import visible
from ..rule import Explain, Rule
from . import GZIP


def explain(flaw: DamagedStream) -> Hit:
    read = "1 byte" if flaw.size == 1 else f"{flaw.size} bytes"
    if flaw.format in ARCHIVES:
        return about_file(
            f"the {flaw.format} archive is damaged: {visible(flaw.cause)}; the members before that "
            "were checked",
            help="get the file again from where it came, copied as binary",
            data={"format": flaw.format, "readable": flaw.size},
        )
    return about_file(
        f"the {flaw.format} stream is damaged; {read} of the document could be read before that",
        help="get the file again from where it came, copied as binary, and compare the checksums",
        notes=(f"the decoder says: {visible(flaw.cause)}",),
        data={"format": flaw.format, "readable": flaw.size},
    )


rule = Rule(
    __name__,
    code="FIL204",
    summary="A compressed file does not decode, or not to what its checksum says.",
    check=Explain.of(DamagedStream, explain),
    bad={"a.txt.gz": GZIP.replace(b"\xc6", b"\xc7")},
)
