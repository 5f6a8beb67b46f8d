"""The Reviewdog Diagnostic Format, as one object."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ..model import Diagnostic, Summary
from . import Format, Look
from ._json import dumps
from ._rdjson import SOURCE, rdjson


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package."""
    yield f'{{"source": {dumps(SOURCE)},\n "diagnostics": ['
    comma = "\n  "
    for found in findings:
        yield comma + dumps(rdjson(found, look))
        comma = ",\n  "
    summary()
    yield "\n ]}\n"


FORMAT = Format("rdjson", "the Reviewdog Diagnostic Format as one object", render, has_edits=True)
