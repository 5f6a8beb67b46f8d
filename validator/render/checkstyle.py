"""Checkstyle's XML, which Jenkins, reviewdog and many others read.

A finding about a whole file stands on its line 1, without a column.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..model import Diagnostic
from . import Findings, Format, LateSummary, Look
from ._words import advised
from ._xml import DECLARATION, attributes


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    yield DECLARATION + '<checkstyle version="4.3">\n'
    for path, of_file in groupby(findings, key=lambda found: found.path):
        yield f"  <file{attributes(name=path)}>\n"
        for found in of_file:
            yield _error(found)
        yield "  </file>\n"
    yield "</checkstyle>\n"


FORMAT = Format("checkstyle", "Checkstyle's XML, for Jenkins and others", render)


def _error(found: Diagnostic) -> str:
    told = attributes(
        line=found.location.row,
        **{} if found.whole_file else {"column": found.location.column},
        severity=found.severity.value,
        message=advised(found),
        source=f"seed-validator.{found.code}",
    )
    return f"    <error{told}/>\n"
