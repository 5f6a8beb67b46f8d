"""A document without the block of metadata that all others have: its title and date are unknown.

Readers take it for a document without metadata, or its metadata for text, and say nothing.
"""

from __future__ import annotations

from ...delimiters.flaws import NoBlock
from ...delimiters.options import BEGIN, BLOCK, FORMATS, PRESENCE
from ...metadata.syntax.table import HEADS
from ...model import Hit
from ...settings.options import Settings
from ..rule import Example, Explain, Rule
from . import about_near, written_as


def explain(flaw: NoBlock, settings: Settings) -> Hit:
    near, head = flaw.near, HEADS.get(settings[BLOCK])
    name = head.called if head else "front matter"
    why = about_near(near) if near else f"its first line is not `{flaw.wanted}`"
    mend = f"write line {near.row} as" if near else "begin the document with"
    mend += f" `{flaw.wanted}`"
    if settings[BEGIN] and not near:
        mend += "; if the marker before it is text of the document before, write that another way"
    return flaw.hit(
        f"the document has no {name}: {why}",
        help=mend,
        fix=written_as(near) if near else None,
        data={"wanted": flaw.wanted},
    )


_PROFILE = {"delimiters": {"block": "front-matter"}}

rule = Rule(
    code="DEL030",
    name="missing-metadata-block",
    summary="A document has no metadata block.",
    why=__doc__,
    check=Explain(NoBlock, explain),
    options=(BLOCK, PRESENCE, FORMATS),
    fix="A line that looks like the fence is written as the fence (unsafe).",
    bad=Example({"a.md": b"# Title\n\nText.\n"}, _PROFILE),
    ok=Example({"a.md": b"---\ntitle: Title\n---\nText.\n"}, _PROFILE),
)
