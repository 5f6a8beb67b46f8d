"""The Reviewdog Diagnostic Format, as one object."""

from __future__ import annotations

from collections.abc import Iterator

from . import Findings, Format, LateSummary, Look
from ._json import dumps, items
from ._rdjson import SOURCE, rdjson


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    yield f'{{"source": {dumps(SOURCE)},\n "diagnostics": ['
    yield from items(rdjson(found, look) for found in findings)
    yield "\n ]}\n"


FORMAT = Format("rdjson", "the Reviewdog Diagnostic Format as one object", render, has_edits=True)
