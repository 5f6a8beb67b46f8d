"""A symbolic link that became a text file holds the path of a document, and not the document.

Git writes it so where the system has no links or `core.symlinks` is off (on Windows mostly), other
tools in ways of their own. The file has one path and no line end. What exists at this path, leads
upwards or ends like the name of the file is told; a word that happens to be a name is not.
"""

from __future__ import annotations

from ...file.stand_ins import STAND_INS, LinkText
from ...model import Hit
from ...text.visible import visible_bytes
from ..rule import Explain, Rule, always


def explain(flaw: LinkText) -> Hit:
    shown = visible_bytes(flaw.target.replace(b"\0", b""))
    there = "" if flaw.there else ", at which nothing is"
    return Hit(
        0,
        flaw.size,
        f"the file holds nothing but the path `{shown}`{there}: a symbolic link that was written "
        "out as a text",
        help="make it a link again (`git config core.symlinks true`, then check it out anew), or "
        "put the content here",
        data={"target": shown, "there": flaw.there},
    )


rule = Rule(
    __name__,
    code="FIL108",
    summary="A file holds the path of another one and nothing else: a link written as text.",
    check=Explain.of(LinkText, explain, always(*STAND_INS)),
    bad={"a/README.md": b"../README.md", "README.md": b"# Title\n"},
    ok={"a/README.md": b"See ../README.md.\n", "README.md": b"# Title\n"},
)
