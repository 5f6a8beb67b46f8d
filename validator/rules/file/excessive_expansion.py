"""A few kilobytes can expand to terabytes, and fill the memory or the disk of whoever reads them.

Text shrinks to a third or a tenth, logs to a hundredth. Reading stops at the bound, so such a file
costs nothing here; the bounds are options for those who know their files.
"""

from __future__ import annotations

from ...file.compression import MAX_EXPANDED, MAX_RATIO
from ...file.streams import Expanded
from ...model import Hit, about_file
from ..rule import Explain, Rule

_ZSTD = bytes.fromhex("28b52ffd200c6100005469746c650a546578742e0a")


def explain(flaw: Expanded) -> Hit:
    bound, option = f"{flaw.bounds.ratio} times its size", MAX_RATIO
    if 0 < flaw.bounds.size < flaw.size:
        bound, option = f"{flaw.bounds.size} bytes", MAX_EXPANDED
    return about_file(
        f"the {flaw.format} file expands to more than {bound}: "
        f"{flaw.taken} of its bytes gave {flaw.size}",
        help=f"if that is right, raise `{option.key}`; else get the file again",
        data={"format": flaw.format, "taken": flaw.taken, "expanded": flaw.size},
    )


rule = Rule(
    __name__,
    code="FIL206",
    summary="A compressed file expands beyond the bounds of the profile.",
    check=Explain.of(Expanded, explain),
    options=(MAX_RATIO, MAX_EXPANDED),
    profile={"file": {"max-expanded-bytes": 10}},
    bad={"a.txt.zst": _ZSTD},
    ok={"a.txt.zst": _ZSTD},
    ok_profile={},
)
