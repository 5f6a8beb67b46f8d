"""YAML forbids tabs in indentation, because no two editors agree on how wide they are."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import TabIndent
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: TabIndent) -> Hit:
    size = flaw.end - flaw.start
    what = "a TAB" if size == 1 else f"{size} bytes with a TAB"
    return flaw.hit(
        f"the line is indented by {what}, which YAML does not allow",
        help="replace each TAB by two blanks",
    )


rule = Rule(
    __name__,
    code="MET015",
    summary="A line of YAML is indented by a tab.",
    check=Explain.of(TabIndent, explain),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\nauthor:\n\tname: Ann\n---\nText.\n"},
    ok={"a.md": b"---\nauthor:\n  name: Ann\n---\nText.\n"},
)
