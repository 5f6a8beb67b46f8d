"""A diagnostic and a summary as the published schema has them (`seed-validator schema json`).

`_saved` reads them again: what is added here is read there.
"""

from __future__ import annotations

import base64
import codecs
import json
import os
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii
from typing import Any, Final

from msgspec.json import Encoder

from .. import __version__
from ..model import Diagnostic, ExcerptLine, Fix, Location, Related, Summary
from . import Look

SCHEMA_VERSION = 1
TOOL: Final[Mapping[str, str]] = {"name": "seed-validator", "version": __version__}

_encode = Encoder().encode


def _escape(error: UnicodeError) -> tuple[str, int]:
    """The error handler that writes what is not ASCII as JSON does, run by run."""
    assert isinstance(error, UnicodeEncodeError)
    run = error.object[error.start : error.end]
    return encode_basestring_ascii(run)[1:-1], error.end


codecs.register_error("seed-validator.json", _escape)


def dumps(value: object) -> str:
    """JSON in ASCII: nothing in it steers a terminal, and no reader can take it amiss.

    `##[` would start a log command on some build services, so its second `#` is escaped too.
    """
    try:
        written = _encode(value).decode()  # a tenth of the time of `json.dumps`
    except (OverflowError, TypeError, UnicodeEncodeError):  # a number of 20 digits, a surrogate
        written = json.dumps(_well_formed(value), ensure_ascii=True)
    if not written.isascii():
        written = written.encode("ascii", "seed-validator.json").decode("ascii")
    for doubtful, escaped in (("\x7f", "\\u007f"), ("##", "#\\u0023")):
        if doubtful in written:
            written = written.replace(doubtful, escaped)
    return written


def _well_formed(value: object) -> object:
    """The value with each text in it as `text` has it."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return {text(str(key)): _well_formed(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_well_formed(one) for one in value]
    return value


def diagnostic(found: Diagnostic) -> dict[str, Any]:
    """One finding; keys are stable within a schema version."""
    start, end = found.byte_columns
    document: dict[str, Any] = {
        "index": found.document_index or None,
        "id": text(found.document_id) or None,
    }
    item: dict[str, Any] = {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "message": text(found.message),
        "path": text(found.path),
        "location": _location(found.location, start),
        "end_location": _location(found.end_location, end),
        "byte_offset": found.byte_offset,
        "byte_length": found.byte_length,
        "whole_file": found.whole_file,
        "divided": found.divided,
        "document": document,
        "help": text(found.help) or None,
        "label": text(found.label) or None,
        "notes": [text(note) for note in found.notes],
        "fix": _fix(found.fix) if found.fix else None,
        "related": [_related(related) for related in found.related],
        "fingerprint": found.fingerprint,
        "data": found.data,
        "excerpt": [_line(line) for line in found.excerpt],
    }
    if found.of:
        document["path"] = text(found.of)
    if not f"{found.message}{found.path}{found.help}{found.label}".isascii():
        _keep_bytes(item, "message", found.message)
        _keep_bytes(item, "path", found.path)
        _keep_bytes(item, "help", found.help)
        _keep_bytes(item, "label", found.label)
    if not f"{found.document_id}{found.of}".isascii():
        _keep_bytes(document, "id", found.document_id)
        _keep_bytes(document, "path", found.of)
    if item["notes"] != [*found.notes]:
        item["notes_bytes"] = [_bytes(note) for note in found.notes]
    return item


def figures(summary: Summary, look: Look) -> dict[str, Any]:
    """The summary; documents seen are valid or rejected, there is no third."""
    totals = summary.totals
    told: dict[str, Any] = {
        "files": {
            "matched": summary.matched,
            "checked": totals.files - totals.unread,
            "skipped": sum(summary.skipped.values()),
            "skipped_by_reason": dict(sorted(summary.skipped.items())),
            **_suffixes(summary.suffixes),
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
        "fail_on": look.fail_on,
        "exit_code": look.exit_code(),
    }
    if summary.baseline:
        gone = [
            {"path": text(one.path), "code": one.code, "count": one.count}
            for one in summary.baseline.gone
        ]
        told["baseline"] = {"known": summary.baseline.known, "gone": gone}
    if summary.unchanged is not None:
        told["unchanged"] = summary.unchanged
    if summary.suppressed:
        told["suppressed"] = summary.suppressed
    if summary.unfinished:
        left = summary.unfinished
        told["unfinished"] = {"after": text(left.after) or None, "all_files": left.all_files}
        _keep_bytes(told["unfinished"], "after", left.after)
    return told


def _suffixes(counts: Mapping[str, int]) -> dict[str, Any]:
    """The suffixes of files without a profile; those that are not UTF-8 in bytes besides."""
    told: dict[str, int] = {}
    odd: dict[str | None, int] = {}
    for suffix, count in sorted(counts.items()):
        shown = text(suffix)
        told[shown] = told.get(shown, 0) + count
        if shown != suffix:
            odd[_bytes(suffix)] = count
    more = {"unclaimed_suffixes_bytes": odd} if odd else {}
    return {"unclaimed_suffixes": told, **more}


def text(value: str) -> str:
    """`value` without lone surrogates, which are not JSON that every reader takes."""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _keep_bytes(item: dict[str, Any], key: str, value: str) -> None:
    """Beside a text that is not UTF-8, its bytes in base64."""
    if value and item[key] != value:
        item[f"{key}_bytes"] = _bytes(value)


def _bytes(value: str) -> str | None:
    try:
        return base64.b64encode(os.fsencode(value)).decode("ascii")
    except UnicodeEncodeError:  # not from a file system: there are no bytes
        return None


def _location(location: Location, byte_column: int) -> dict[str, int]:
    if byte_column:
        return {"row": location.row, "column": location.column, "byte_column": byte_column}
    return {"row": location.row, "column": location.column}


def _related(related: Related) -> dict[str, Any]:
    item: dict[str, Any] = {
        "path": text(related.path),
        "message": text(related.message),
        "location": _location(related.location, 0) if related.location else None,
    }
    _keep_bytes(item, "path", related.path)
    _keep_bytes(item, "message", related.message)
    return item


def _fix(fix: Fix) -> dict[str, Any]:
    edits: list[dict[str, Any]] = []
    for number, edit in enumerate(fix.edits):
        content = edit.content.decode("utf-8", "replace")
        told: dict[str, Any] = {
            "byte_offset": edit.start,
            "byte_length": edit.end - edit.start,
            "content": content,
        }
        if content.encode() != edit.content:
            told["content_bytes"] = base64.b64encode(edit.content).decode("ascii")
        if fix.spans:
            span = fix.spans[number]
            told["location"] = _location(span.start, span.start_byte)
            told["end_location"] = _location(span.end, span.end_byte)
        edits.append(told)
    item: dict[str, Any] = {
        "applicability": fix.applicability.value,
        "message": text(fix.message),
        "edits": edits,
    }
    _keep_bytes(item, "message", fix.message)
    return item


def _line(line: ExcerptLine) -> dict[str, Any]:
    item: dict[str, Any] = {"row": line.row, "text": line.data.decode("utf-8", "replace")}
    if not line.data.isascii() and item["text"].encode() != line.data:
        item["text_bytes"] = base64.b64encode(line.data).decode("ascii")
    if line.start or line.end:
        item["start"], item["end"] = line.start, line.end
    if line.cut_before:
        item["cut_before"] = True
    if line.cut_after:
        item["cut_after"] = True
    return item
