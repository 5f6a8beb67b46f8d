"""A diagnostic and a summary as the published schema has them (`seed-validator schema json`)."""

from __future__ import annotations

import base64
import json
import os
from typing import Any

from .. import __version__
from ..model import Diagnostic, Fix, Summary

SCHEMA_VERSION = 1
TOOL = {"name": "seed-validator", "version": __version__}


def dumps(value: object) -> str:
    """JSON in ASCII: nothing in it steers a terminal, and no reader can take it amiss.

    `##[` would start a log command on some build services, so its second `#` is escaped too.
    """
    return json.dumps(value, ensure_ascii=True).replace("##", "#\\u0023")


def diagnostic(found: Diagnostic) -> dict[str, Any]:
    """One finding; keys are stable within a schema version."""
    item: dict[str, Any] = {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "message": text(found.message),
        "path": text(found.path),
        "location": {"row": found.location.row, "column": found.location.column},
        "end_location": {"row": found.end_location.row, "column": found.end_location.column},
        "byte_offset": found.byte_offset,
        "byte_length": found.byte_length,
        "document": {"index": found.document_index or None, "id": text(found.document_id) or None},
        "help": text(found.help) or None,
        "notes": [text(note) for note in found.notes],
        "fix": _fix(found.fix),
        "related": [
            {
                "path": text(related.path),
                "message": text(related.message),
                "location": related.location
                and {"row": related.location.row, "column": related.location.column},
            }
            for related in found.related
        ],
        "fingerprint": found.fingerprint,
        "data": dict(found.data),
    }
    if found.of:
        item["document"]["path"] = text(found.of)
    if item["path"] != found.path:  # the name is not UTF-8: here are its bytes
        item["path_bytes"] = base64.b64encode(os.fsencode(found.path)).decode("ascii")
    return item


def figures(summary: Summary) -> dict[str, Any]:
    """The summary; documents seen are valid or rejected, there is no third."""
    totals = summary.totals
    told: dict[str, Any] = {
        "files": {
            "matched": summary.matched,
            "checked": totals.files - totals.unread,
            "skipped": sum(summary.skipped.values()),
            "skipped_by_reason": dict(sorted(summary.skipped.items())),
            "unclaimed_suffixes": dict(sorted(summary.suffixes.items())),
        },
        "documents": {
            "seen": totals.documents,
            "valid": totals.documents - totals.rejected,
            "rejected": totals.rejected,
        },
        "bytes": totals.bytes,
        "outside": totals.outside,
        "findings": {
            "error": totals.errors,
            "warning": totals.warnings,
            "info": totals.infos,
            "omitted": totals.omitted,
        },
    }
    if summary.unfinished:
        left = summary.unfinished
        told["unfinished"] = {"after": text(left.after) or None, "all_files": left.all_files}
    return told


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {
        "applicability": fix.applicability.value,
        "message": fix.message,
        "edits": [
            {
                "byte_offset": edit.start,
                "byte_length": edit.end - edit.start,
                "content": edit.content.decode("utf-8", "replace"),
            }
            for edit in fix.edits
        ],
    }


def text(value: str) -> str:
    """`value` without lone surrogates, which are not JSON that every reader takes."""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
