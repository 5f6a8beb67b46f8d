"""One JSON object, the envelope: findings as they come, the summary after them."""

from __future__ import annotations

from collections.abc import Iterator

from . import Findings, Format, LateSummary, Look
from ._json import SCHEMA_VERSION, TOOL, diagnostic, dumps, figures, items


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package. Written as it goes: a million findings are never held in memory."""
    yield f'{{"schema_version": {SCHEMA_VERSION},\n "tool": {dumps(TOOL)},\n "diagnostics": ['
    yield from items(map(diagnostic, findings))
    yield f'\n ],\n "summary": {dumps(figures(summary(), look))}}}\n'


FORMAT = Format(
    "json",
    "one object: the findings, then the summary (`schema json` prints its schema)",
    render,
    has_edits=True,
)
