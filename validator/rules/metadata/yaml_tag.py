"""A tag tells a reader which type to make of a value, and each reader knows others.

Tags of one program are an error to the next, and some tell it to run code. Files that are YAML as
a whole are made for a program, whose own tags (`!name`) they may use.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import TagUsed
from ...metadata.syntax.limits import TAGS
from ...model import Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: TagUsed) -> Hit:
    return flaw.hit(
        f"the metadata uses the tag `{shortened(flaw.tag)}` of YAML",
        help="remove the tag; if the value is text, put it in quotes; tags of your own program are "
        'allowed by `yaml-tags = "own"`',
        data={"tag": flaw.tag},
    )


rule = Rule(
    __name__,
    code="MET018",
    summary="The metadata uses a tag of YAML.",
    check=Explain.of(TagUsed, explain),
    options=(TAGS,),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\nid: !!str 12\n---\nText.\n"},
    ok={"a.md": b"---\nid: '12'\n---\nText.\n"},
)
