"""The hits of `body.forbid` and `body.require` in a document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from ..document import Document, Span
from ..metadata import fields as metadata
from ..model import Aside, Hit
from ..settings.options import Settings
from ..settings.terms import Said
from ..text.lines import line_start
from ..text.re2 import Finder
from .check_terms import place, said_of, times
from .demands import D, Demand, Demands, Requirement
from .links import found_in
from .scopes import FIELD, SECTION, section

MOST_SHOWN: Final = 3
"""Other matches at most that a finding about too many matches also names."""


def forbidden(
    document: Document, settings: Settings, demands: Demands[Demand], syntax: str
) -> Iterator[Hit]:
    """A hit for each place where a forbidden pattern matches."""
    for row, said, spans in _asked(document, settings, demands, syntax):
        for span in spans:
            advice = "remove it or write it otherwise"
            yield said.hit(Hit(*span, "", help=advice, beside=_is_beside(document, row)))


def missing(
    document: Document, settings: Settings, demands: Demands[Requirement], syntax: str
) -> Iterator[Hit]:
    """A hit for each required pattern that matches too seldom."""
    for row, said, found in _asked(document, settings, demands, syntax):
        spans = list(islice(found, row.min))
        if len(spans) < row.min:
            yield said.hit(_hit(document, spans, row, syntax))


def surplus(
    document: Document, settings: Settings, demands: Demands[Requirement], syntax: str
) -> Iterator[Hit]:
    """A hit for each required pattern that matches too often."""
    for row, said, found in _asked(document, settings, demands, syntax):
        spans = [] if row.max is None else list(found)
        if row.max is not None and len(spans) > row.max:
            others = spans[: min(row.max, MOST_SHOWN)]
            hit = Hit(
                *spans[row.max],
                "",
                help="remove what is too much",
                notes=(f"found {times(len(spans))}, allowed at most {times(row.max)}",),
                data={"found": len(spans), "most": row.max},
                related=tuple(Aside(start, "it stands here, too") for start, _ in others),
                beside=_is_beside(document, row),
            )
            yield said.hit(hit)


def _asked(
    document: Document, settings: Settings, demands: Demands[D], syntax: str
) -> Iterator[tuple[D, Said, Iterator[Span]]]:
    """The patterns that are asked of a document, how they are reported, and where they match."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        said = said_of(document, settings, row)
        if said is not None:
            yield row, said, _found(document, settings, row, finder, syntax)


def _hit(document: Document, spans: list[Span], row: Requirement, syntax: str) -> Hit:
    """The hit for a pattern that matches too seldom: at the end of the part it should match in."""
    note = f"found {times(len(spans))}, needed at least {times(row.min)}"
    return Hit(
        *_last_line(document, row, syntax),
        "",
        help="add what is missing",
        notes=(note,) if row.min > 1 else (),
        data={"found": len(spans), "least": row.min},
        beside=_is_beside(document, row),
    )


def _is_beside(document: Document, row: Demand) -> bool:
    """Whether the matches of a pattern stand in the sidecar, the file that holds the metadata."""
    return row.scope.kind == FIELD and document.sidecar is not None


def _last_line(document: Document, row: Demand, syntax: str) -> Span:
    start, end = document.body
    holder = document.holder if row.scope.kind == FIELD else document
    if row.scope.kind == FIELD and holder.block[0] >= 0:
        start, end = holder.block
    elif row.scope.kind == SECTION:
        start, end = next(section(document, syntax, row.scope.name), document.body)
    end = start + len(holder.data[start:end].rstrip())
    return line_start(holder.data, end, start), end


def _found(
    document: Document, settings: Settings, row: Demand, finder: Finder, syntax: str
) -> Iterator[Span]:
    """Where a pattern matches in its scope, in bytes of the document."""
    if row.scope.kind == FIELD:
        value = metadata.field(document, settings, row.scope.name)
        if value is not None and _in_value(str(value).encode("utf-8", "replace"), row, finder):
            yield place(document, settings, row.scope.name)
        return
    for start, end in found_in(document, syntax, row.scope, finder):
        if row.counts(document.data[start:end]):
            yield start, end


def _in_value(text: bytes, row: Demand, finder: Finder) -> bool:
    if not row.unless:
        return finder.first(text) is not None
    return any(row.counts(text[start:end]) for start, end in finder.all(text))
