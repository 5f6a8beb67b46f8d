"""An alias stands for a value written elsewhere; ten lines of them can stand for a gigabyte.

Many readers of front matter do not know them, and who reads the document must look for the value.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import AnchorUsed
from ...metadata.syntax.limits import ANCHORS
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: AnchorUsed) -> Hit:
    name = shortened(flaw.name)
    what = f"the alias `*{name}`" if flaw.is_alias else f"the anchor `&{name}`"
    return flaw.hit(
        f"the metadata uses {what} of YAML",
        help="write the value out where it belongs; if the sign is text, put the value in quotes",
        data={"name": flaw.name},
    )


rule = Rule(
    __name__,
    code="MET016",
    summary="The metadata uses an anchor or an alias of YAML.",
    check=Explain.of(AnchorUsed, explain),
    options=(ANCHORS,),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\neditor: &ann Ann\nauthor: *ann\n---\nText.\n"},
    ok={"a.md": b"---\neditor: Ann\nauthor: Ann\n---\nText.\n"},
)
