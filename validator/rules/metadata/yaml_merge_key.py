"""`<<` puts the fields of another mapping here for readers of YAML 1.1; to others it is a field."""

from __future__ import annotations

from ...metadata.syntax.block_flaws import MergeKey
from ...metadata.syntax.limits import ANCHORS
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER


def explain(flaw: MergeKey) -> Hit:
    return flaw.hit(
        "`<<` merges a mapping into this one for some readers of YAML, and is a field to others",
        help="write the fields out",
    )


rule = Rule(
    __name__,
    code="MET017",
    summary="The metadata uses the merge key of YAML.",
    check=Explain.of(MergeKey, explain),
    options=(ANCHORS,),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\nbase: {lang: en}\nnote:\n  <<: {lang: en}\n---\nText.\n"},
    ok={"a.md": b"---\nbase: {lang: en}\nnote:\n  lang: en\n---\nText.\n"},
)
