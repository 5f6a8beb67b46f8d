"""One line a finding: `path:row:column: CODE message`, which editors and grep know how to read."""

from __future__ import annotations

from collections.abc import Iterator

from . import Findings, Format, LateSummary, Look
from ._words import closing, headline, place


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    for found in findings:
        yield f"{place(found)}: {headline(found, look)}\n"
    yield from closing(summary(), look)


FORMAT = Format(
    "concise", "one line a finding: path, row, column, code and message", render, for_people=True
)
