"""The findings of a file under its path; a cause that is found often under its directory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ..model import Diagnostic
from ..text.visible import visible, visible_path
from . import Findings, Format, LateSummary, Look
from ._words import closing, counted, graded, headline, told_of

if TYPE_CHECKING:
    from ._causes import Cause


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    items, _ = told_of(findings, look)
    for path, group in groupby(items, key=_path):
        causes: list[Cause] = []
        heading = f"{visible_path(path)}:\n"
        for item in group:
            if not isinstance(item, Diagnostic):
                causes.append(item)
                continue
            yield heading
            heading = ""
            at = f"{item.location.row}:{item.location.column}"
            yield f"  {at:>7} {headline(item, look)}\n"
        if not heading:
            yield "\n"
        for cause in causes:
            yield from _cause(cause, look)
    yield from closing(summary(), look)


FORMAT = Format("grouped", "the findings of a file under its path", render, for_people=True)


def _path(item: Diagnostic | Cause) -> str:
    """The file that an item is in, or begins in."""
    return item.path if isinstance(item, Diagnostic) else item.first[0].path


def _cause(cause: Cause, look: Look) -> Iterator[str]:
    from ._cause_words import advice, places, remarks

    path = cause.first[0].path if cause.files == 1 else cause.folder or "./"
    files = "" if cause.files == 1 else f" {counted(cause.files, 'file')}"
    yield f"{visible_path(path)}:{files}\n"
    yield f"  {cause.count:>7} {graded(cause.first[0], look)} {visible(cause.message)}\n"
    for line in (places(cause), *remarks(cause), advice(cause)):
        if line:
            yield f"{'':10}{line}\n"
    yield "\n"
