"""A key that is a number, null or a list becomes text in some readers and an error in others."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import KeyNotText
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: KeyNotText) -> Hit:
    if not flaw.text:
        return Hit(
            max(0, flaw.start - 1),
            flaw.end,
            "`?` or `:` begins a mapping of YAML here, whose key is empty",
            help='if it is text, put it in quotes: `"?"`',
            data={"found": flaw.found},
        )
    return flaw.hit(
        f"the key `{shortened(flaw.text)}` is {flaw.found}, not text",
        help="put the key in quotes",
        data={"found": flaw.found},
    )


rule = Rule(
    __name__,
    code="MET020",
    summary="A YAML key is not text.",
    check=Explain.of(KeyNotText, explain),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\nnotes:\n  2024: dry\n---\nText.\n"},
    ok={"a.md": b"---\nnotes:\n  '2024': dry\n---\nText.\n"},
)
