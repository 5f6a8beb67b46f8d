"""A run that was saved as `json` or `json-lines`, read again: findings and summary as they were."""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final, TypeVar

import msgspec
from msgspec import Struct

from ..errors import UsageError
from ..model import (
    Against,
    Diagnostic,
    Edit,
    ExcerptLine,
    Fix,
    Gone,
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
    SavedArchive,
    SavedBaseline,
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
"""Bytes at the end of a file among which its last line is."""

T = TypeVar("T")


class Saved(Struct, frozen=True):
    """A run: its findings, to go over once, and its summary.

    `fail_on` is the least severity that failed it, `exit_code` what it ended with, `documentation`
    the address of the pages of the rules, if it had one.
    """

    findings: Iterator[Diagnostic]
    summary: Summary
    fail_on: str
    exit_code: int
    documentation: str = ""


def read_saved(file: BinaryIO, name: str) -> Saved:
    """The run in a file that can be read from its start again; `name` is for messages.

    Of `json-lines` one finding at a time is in memory. Raises UsageError, then or while the
    findings are gone over, when the file is not a run that was saved.
    """
    try:
        kind = msgspec.json.decode(file.readline(), type=SavedTyped).type
    except (msgspec.DecodeError, UnicodeDecodeError):
        kind = ""
    file.seek(0)
    if kind in ("diagnostic", "summary"):
        return _read_lines(file, name)
    envelope = _decoded(file.read(), SavedEnvelope, name)
    _know(envelope.schema_version, name)
    findings = map(_diagnostic, envelope.diagnostics)
    return _saved(findings, envelope.summary, name)


def _read_lines(file: BinaryIO, name: str) -> Saved:
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
    last = file.read().rstrip().rpartition(b"\n")[2]
    try:
        if msgspec.json.decode(last, type=SavedTyped).type != "summary":
            raise msgspec.DecodeError
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UsageError(f"`{name}` ends without a summary: the run broke off") from None
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
        where = f"{name}:{number}"
        if _decoded(line, SavedTyped, where).type == "summary":
            return
        yield _diagnostic(_decoded(line, SavedItem, where))


def _decoded(data: bytes, kind: type[T], where: str) -> T:
    """JSON as a record. Raises UsageError when it is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        words = visible(str(error))
        raise UsageError(
            f"`{where}` is not what `--output-format json` or `json-lines` saves: {words}"
        ) from None


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
    notes = item.notes
    if item.notes_bytes:
        pairs = zip(notes, item.notes_bytes, strict=False)
        notes = [_text(note, kept) for note, kept in pairs]
    return Diagnostic(
        code=item.code,
        name=item.name,
        severity=item.severity,
        message=_text(item.message, item.message_bytes),
        path=_text(item.path, item.path_bytes),
        location=item.location.location,
        end_location=item.end_location.location,
        byte_offset=item.byte_offset,
        byte_length=item.byte_length,
        whole_file=item.whole_file,
        document_index=document.index or 0,
        document_id=_text(document.id or "", document.id_bytes),
        help=_text(item.help or "", item.help_bytes),
        label=_text(item.label or "", item.label_bytes),
        notes=tuple(notes),
        fix=_fix(item.fix) if item.fix else None,
        related=tuple(map(_related, item.related)),
        fingerprint=item.fingerprint,
        data=item.data,
        excerpt=tuple(map(_line, item.excerpt)),
        divided=item.divided,
        of=_text(document.path, document.path_bytes),
        byte_columns=(item.location.byte_column, item.end_location.byte_column),
        archive=_archive(item.archive),
        kind=item.kind or usual_kind(item.code),
    )


def _archive(item: SavedArchive | None) -> str:
    return _text(item.path, item.path_bytes) if item else ""


def _text(value: str, kept: str | None) -> str:
    """A text; where it was not UTF-8, of the bytes that were kept."""
    return value if kept is None else os.fsdecode(_binary(value, kept))


def _binary(value: str, kept: str | None) -> bytes:
    """The bytes that were kept in base64, or else of the text."""
    try:
        return value.encode() if kept is None else base64.b64decode(kept, validate=True)
    except (binascii.Error, ValueError):
        raise UsageError(f"`{visible(kept or '')}` in a saved run is not base64") from None


def _related(item: SavedRelated) -> Related:
    where = item.location.location if item.location else None
    return Related(
        _text(item.path, item.path_bytes),
        _text(item.message, item.message_bytes),
        where,
        _archive(item.archive),
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
    message = _text(item.message, item.message_bytes)
    return Fix(message, tuple(edits), item.applicability, _spans(item.edits))


def _spans(edits: Sequence[SavedEdit]) -> tuple[Span, ...]:
    """Where the edits are, if that is told of all."""
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
    """The suffixes as they were: of those that are not UTF-8 the bytes."""
    found = dict(files.unclaimed_suffixes)
    for kept, count in files.unclaimed_suffixes_bytes.items():
        suffix = _text("", kept)
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
    after = left and _text(left.after or "", left.after_bytes)
    return Summary(
        totals,
        files.matched,
        files.skipped_by_reason,
        _suffixes(files),
        Unfinished(after or "", left.all_files) if left else None,
        _against(item.baseline) if item.baseline else None,
        item.unchanged,
        item.suppressed,
        files.by_content,
    )


def _against(item: SavedBaseline) -> Against:
    return Against(item.known, tuple(Gone(one.path, one.code, one.count) for one in item.gone))
