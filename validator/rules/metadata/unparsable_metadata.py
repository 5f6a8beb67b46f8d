"""Metadata that no parser reads is lost to all who use the document, and often the rest with it.

Some tools stop at it, some pass the document by, some take the block for text and go on.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import Unparsable
from ...metadata.syntax.table import SYNTAXES
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: Unparsable) -> Hit:
    return flaw.hit(
        f"{SYNTAXES[flaw.syntax].called} cannot be read: {flaw.reason}",
        help=flaw.advice,
        data={"syntax": flaw.syntax},
    )


rule = Rule(
    __name__,
    code="MET010",
    summary="The metadata cannot be read.",
    check=Explain.of(Unparsable, explain),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ntitle: Part 1: The start\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: 'Part 1: The start'\n---\nText.\n"},
)
