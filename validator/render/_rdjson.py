"""A diagnostic of the Reviewdog Diagnostic Format, whose columns are bytes of UTF-8, from 1."""

from __future__ import annotations

from typing import Any, Final

from ..model import Diagnostic, Fix, Related, Severity, Span
from . import Look
from ._json import text
from ._words import advised

SOURCE: Final = {"name": "seed-validator"}
_SEVERITY: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def rdjson(found: Diagnostic, look: Look) -> dict[str, Any]:
    """One finding as a diagnostic of rdjson."""
    span = Span(found.location, found.end_location, *found.byte_columns)
    location: dict[str, Any] = {"path": text(found.path)}
    if not found.whole_file:
        location["range"] = _range(span)
    item: dict[str, Any] = {
        "message": text(advised(found)),
        "location": location,
        "severity": _SEVERITY[found.severity],
        "code": {"value": found.code},
    }
    if page := look.page(found.name):
        item["code"]["url"] = page
    if found.fix and found.fix.spans and all(span.start_byte for span in found.fix.spans):
        item["suggestions"] = _suggestions(found.fix)
    if found.related:
        item["related_locations"] = [_related(related) for related in found.related]
    return item


def _range(span: Span) -> dict[str, Any]:
    """Lines, and columns where they are known."""
    return {
        "start": _position(span.start.row, span.start_byte),
        "end": _position(span.end.row, span.end_byte),
    }


def _position(row: int, column: int) -> dict[str, int]:
    return {"line": row, "column": column} if column else {"line": row}


def _suggestions(fix: Fix) -> list[dict[str, Any]]:
    """The edits as suggestions; none if one of them writes bytes that are not UTF-8."""
    try:
        return [
            {"range": _range(span), "text": edit.content.decode()}
            for edit, span in zip(fix.edits, fix.spans, strict=True)
        ]
    except UnicodeDecodeError:
        return []


def _related(related: Related) -> dict[str, Any]:
    location: dict[str, Any] = {"path": text(related.path)}
    if related.location:
        location["range"] = {"start": {"line": related.location.row}}
    return {"message": text(related.message), "location": location}
