"""Typographic marks around a value are no quotation marks of YAML: they are part of the value.

A word processor or a chat made them of plain ones. `date: “2024-05-01”` is no date, and the title
is shown with marks that were to be syntax.
"""

from __future__ import annotations

from ...metadata.syntax.block_flaws import CurlyQuotes
from ...model import FindingKind, Hit, Severity
from ..rule import Explain, Rule
from . import FRONT_MATTER, shortened


def explain(flaw: CurlyQuotes) -> Hit:
    return flaw.hit(
        f"the typographic quotation marks of `{shortened(flaw.text)}` are part of the value",
        help='write plain ones, `"…"`, or none; if they belong to the text, put plain ones around '
        "them",
        data={"text": flaw.text},
    )


rule = Rule(
    __name__,
    code="MET047",
    summary="A YAML value stands between typographic quotation marks.",
    own_kind=FindingKind.TEXT,
    check=Explain.of(CurlyQuotes, explain),
    severity=Severity.WARNING,
    profile=FRONT_MATTER,
    bad={"a.md": "---\ntitle: \u201cThe sea\u201d\n---\nText.\n".encode()},
    ok={"a.md": "---\ntitle: \u201cSea\u201d, a word\n---\nText.\n".encode()},
)
