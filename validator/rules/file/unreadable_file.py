"""A file that cannot be read is missing from whatever is built on the corpus.

Most tools stop at it, or pass it by without a word. Here it is one finding, and the run goes on.
"""

from __future__ import annotations

from ...file.reading import Unreadable
from ...model import Hit, about_file
from ..rule import Explain, Rule


def explain(flaw: Unreadable) -> Hit:
    return about_file(
        f"the file cannot be read: {flaw.reason}",
        help=flaw.advice
        or "let the user who runs the check read it, or leave it out with `exclude`",
    )


rule = Rule(
    __name__,
    code="FIL001",
    summary="A file cannot be opened or read.",
    check=Explain.of(Unreadable, explain),
)
