"""Lists within lists within lists break readers that call themselves for each of them.

No one writes sixty levels by hand; a hundred thousand brackets end many a parser.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import TooDeep
from ...metadata.syntax.limits import MAX_DEPTH
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: TooDeep) -> Hit:
    return flaw.hit(
        f"more than {flaw.limit} lists and mappings within each other; the rest was not read",
        help="write the metadata flatter, or raise `metadata.max-depth`",
        data={"limit": flaw.limit},
    )


rule = Rule(
    __name__,
    code="MET022",
    summary="Lists and mappings stand in each other more deeply than allowed.",
    check=Explain.of(TooDeep, explain),
    options=(MAX_DEPTH,),
    profile={"delimiters": {"block": "front-matter"}, "metadata": {"max-depth": 3}},
    bad={"a.md": b"---\na: [[[1]]]\n---\nText.\n"},
    ok={"a.md": b"---\na: [1]\n---\nText.\n"},
)
