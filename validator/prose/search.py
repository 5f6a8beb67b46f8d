"""What `body.forbid` and `body.require` say of a document."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Span
from ..model import Hit, Severity
from ..options import Settings
from ..patterns import Finder
from . import severity
from .demands import Demand, Demands
from .scopes import FIELD, SECTION, found_in, section


def forbidden(
    document: Document, settings: Settings, demands: Demands, syntax: str
) -> Iterator[Hit]:
    """A hit for each place where a forbidden pattern matches."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        made, grade = row.of(document, settings)
        for span in _found(document, settings, row, finder, syntax) if made else ():
            yield Hit(
                *span,
                row.message,
                help=row.help or "remove it or write it otherwise",
                severity=grade,
            )


def missing(document: Document, settings: Settings, demands: Demands, syntax: str) -> Iterator[Hit]:
    """A hit for each required pattern that matches too seldom."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        made, grade = row.of(document, settings)
        spans = list(_found(document, settings, row, finder, syntax)) if made else []
        if made and len(spans) < row.least:
            yield _hit(document, spans, row, grade, syntax)


def surplus(document: Document, settings: Settings, demands: Demands, syntax: str) -> Iterator[Hit]:
    """A hit for each required pattern that matches too often."""
    for row, finder in zip(demands.rows, demands.finders, strict=True):
        made, grade = row.of(document, settings)
        spans = list(_found(document, settings, row, finder, syntax)) if made else []
        if row.most is not None and len(spans) > row.most:
            yield Hit(
                *spans[row.most],
                row.message,
                help=row.help or "remove what is too much",
                notes=(f"found {_times(len(spans))}, allowed at most {_times(row.most)}",),
                data={"found": len(spans), "most": row.most},
                severity=grade,
            )


def _hit(
    document: Document, spans: list[Span], row: Demand, grade: Severity | None, syntax: str
) -> Hit:
    """Where something is missing that is nowhere: at the end of the part it should be in."""
    notes: tuple[str, ...] = ()
    if row.least > 1:
        notes = (f"found {_times(len(spans))}, needed at least {_times(row.least)}",)
    start, end = _last_line(document, row, syntax)
    return Hit(
        start,
        end,
        row.message,
        help=row.help or "add what is missing",
        notes=notes,
        data={"found": len(spans), "least": row.least},
        severity=grade,
    )


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _last_line(document: Document, row: Demand, syntax: str) -> Span:
    start, end = document.body
    if row.scope == FIELD and document.block[0] >= 0:
        start, end = document.block
    elif row.scope == SECTION:
        start, end = next(section(document, syntax, row.name), document.body)
    text = document.data[start:end].rstrip()
    return start + max(text.rfind(b"\n"), text.rfind(b"\r")) + 1, start + len(text)


def _found(
    document: Document, settings: Settings, row: Demand, finder: Finder, syntax: str
) -> Iterator[Span]:
    """Where a pattern matches in its scope, in bytes of the document."""
    if row.scope == FIELD:
        value = severity.lookup(document, settings, row.name)
        if value is not None and _in_value(str(value).encode("utf-8", "replace"), row, finder):
            yield severity.place(document, settings, row.name)
        return
    for start, end in found_in(document, syntax, row.scope, row.name, finder):
        if row.counts(document.data[start:end]):
            yield start, end


def _in_value(text: bytes, row: Demand, finder: Finder) -> bool:
    if not row.unless:
        return finder.first(text) is not None
    return any(row.counts(text[start:end]) for start, end in finder.all(text))
