"""A block is one document of YAML; what stands after a second `---` no reader of metadata sees."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import SecondDocument
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: SecondDocument) -> Hit:
    return flaw.hit(
        "a second YAML document begins here, and its fields are not read",
        help="remove this line if the fields after it belong to the block",
    )


rule = Rule(
    __name__,
    code="MET019",
    summary="A second YAML document begins inside of the metadata.",
    check=Explain.of(SecondDocument, explain),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\n--- {title: Sea}\n--- {id: a1}\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\n---\nText.\n"},
)
