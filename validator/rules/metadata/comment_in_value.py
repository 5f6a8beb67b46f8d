"""A blank and `#` begin a comment in YAML: `title: Update #2` is the title `Update` to all readers.

`tags: #news` is no list and no text, but nothing. What people write as comments is left alone,
`order: 3 # the last one`: told is what stands at once behind `#`, where words came before it or
nothing did, and anything behind a title.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import CommentCut
from ...model import FindingKind, Hit, Severity
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: CommentCut) -> Hit:
    name = f"`{shortened(flaw.key)}`" if flaw.key else "the value"
    lost = shortened(f"#{flaw.text}")
    what = f"{name} is empty" if flaw.is_empty else f"{name} ends before ` #`"
    return flaw.hit(
        f"{what}: `{lost}` is a comment to YAML",
        help="put the whole value in quotes; if it is a comment, write a blank behind `#`",
        data={"key": flaw.key, "lost": flaw.text},
    )


rule = Rule(
    __name__,
    code="MET046",
    summary="A blank and `#` cut a YAML value short, or leave nothing of it.",
    own_kind=FindingKind.TEXT,
    check=Explain.of(CommentCut, explain),
    severity=Severity.WARNING,
    profile=FRONT_MATTER,
    bad={"a.md": b"---\ntitle: Update #2 of June\n---\nText.\n"},
    ok={"a.md": b"---\ntitle: 'Update #2 of June'\norder: 3 # last\n---\n"},
)
