"""Front matter counts only at the first byte; after a blank line it is text for most readers.

Some skip the blanks and read it, so that one file has metadata here and none there.
"""

from __future__ import annotations

from ...delimiters.flaws import LateBlock
from ...delimiters.options import BLOCK
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: LateBlock) -> Hit:
    return flaw.hit(
        f"the metadata block does not begin at the first byte, but after {flaw.what}",
        help=f"remove {flaw.what}: the document must begin with `{flaw.fence}`",
        data={"before": flaw.what},
    )


rule = Rule(
    __name__,
    code="DEL032",
    summary="A metadata block does not stand at the start of its document.",
    check=Explain.of(LateBlock, explain),
    options=(BLOCK,),
    profile={"delimiters": {"block": "front-matter"}},
    bad={"a.md": b"\n---\ntitle: Title\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Title\n---\nText.\n"},
)
