"""A Code Quality report of GitLab, which merge requests show. `path` is that of the checkout.

GitLab shows the description alone, so the code is in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from xxhash import xxh3_128_hexdigest

from ..model import Diagnostic, Severity
from . import Findings, Format, LateSummary, Look
from ._json import dumps, text
from ._words import record

_SEVERITY: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    before = "["
    for found in findings:
        yield f"{before}\n  {dumps(_issue(found))}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


FORMAT = Format("gitlab", "a Code Quality report, for merge requests on GitLab", render)


def _name(found: Diagnostic) -> str:
    """A unique name of an issue: GitLab takes two with the same name for one."""
    path = found.path.encode("utf-8", "surrogateescape")
    return xxh3_128_hexdigest(path + b"\0" + found.fingerprint.encode())


def _issue(found: Diagnostic) -> dict[str, Any]:
    whose = f" [{record(found)}]" if record(found) else ""
    start, end = found.location, found.end_location
    return {
        "description": text(f"{found.code}: {found.message}{whose}"),
        "check_name": found.name,
        "fingerprint": _name(found),
        "severity": _SEVERITY[found.severity],
        "location": {
            "path": text(found.path).removeprefix("./"),
            "positions": {
                "begin": {"line": start.row, "column": start.column},
                "end": {"line": end.row, "column": end.column},
            },
        },
    }
