"""What `body.forbid` and `body.require` say of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..document import Document, Span
from ..model import Aside, Hit
from ..settings.options import Settings
from ..text.re2 import Finder
from .check_terms import lookup, place, said_of
from .demands import Demand, Demands
from .links import found_in
from .scopes import FIELD, SECTION, section


def forbidden(
    document: Document, settings: Settings, demands: Demands, syntax: str
) -> Iterator[Hit]:
    """A hit for each place where a forbidden pattern matches."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        said = said_of(document, settings, row.terms)
        if said is None:
            continue
        for span in _found(document, settings, row, finder, syntax):
            advice = "remove it or write it otherwise"
            yield said.hit(Hit(*span, "", help=advice, beside=_is_beside(document, row)))


def missing(document: Document, settings: Settings, demands: Demands, syntax: str) -> Iterator[Hit]:
    """A hit for each required pattern that matches too seldom."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        said = said_of(document, settings, row.terms)
        spans = list(_found(document, settings, row, finder, syntax)) if said else []
        if said and len(spans) < row.least:
            yield said.hit(_hit(document, spans, row, syntax))


def surplus(document: Document, settings: Settings, demands: Demands, syntax: str) -> Iterator[Hit]:
    """A hit for each required pattern that matches too often."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        said = said_of(document, settings, row.terms)
        spans = list(_found(document, settings, row, finder, syntax)) if said else []
        if said and row.most is not None and len(spans) > row.most:
            hit = Hit(
                *spans[row.most],
                "",
                help="remove what is too much",
                notes=(f"found {_times(len(spans))}, allowed at most {_times(row.most)}",),
                data={"found": len(spans), "most": row.most},
                related=_firsts(spans[: row.most]),
                beside=_is_beside(document, row),
            )
            yield said.hit(hit)


def _hit(document: Document, spans: list[Span], row: Demand, syntax: str) -> Hit:
    """Where something is missing that is nowhere: at the end of the part it should be in."""
    notes: tuple[str, ...] = ()
    if row.least > 1:
        notes = (f"found {_times(len(spans))}, needed at least {_times(row.least)}",)
    start, end = _last_line(document, row, syntax)
    return Hit(
        start,
        end,
        "",
        help="add what is missing",
        notes=notes,
        data={"found": len(spans), "least": row.least},
        beside=_is_beside(document, row),
    )


def _is_beside(document: Document, row: Demand) -> bool:
    """Whether what a pattern matches stands in the file that holds the metadata."""
    return row.scope == FIELD and document.sidecar is not None


MOST_SHOWN: Final = 3
"""Places of what is there too often that are named beside the one too many."""


def _firsts(spans: Sequence[Span]) -> tuple[Aside, ...]:
    return tuple(Aside(start, "it stands here, too") for start, _ in spans[:MOST_SHOWN])


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _last_line(document: Document, row: Demand, syntax: str) -> Span:
    start, end = document.body
    holder = document.holder if row.scope == FIELD else document
    if row.scope == FIELD and holder.block[0] >= 0:
        start, end = holder.block
    elif row.scope == SECTION:
        start, end = next(section(document, syntax, row.name), document.body)
    text = holder.data[start:end].rstrip()
    return start + max(text.rfind(b"\n"), text.rfind(b"\r")) + 1, start + len(text)


def _found(
    document: Document, settings: Settings, row: Demand, finder: Finder, syntax: str
) -> Iterator[Span]:
    """Where a pattern matches in its scope, in bytes of the document."""
    if row.scope == FIELD:
        value = lookup(document, settings, row.name)
        if value is not None and _in_value(str(value).encode("utf-8", "replace"), row, finder):
            yield place(document, settings, row.name)
        return
    for start, end in found_in(document, syntax, row.scope, row.name, finder):
        if row.counts(document.data[start:end]):
            yield start, end


def _in_value(text: bytes, row: Demand, finder: Finder) -> bool:
    if not row.unless:
        return finder.first(text) is not None
    return any(row.counts(text[start:end]) for start, end in finder.all(text))
