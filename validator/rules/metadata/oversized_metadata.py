"""Metadata of a megabyte is a text in the wrong place, or made to exhaust its readers."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import TooLarge
from ...metadata.syntax.limits import MAX_BYTES
from ...model import Hit
from ..rule import Explain, Rule


def explain(flaw: TooLarge) -> Hit:
    how = "with its aliases written out, " if flaw.is_expanded else ""
    return flaw.hit(
        f"{how}the metadata takes {flaw.size} bytes; {flaw.limit} are allowed, so it was not read",
        help="use fewer aliases: each of these stands for many others"
        if flaw.is_expanded
        else "move texts out of the metadata, or raise `metadata.max-bytes`",
        data={"size": flaw.size, "limit": flaw.limit},
    )


rule = Rule(
    __name__,
    code="MET021",
    summary="The metadata is larger than allowed.",
    check=Explain.of(TooLarge, explain),
    options=(MAX_BYTES,),
    profile={"delimiters": {"block": "front-matter"}, "metadata": {"max-bytes": 20}},
    bad={"a.md": b"---\ntitle: A title that is longer\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\n---\nText.\n"},
)
