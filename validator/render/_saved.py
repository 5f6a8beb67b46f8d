"""Reads a run that was saved as `json` or `json-lines`: its findings and its summary."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final, TypeVar

import msgspec
from msgspec import Struct

from ..errors import UsageError
from ..model import (
    Diagnostic,
    Edit,
    ExcerptLine,
    Fix,
    Related,
    Span,
    Summary,
    Totals,
    Unfinished,
    usual_kind,
)
from ..text.address import is_code, is_name, read_address
from ..text.visible import visible
from ._json import SCHEMA_VERSION, text
from ._saved_records import (
    SavedEdit,
    SavedEnvelope,
    SavedFiles,
    SavedFix,
    SavedItem,
    SavedLine,
    SavedRelated,
    SavedSummary,
    SavedTyped,
)

_TAIL: Final = 1 << 16
"""Bytes at the end of a file in which its last line must be."""

_NO_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""The exceptions for bytes that are not JSON, not such a record, or nested too deeply."""

T = TypeVar("T")


class Saved(Struct, frozen=True):
    """A saved run: its findings, to be read once, and its summary.

    `fail_on` is the least severity that made it fail, `exit_code` its exit code, `documentation`
    the address of the pages of the rules, or empty.
    """

    findings: Iterator[Diagnostic]
    summary: Summary
    fail_on: str
    exit_code: int
    documentation: str = ""


def read_saved(file: BinaryIO, name: str) -> Saved:
    """The run saved in a file, which must be seekable; `name` is its name for messages.

    Of `json-lines`, one finding at a time is in memory. Raises UsageError if the file is not a
    saved run: at once, or while the findings are read.
    """
    kind = _type_of(file.readline())
    file.seek(0)
    if kind in ("diagnostic", "summary"):
        return _read_lines(file, name)
    envelope = _decoded(file.read(), SavedEnvelope, name)
    _know(envelope.schema_version, name)
    findings = map(_diagnostic, envelope.diagnostics)
    return _saved(findings, envelope.summary, name)


def _type_of(line: bytes) -> str:
    """The type of a line of `json-lines`; empty if it is not one."""
    try:
        return msgspec.json.decode(line, type=SavedTyped).type
    except _NO_JSON:
        return ""


def _read_lines(file: BinaryIO, name: str) -> Saved:
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
    last = file.read().rstrip().rpartition(b"\n")[2]
    if _type_of(last) != "summary":
        raise UsageError(f"`{name}` ends without a summary: the run broke off")
    summary = _decoded(last, SavedSummary, name)
    _know(summary.schema_version, name)
    return _saved(_findings(file, name), summary, name)


def _saved(findings: Iterator[Diagnostic], summary: SavedSummary, name: str) -> Saved:
    try:
        address = read_address(summary.documentation) if summary.documentation else ""
    except ValueError as error:
        raise UsageError(f"`{name}`: `documentation` {error}") from None
    return Saved(findings, _summary(summary), summary.fail_on, summary.exit_code, address)


def _findings(file: BinaryIO, name: str) -> Iterator[Diagnostic]:
    file.seek(0)
    for number, line in enumerate(file, 1):
        if line.isspace():
            continue
        if _type_of(line) == "summary":
            return
        yield _diagnostic(_decoded(line, SavedItem, f"{name}:{number}"))


def _decoded(data: bytes, kind: type[T], where: str) -> T:
    """JSON decoded into a record of type `kind`. Raises UsageError if that fails."""
    try:
        if b'_bytes"' not in data:  # as in most saved runs
            return msgspec.json.decode(data, type=kind)
        return msgspec.convert(_restored(msgspec.json.decode(data)), kind)
    except _NO_JSON as error:
        words = visible(str(error))
        raise UsageError(
            f"`{where}` is not what `--output-format json` or `json-lines` saves: {words}"
        ) from None


def _restored(value: Any) -> Any:
    """A JSON value with its texts restored: a key `x_bytes` has the bytes of `x` in base64.

    These are there for texts that are not UTF-8. The values of `data` are left as they are. Raises
    UsageError for bytes that are not base64.
    """
    if isinstance(value, list):
        return [_restored(one) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: one if key == "data" else _restored(one) for key, one in value.items()}
    for key, kept in value.items():
        name = key.removesuffix("_bytes")
        if name != key and name in told:
            told[name] = _text(told[name], kept)
    return told


def _text(value: Any, kept: Any) -> Any:
    """A text or a list of texts, from the bytes in `kept` where there are any."""
    if isinstance(kept, str):
        return os.fsdecode(_binary("", kept))
    if isinstance(kept, list) and isinstance(value, list):
        return [*map(_text, value, kept)]
    return value


def _binary(value: str, kept: str | None) -> bytes:
    """The bytes in `kept` (base64); if that is None, the bytes of the text. Raises UsageError."""
    try:
        return value.encode() if kept is None else base64.b64decode(kept, validate=True)
    except ValueError:
        raise UsageError(f"`{visible(kept or '')}` in a saved run is not base64") from None


def _know(version: int, name: str) -> None:
    if version != SCHEMA_VERSION:
        raise UsageError(
            f"`{name}` was saved in version {version} of the schema, and this is {SCHEMA_VERSION}"
        )


def _diagnostic(item: SavedItem) -> Diagnostic:
    if not (is_code(item.code) and is_name(item.name)):
        word = visible(f"{item.code} {item.name}")
        raise UsageError(f"`{word}` in a saved run is not the code and the name of a rule")
    document = item.document
    return Diagnostic(
        code=item.code,
        name=item.name,
        severity=item.severity,
        message=item.message,
        path=item.path,
        location=item.location.location,
        end_location=item.end_location.location,
        byte_offset=item.byte_offset,
        byte_length=item.byte_length,
        whole_file=item.whole_file,
        document_index=document.index or 0,
        document_id=document.id or "",
        help=item.help or "",
        label=item.label or "",
        notes=tuple(item.notes),
        fix=_fix(item.fix) if item.fix else None,
        related=tuple(map(_related, item.related)),
        fingerprint=item.fingerprint,
        data=item.data,
        excerpt=tuple(map(_line, item.excerpt)),
        divided=item.divided,
        of=document.path,
        byte_columns=(item.location.byte_column, item.end_location.byte_column),
        archive=item.archive.path if item.archive else "",
        kind=item.kind or usual_kind(item.code),
    )


def _related(item: SavedRelated) -> Related:
    return Related(
        item.path, item.message, item.location, item.archive.path if item.archive else ""
    )


def _fix(item: SavedFix) -> Fix:
    edits = [
        Edit(
            one.byte_offset,
            one.byte_offset + one.byte_length,
            _binary(one.content, one.content_bytes),
        )
        for one in item.edits
    ]
    return Fix(item.message, tuple(edits), item.applicability, _spans(item.edits))


def _spans(edits: Sequence[SavedEdit]) -> tuple[Span, ...]:
    """The spans of the edits, if all have one; else none."""
    spans = [
        Span(
            one.location.location,
            one.end_location.location,
            one.location.byte_column,
            one.end_location.byte_column,
        )
        for one in edits
        if one.location and one.end_location
    ]
    return tuple(spans) if len(spans) == len(edits) else ()


def _line(item: SavedLine) -> ExcerptLine:
    return ExcerptLine(
        item.row,
        _binary(item.text, item.text_bytes),
        item.start,
        item.end,
        cut_before=item.cut_before,
        cut_after=item.cut_after,
    )


def _suffixes(files: SavedFiles) -> dict[str, int]:
    """The counts of files by suffix; suffixes that are not UTF-8 are restored from their bytes."""
    found = dict(files.unclaimed_suffixes)
    for kept, count in files.unclaimed_suffixes_bytes.items():
        suffix = os.fsdecode(_binary("", kept))
        shown = text(suffix)
        found[shown] = found.get(shown, 0) - count
        found[suffix] = count
    return {suffix: count for suffix, count in sorted(found.items()) if count > 0}


def _summary(item: SavedSummary) -> Summary:
    files, documents, findings = item.files, item.documents, item.findings
    totals = Totals(
        files=files.matched,
        documents=documents.seen,
        rejected=documents.rejected,
        bytes=item.bytes,
        errors=findings.error,
        warnings=findings.warning,
        infos=findings.info,
        omitted=findings.omitted,
        unread=files.matched - files.checked,
        outside=item.outside,
    )
    left = item.unfinished
    return Summary(
        totals,
        files.matched,
        files.skipped_by_reason,
        _suffixes(files),
        Unfinished(left.after or "", left.all_files) if left else None,
        item.baseline,
        item.unchanged,
        item.suppressed,
        files.by_content,
    )
