"""A symbolic link to nothing is a document that was lost, or never checked in."""

from __future__ import annotations

from ...file.walk import BrokenLink
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: BrokenLink) -> Hit:
    return about_file(
        f"the symbolic link points to `{flaw.target}`, which is not there",
        help="restore the target, or remove the link",
    )


rule = Rule(
    __name__,
    code="FIL002",
    summary="A symbolic link points to nothing.",
    check=Explain.of(BrokenLink, explain),
    bad={"a.txt": b"-> gone.txt"},
)
