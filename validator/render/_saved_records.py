"""The JSON that `_json` writes, as records: a saved run is read into them; other JSON is refused.

Unknown keys are ignored: within a version of the schema keys may be added.

`_saved` has restored texts that are not UTF-8 (from keys such as `path_bytes`) before it makes
these records; only the content of a file is decoded to bytes here.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from ..model import Against, Applicability, FindingKind, Location, Severity
from ._json import SCHEMA_VERSION


class SavedPlace(Struct, frozen=True):
    row: int
    column: int
    byte_column: int = 0

    @property
    def location(self) -> Location:
        return Location(self.row, self.column)


class SavedEdit(Struct, frozen=True):
    byte_offset: int
    byte_length: int
    content: str
    content_bytes: str | None = None
    location: SavedPlace | None = None
    end_location: SavedPlace | None = None


class SavedFix(Struct, frozen=True):
    applicability: Applicability
    message: str
    edits: list[SavedEdit]


class SavedArchive(Struct, frozen=True):
    path: str


class SavedRelated(Struct, frozen=True):
    path: str
    message: str
    location: Location | None
    archive: SavedArchive | None = None


class SavedDocument(Struct, frozen=True):
    index: int | None
    id: str | None
    path: str = ""


class SavedLine(Struct, frozen=True):
    row: int
    text: str
    text_bytes: str | None = None
    start: int = 0
    end: int = 0
    cut_before: bool = False
    cut_after: bool = False


class SavedItem(Struct, frozen=True):
    """A finding, as `_json.diagnostic` writes it."""

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    location: SavedPlace
    end_location: SavedPlace
    byte_offset: int
    byte_length: int
    whole_file: bool
    divided: bool
    document: SavedDocument
    help: str | None
    label: str | None
    notes: list[str]
    fix: SavedFix | None
    related: list[SavedRelated]
    fingerprint: str
    data: dict[str, Any]
    excerpt: list[SavedLine]
    archive: SavedArchive | None = None
    kind: FindingKind | None = None


class SavedFiles(Struct, frozen=True):
    matched: int
    checked: int
    skipped_by_reason: dict[str, int]
    unclaimed_suffixes: dict[str, int]
    unclaimed_suffixes_bytes: dict[str, int] = {}
    by_content: dict[str, int] = {}


class SavedDocuments(Struct, frozen=True):
    seen: int
    rejected: int


class SavedFindings(Struct, frozen=True):
    error: int
    warning: int
    info: int
    omitted: int


class SavedUnfinished(Struct, frozen=True):
    after: str | None
    all_files: bool


class SavedSummary(Struct, frozen=True):
    """The figures, as `_json.figures` writes them."""

    files: SavedFiles
    documents: SavedDocuments
    bytes: int
    outside: int
    findings: SavedFindings
    fail_on: Literal["error", "warning", "info", "never"]
    exit_code: int
    unfinished: SavedUnfinished | None = None
    baseline: Against | None = None
    unchanged: int | None = None
    suppressed: int = 0
    documentation: str = ""
    schema_version: int = SCHEMA_VERSION


class SavedEnvelope(Struct, frozen=True):
    schema_version: int
    diagnostics: list[SavedItem]
    summary: SavedSummary


class SavedTyped(Struct, frozen=True):
    type: str
