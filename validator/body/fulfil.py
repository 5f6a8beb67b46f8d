"""What the lines of a class must fulfil, asked line by line, for bodies that are not clean."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Span
from ..model import Hit
from ..settings.options import Settings
from ..text.re2 import finder
from .check_terms import said_of, there_are, times
from .classes import Line, Lines
from .line_checks import LineCheck


def unfit(document: Document, settings: Settings, lines: Lines) -> Iterator[Hit]:
    """A hit for each line that lacks what its class must hold, or holds what it must not hold."""
    found = lines.read(document)
    for check in lines.check:
        said = said_of(document, settings, check) if check.pattern or check.not_pattern else None
        if said is None:
            continue
        kinds = lines.indexes(check.classes)
        for line in (one for one in found if one.kind in kinds):
            span = _blamed(document.data[line.start : line.end], check)
            if span:
                start, end = span[0] + line.start, span[1] + line.start
                yield said.hit(Hit(start, end, "", help="rewrite this line"))


def _blamed(text: bytes, check: LineCheck) -> Span | None:
    """The bytes of a line in which a check fails: what is forbidden, or the whole line.

    None if it does not fail.
    """
    whole = 0, len(text)
    if check.pattern and finder(check.pattern).first(text) is None:
        return whole
    found = finder(check.not_pattern).first(text) if check.not_pattern else None
    return whole if found and found[0] == found[1] else found


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
    """The span of the first line that is not blank, for a class that has no line at all."""
    full = (line for line in lines if document.data[line.start : line.end].strip())
    first = next(full, None)
    return first.span if first else document.body
