"""A name that ends in `.gz` promises a format; a reader that believes it stops at the first byte.

The file was unpacked by a proxy or a browser on its way and kept its name, is an error page saved
in place of the download, or was packed with another tool.
"""

from __future__ import annotations

from ...file.streams import FalseSuffix
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: FalseSuffix) -> Hit:
    found = f"it is {flaw.found} data" if flaw.found else "no such stream begins there"
    return about_file(
        f"the name ends in `{flaw.suffix}`, but the content is not {flaw.format}: {found}",
        help="let the name say what the file is, or get the file again from where it came",
        data={"format": flaw.format, "found": flaw.found},
    )


rule = Rule(
    __name__,
    code="FIL202",
    summary="A name ends like a compressed file's, and the content is something else.",
    check=Explain.of(FalseSuffix, explain),
    bad={"a.txt.gz": b"Title\nText.\n"},
)
