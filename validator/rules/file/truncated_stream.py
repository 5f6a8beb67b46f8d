"""A compressed file that ends early lost documents: a broken download, a full disk, a killed job.

Some tools give what they can read and an exit code that nobody looks at, so that the loss shows
only in counts. What the missing part says is unknown, so the rest is not checked.
"""

from __future__ import annotations

from ...file.streams import ARCHIVES, CutStream
from ...model import Hit, about_file
from ...text.visible import visible_bytes
from ..rule import Explain, Rule


def explain(flaw: CutStream) -> Hit:
    read = "1 byte" if flaw.size == 1 else f"{flaw.size} bytes"
    if flaw.format in ARCHIVES:
        return _of_archive(flaw, read)
    return about_file(
        f"the file ends before its {flaw.format} stream does; {read} of the document could be read",
        help="the file was cut; get it again from where it came and compare the sizes",
        data={"format": flaw.format, "readable": flaw.size},
    )


def _of_archive(flaw: CutStream, read: str) -> Hit:
    where = "without the mark of its end, so that members may be missing"
    if flaw.member:
        where = f"in the midst of `{visible_bytes(flaw.member)}`, after {read} of it"
    return about_file(
        f"the {flaw.format} archive ends {where}; the members before were checked",
        help="the file was cut; get it again from where it came and compare the sizes",
        data={"format": flaw.format, "readable": flaw.size},
    )


rule = Rule(
    __name__,
    code="FIL203",
    summary="A compressed file ends before its stream does.",
    check=Explain.of(CutStream, explain),
    bad={"a.gz": bytes.fromhex("1f8b08000000000002030bc92cc949e50a49ad28d1e302")},
)
