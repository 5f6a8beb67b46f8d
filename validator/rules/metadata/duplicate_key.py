"""Of two values under one key one is lost, and readers do not agree on which.

Most keep the last and say nothing, some the first, some refuse the document. Often the two come
from a merge of two versions. Of mails only what a mail has once is told: `Received` stands often.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import DuplicateKey
from ...metadata.syntax.limits import REPEATED_HEADERS
from ...model import Aside, Hit
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: DuplicateKey) -> Hit:
    return flaw.hit(
        f"the key `{shortened(flaw.key)}` stands here a second time",
        help="remove one of the two; readers keep the first, the last or neither",
        label="second value",
        data={"key": flaw.key},
        related=(Aside(flaw.first_start, "it stands here first"),),
    )


rule = Rule(
    __name__,
    code="MET013",
    summary="A key stands twice in one mapping.",
    check=Explain.of(DuplicateKey, explain),
    options=(REPEATED_HEADERS,),
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ntitle: Sea\nid: a1\ntitle: Sky\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: Sea\nid: a1\n---\nText.\n"},
)
