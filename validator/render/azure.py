"""Logging commands of Azure Pipelines, which its summary shows as errors and warnings of files.

Escaping is that of azure-pipelines-task-lib: `%`, CR and LF; `]` and `;` besides in properties.
There are no notes in Azure Pipelines: they are lines of the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Diagnostic, Severity
from ..text.harmless import Command
from ..text.visible import visible
from . import Findings, Format, LateSummary, Look
from ._words import closing, headline, place, record


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    for found in findings:
        if found.severity is Severity.INFO:
            yield f"{place(found)}: {headline(found, look)}\n"
        else:
            yield _issue(found)
    yield from closing(summary(), look)


FORMAT = Format("azure", "logging commands, for Azure Pipelines", render)


def _issue(found: Diagnostic) -> Command:
    properties = {
        "type": found.severity.value,
        "sourcepath": visible(found.path),
        "linenumber": str(found.location.row),
        "columnnumber": str(found.location.column),
        "code": found.code,
    }
    if found.whole_file:
        del properties["columnnumber"]
    whose = f" [{record(found)}]" if record(found) else ""
    words = [f"{visible(found.message)}{whose}"]
    if found.help:
        words.append(f"help: {visible(found.help)}")
    told = "".join(f"{key}={_property(value)};" for key, value in properties.items())
    return Command(f"##vso[task.logissue {told}]{_data(chr(10).join(words))}\n")


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
