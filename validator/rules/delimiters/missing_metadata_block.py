"""A document without the block of metadata that all others have: its title and date are unknown.

Readers take it for a document without metadata, or its metadata for text, and say nothing.
"""

from __future__ import annotations

from ...delimiters.flaws import NoBlock
from ...delimiters.options import BEGIN, BLOCK, ESCAPE, FORMATS, PRESENCE
from ...metadata.syntax.table import HEADS
from ...model import FindingKind, Hit
from ...settings.options import Settings
from ..rule import Explain, Rule
from . import about_near, mended_look_alike, quoted, written_as


def explain(flaw: NoBlock, settings: Settings) -> Hit:
    near, head = flaw.near, HEADS.get(settings[BLOCK])
    name = head.called if head else "front matter"
    if flaw.marker:
        return flaw.hit(
            f"{quoted(flaw.marker)} begins a document without {name}: the line behind it is not "
            f"`{flaw.wanted}`",
            help=f"if it is text of the document before, {_as_text(settings)}; else write the "
            f"{name} behind it",
            data={"wanted": flaw.wanted},
        )
    why = about_near(near) if near else f"its first line is not `{flaw.wanted}`"
    mend = f"write line {near.row} as" if near else "begin the document with"
    mend += f" `{flaw.wanted}`"
    return flaw.hit(
        f"the document has no {name}: {why}",
        help=mend,
        fix=written_as(near),
        data={"wanted": flaw.wanted},
    )


def _as_text(settings: Settings) -> str:
    """How to write a line that looks like a marker but is text, in words."""
    if settings[BEGIN] and settings[BEGIN][0].prefix == b"From ":
        return "write it in quoted-printable, `=46rom `"
    escape = settings[ESCAPE]
    return f"write `{escape}` before it" if escape else "write it another way"


rule = Rule(
    __name__,
    code="DEL030",
    summary="A document has no metadata block.",
    own_kind=FindingKind.PROFILE,
    check=Explain(NoBlock, explain),
    options=(BLOCK, PRESENCE, FORMATS),
    repairs=(mended_look_alike("fence"),),
    profile={"delimiters": {"block": "front-matter"}},
    bad={"a.md": b"# Title\n\nText.\n"},
    ok={"a.md": b"---\ntitle: Title\n---\nText.\n"},
)
