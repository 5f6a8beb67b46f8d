"""Workflow commands that GitHub Actions turns into annotations of the files.

Escaping is that of actions/toolkit: `%`, CR and LF in the message; `:` and `,` besides in the
properties. GitHub shows 10 annotations of a kind for a step, so a rule that repeats in a file is
told once, with the count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from ..model import Diagnostic, Severity, Summary
from ..text.harmless import Command
from ..text.visible import visible
from . import Format, Look
from ._words import record

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package. The summary stays with the human formats."""
    for _, of_file in groupby(findings, key=lambda found: found.path):
        by_rule: dict[str, list[Diagnostic]] = {}
        for found in of_file:
            by_rule.setdefault(found.code, []).append(found)
        for group in by_rule.values():
            yield annotation(group[0], len(group) - 1)
    summary()


FORMAT = Format("github", "annotations of the files, for GitHub Actions", render)


def annotation(found: Diagnostic, more: int = 0) -> Command:
    """One command. Columns are given when the span is on one line, as GitHub wants it."""
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
    if more:
        lines.append(f"and {more} more of these in this file")
    if found.help:
        lines.append(f"help: {visible(found.help)}")
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return Command(f"::{_COMMAND[found.severity]} {told}::{_data(chr(10).join(lines))}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
