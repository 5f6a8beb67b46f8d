"""One JSON object a line: each finding with `"type": "diagnostic"`, and last the summary."""

from __future__ import annotations

from collections.abc import Iterator

from . import Findings, Format, LateSummary, Look
from ._json import SCHEMA_VERSION, TOOL, diagnostic, dumps, figures


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    for found in findings:
        yield dumps({"type": "diagnostic", **diagnostic(found)}) + "\n"
    last = {"type": "summary", "schema_version": SCHEMA_VERSION, "tool": TOOL}
    yield dumps({**last, **figures(summary(), look)}) + "\n"


FORMAT = Format(
    "json-lines", "one object a line: the findings, then the summary", render, has_edits=True
)
