"""The findings of a file under its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from ..model import Diagnostic, Summary
from ..text.visible import visible_path
from . import Format, Look
from ._words import closing, headline


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package."""
    for path, group in groupby(findings, key=lambda found: found.path):
        yield f"{visible_path(path)}:\n"
        for found in group:
            at = f"{found.location.row}:{found.location.column}"
            yield f"  {at:>7} {headline(found)}\n"
        yield "\n"
    yield from closing(summary(), look)


FORMAT = Format("grouped", "the findings of a file under its path", render)
