"""A pipe, a socket or a device has no content to check, and reading it may never end."""

from __future__ import annotations

from ...file.walk import Special
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: Special) -> Hit:
    return about_file(
        f"this is a {flaw.kind}, not a regular file; it was not read",
        help="remove it from the corpus; to check what a program writes, use `check -`",
    )


rule = Rule(
    __name__,
    code="FIL004",
    summary="A name in the corpus is a pipe, a socket or a device.",
    check=Explain.of(Special, explain),
)
