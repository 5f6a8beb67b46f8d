"""The findings as text, then workflow commands that GitHub Actions turns into annotations of files.

Escaping is that of actions/toolkit: `%`, CR and LF in the message; `:` and `,` besides in the
properties. GitHub shows 10 annotations of a kind for a step and drops the others, so there is one
for a cause, and those that were found most come first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..model import Diagnostic, Severity
from ..text.harmless import Command
from ..text.visible import visible
from . import Findings, Format, LateSummary, Look, concise
from ._causes import Cause, Causes, causes_of
from ._words import counted, record

ANNOTATIONS: Final = 10
"""Annotations of one kind that GitHub shows for a step."""

_COMMAND: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    causes = Causes()
    yield from concise.render(causes.watching(findings), summary, look)
    yield from _commands(causes)


FORMAT = Format(
    "github", "the findings as text, then annotations of the files, for GitHub Actions", render
)


def annotate(findings: Iterable[Diagnostic]) -> Iterator[str]:
    """The commands alone, for a run whose output is in another format."""
    return _commands(causes_of(findings))


def _commands(causes: Causes) -> Iterator[Command]:
    """A command for each of the worst causes of each severity, errors first."""
    left = dict.fromkeys(Severity, ANNOTATIONS)
    for cause in causes.worst():
        left[cause.severity] -= 1
        if left[cause.severity] >= 0:
            yield _annotation(cause)


def _annotation(cause: Cause) -> Command:
    """One command. It has columns only if the span is on one line, as GitHub requires."""
    found = cause.first[0]
    start, end = found.location, found.end_location
    properties = {
        "title": f"seed-validator ({found.code} {found.name})",
        "file": visible(found.path),
        "line": str(start.row),
        "endLine": str(end.row),
    }
    if start.row == end.row and not found.whole_file:
        properties["col"] = str(start.column)
        properties["endColumn"] = str(end.column)
    lines = [visible(found.message)]
    if record(found):
        lines.append(record(found))
    if cause.count > 1:
        where = "this file" if cause.files == 1 else counted(cause.files, "file")
        lines.append(f"and {cause.count - 1} more of these in {where}")
    if found.help:
        lines.append(f"help: {visible(found.help)}")
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return Command(f"::{_COMMAND[found.severity]} {told}::{_data(chr(10).join(lines))}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
