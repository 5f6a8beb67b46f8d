"""What the lines of a class must fulfil, line by line: what a check says of a body not clean."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document
from ..model import Hit
from ..settings.options import Settings
from ..text.re2 import finder
from .check_terms import said_of, there_are, times
from .classes import Line, Lines
from .line_checks import LineCheck


def unfit(document: Document, settings: Settings, lines: Lines) -> Iterator[Hit]:
    """A hit for each line that lacks what its class must hold, or holds what it must not."""
    found = lines.read(document)
    for check in lines.check:
        if check.pattern or check.not_pattern:
            own = [line for line in found if line.kind in lines.indexes(check.classes)]
            yield from _each(document, settings, check, own)


def _each(
    document: Document, settings: Settings, check: LineCheck, lines: list[Line]
) -> Iterator[Hit]:
    demanded = finder(check.pattern) if check.pattern else None
    forbidden = finder(check.not_pattern) if check.not_pattern else None
    said = said_of(document, settings, check)
    if said is None:
        return
    for line in lines:
        text = document.data[line.start : line.end]
        if demanded and demanded.first(text) is None:
            span = line.span
        else:
            place = forbidden.first(text) if forbidden else None
            if place is None:
                continue
            start, end = place
            span = (line.start + start, line.start + end) if start < end else line.span
        yield said.hit(Hit(*span, "", help="rewrite this line"))


def miscounted(document: Document, settings: Settings, lines: Lines) -> Iterator[Hit]:
    """A hit for each class of which there are too many lines or too few."""
    found = lines.read(document)
    for check in lines.check:
        kinds = lines.indexes(check.classes)
        own = [line for line in found if line.kind in kinds]
        said = said_of(document, settings, check)
        if said is None:
            continue
        form = lines.forms(kinds)
        if check.max is not None and len(own) > check.max:
            line = own[check.max]
            often = f"at most {times(check.max)}" if check.max else times(0)
            hit = Hit(
                *line.span,
                f"{form} may stand {often}; this is number {check.max + 1} of {len(own)}",
                help=f"leave at most {check.max}, or divide the document",
                data={"found": len(own), "most": check.max},
            )
            yield said.hit(hit)
        if len(own) < check.min:
            last = own[-1].span if own else _start(document, found)
            hit = Hit(
                *last,
                f"{form} must stand at least {times(check.min)}; {there_are(len(own))}",
                help="add what is missing",
                data={"found": len(own), "least": check.min},
            )
            yield said.hit(hit)


def _start(document: Document, lines: list[Line]) -> tuple[int, int]:
    """The first line that says something: what is nowhere is missing of all, not at its end."""
    full = (line for line in lines if document.data[line.start : line.end].strip())
    first = next(full, None)
    return first.span if first else document.body
