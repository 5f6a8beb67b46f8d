"""Two names that differ in case only are one file on macOS and Windows: the other one is lost.

Git checks out one of them and calls the other one changed; an archive that is unpacked keeps the
last. So it is with two spellings of one accent, and with a dot or blank at the end. Of files and
directories that are walked each such pair is told, at the later one.
"""

from __future__ import annotations

from ...file.path_names import Clash
from ...model import Hit, about_file
from ...text.visible import visible_bytes
from ..rule import Explain, Rule


def explain(flaw: Clash) -> Hit:
    mine, other = visible_bytes(flaw.mine), visible_bytes(flaw.other)
    what = "directory" if flaw.mine.endswith(b"/") else "file"
    case = flaw.mine.lower() == flaw.other.lower()
    why = "case does not count" if case else "case and forms of Unicode do not count"
    return about_file(
        f"`{mine}` and `{other}` are one {what} where {why}: only one of them is there after a "
        "checkout on macOS or Windows",
        help="rename one of the two",
        data={"path": mine, "other": other},
    )


rule = Rule(
    __name__,
    code="FIL112",
    summary="Two names in a directory are one on a system where case does not count.",
    check=Explain.of(Clash, explain),
    bad={"Guide.txt": b"Title\nText.\n", "guide.txt": b"Title\nMore.\n"},
    ok={"guide.txt": b"Title\nText.\n", "guides.txt": b"Title\nMore.\n"},
)
