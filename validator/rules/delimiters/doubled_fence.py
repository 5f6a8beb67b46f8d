"""Two opening fences make an empty block, and a heading or a table out of the fields behind it.

Tools that put front matter before a text that has it already, or translate a page piece by piece,
write the fence once more. No reader complains: there is no metadata, and the fields are text.
"""

from __future__ import annotations

from ...delimiters.flaws import DoubledFence
from ...delimiters.options import BLOCK
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: DoubledFence) -> Hit:
    return flaw.hit(
        f"a second fence `{flaw.fence}` closes an empty block: the fields follow it, up to another "
        f"fence in line {flaw.last}",
        help=f"remove line {flaw.row}",
        data={"row": flaw.row, "last": flaw.last},
    )


rule = Rule(
    __name__,
    code="DEL034",
    summary="The opening fence of a metadata block stands twice.",
    check=Explain.of(DoubledFence, explain),
    options=(BLOCK,),
    profile={"delimiters": {"block": "front-matter"}},
    bad={"a.md": b"---\n---\ntitle: Title\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Title\n---\n\n---\nText.\n"},
)
