"""Metadata is fields with names. A list or a plain text between the fences has none to ask for.

Most readers of front matter then give no metadata at all, and no error either.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import NotMapping
from ...metadata.syntax.table import SYNTAXES
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: NotMapping) -> Hit:
    return flaw.hit(
        f"{SYNTAXES[flaw.syntax].called} is {flaw.found}, not fields with names",
        help=flaw.advice,
        data={"found": flaw.found},
    )


rule = Rule(
    __name__,
    code="MET011",
    summary="The metadata has no fields: it is a list, a text or a number.",
    check=Explain.of(NotMapping, explain),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ntitle:Sea\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\n---\nText.\n"},
)
