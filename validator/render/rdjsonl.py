"""The Reviewdog Diagnostic Format, a diagnostic a line."""

from __future__ import annotations

from collections.abc import Iterator

from . import Findings, Format, LateSummary, Look
from ._json import dumps
from ._rdjson import SOURCE, rdjson


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    for found in findings:
        yield dumps({**rdjson(found, look), "source": SOURCE}) + "\n"


FORMAT = Format(
    "rdjsonl", "the Reviewdog Diagnostic Format, an object a line", render, has_edits=True
)
