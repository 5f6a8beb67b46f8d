"""A finding, complete, and the same as plain data.

Offsets are bytes from 0. Rows and columns start at 1; a column counts code points; an end is
exclusive. `to_dict` gives what the format `json` prints (`seed-validator schema json`).
"""

from __future__ import annotations

import os
from binascii import b2a_base64
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, TypedDict

from msgspec import Struct

from . import __version__

SCHEMA_VERSION: Final = 1
"""The version of the keys that `to_dict` gives: within a version keys are only added."""

TOOL: Final[Mapping[str, str]] = {"name": "seed-validator", "version": __version__}


class Severity(StrEnum):
    """How grave a finding is; it equals its name, `"error"`, and is ordered by gravity.

    So `found.severity >= "warning"` tells warnings and errors. The order of the members is the
    order of gravity.
    """

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]

    def __lt__(self, other: str) -> bool:
        return self.rank < Severity(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank <= Severity(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank > Severity(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank >= Severity(other).rank


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


def failing(severity: Severity, fail_on: str) -> bool:
    """Whether a finding of this severity makes a run fail.

    `fail_on` is the least severity that makes it fail, or `never`.
    """
    return fail_on != "never" and severity >= fail_on


class FindingKind(StrEnum):
    """What a finding is about; it equals its name, `"reader"`. `meaning` tells it in words."""

    READER = "reader"
    TEXT = "text"
    PROFILE = "profile"
    CORPUS = "corpus"
    RUN = "run"

    @property
    def meaning(self) -> str:
        """What findings of this kind are about."""
        return _MEANINGS[self]


_MEANINGS: Final = {
    FindingKind.READER: "whether programs read the file, whole and alike",
    FindingKind.TEXT: "what programs read as it stands, and people may not have meant",
    FindingKind.PROFILE: "what the profile asks for: names, fields, sections",
    FindingKind.CORPUS: "what documents and files say of each other",
    FindingKind.RUN: "what a run could not do, or was told to no effect",
}

USUAL_KINDS: Final[Mapping[str, FindingKind]] = {
    "FIL": FindingKind.READER,
    "ENC": FindingKind.READER,
    "TXT": FindingKind.TEXT,
    "DEL": FindingKind.READER,
    "MET": FindingKind.READER,
    "BOD": FindingKind.PROFILE,
    "COR": FindingKind.CORPUS,
    "FIL3": FindingKind.RUN,
    "MET1": FindingKind.PROFILE,
}
"""By the first three or four characters of a code: the kind of a rule that declares none."""


def usual_kind(code: str) -> FindingKind:
    """The kind of a rule with this code that declares none; `reader` if the code is unknown."""
    return USUAL_KINDS.get(code[:4]) or USUAL_KINDS.get(code[:3], FindingKind.READER)


class Applicability(StrEnum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Location(Struct, frozen=True):
    """A place for people: row and column from 1, the column in code points."""

    row: int
    column: int


class Span(Struct, frozen=True):
    """Where bytes stand, for people: the end is exclusive.

    `start_byte` and `end_byte` are the columns in bytes of UTF-8, from 1. They are 0 where the line
    begins before the window that was read.
    """

    start: Location
    end: Location
    start_byte: int = 0
    end_byte: int = 0


class Edit(Struct, frozen=True):
    """Replace the bytes `start:end` by `content`."""

    start: int
    end: int
    content: bytes


class Fix(Struct, frozen=True):
    """Edits that mend one finding, and the words for them.

    In a diagnostic `spans` has the place of each edit; it is empty if one is unknown. `how` says of
    each edit what its invariant asks for: the encodings that a text was misread in, the name that a
    field gets, the marker that is written. A fix of the file as a whole has a `recipe` instead of
    edits (`fix/recipes`). `ends_lines` says that each LF in the edits of a rule stands for the line
    end that the file has; in a diagnostic it is replaced by that line end.
    """

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE
    spans: tuple[Span, ...] = ()
    how: tuple[str, ...] = ()
    recipe: str = ""
    ends_lines: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The fix, as it stands in `Diagnostic.to_dict`."""
        edits: list[dict[str, Any]] = []
        for number, edit in enumerate(self.edits):
            content = edit.content.decode("utf-8", "replace")
            told: dict[str, Any] = {
                "byte_offset": edit.start,
                "byte_length": edit.end - edit.start,
                "content": content,
            }
            if content.encode() != edit.content:
                told["content_bytes"] = _base64(edit.content)
            if self.spans:
                span = self.spans[number]
                told["location"] = _location(span.start, span.start_byte)
                told["end_location"] = _location(span.end, span.end_byte)
            edits.append(told)
        item: dict[str, Any] = {
            "applicability": self.applicability.value,
            "message": well_formed(self.message),
            "edits": edits,
        }
        keep_bytes(item, message=self.message)
        return item


class ExcerptLine(Struct, frozen=True):
    """One line of a file for display, raw, cut to a bounded length around the span.

    `start` and `end` are the marked bytes within `data`; equal when nothing is marked.
    """

    row: int
    data: bytes
    start: int = 0
    end: int = 0
    cut_before: bool = False
    cut_after: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The line, as it stands in `Diagnostic.to_dict`."""
        item: dict[str, Any] = {"row": self.row, "text": self.data.decode("utf-8", "replace")}
        if not self.data.isascii() and item["text"].encode() != self.data:
            item["text_bytes"] = _base64(self.data)
        if self.start or self.end:
            item["start"], item["end"] = self.start, self.end
        if self.cut_before:
            item["cut_before"] = True
        if self.cut_after:
            item["cut_after"] = True
        return item


class Related(Struct, frozen=True):
    """Another place that belongs to the same finding: the first use of an id, say.

    `archive` is as in `Diagnostic`.
    """

    path: str
    message: str
    location: Location | None = None
    archive: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The place, as it stands in `Diagnostic.to_dict`."""
        item: dict[str, Any] = {
            "path": well_formed(self.path),
            "message": well_formed(self.message),
            "location": _location(self.location, 0) if self.location else None,
        }
        if self.archive:
            item["archive"] = inside(self.archive, self.path)
        keep_bytes(item, path=self.path, message=self.message)
        return item


class Row(TypedDict):
    """A finding as a flat row of a table: no value in it is nested. `fix` is `safe` or `unsafe`."""

    path: str
    document_index: int | None
    document_id: str | None
    code: str
    name: str
    kind: str
    severity: str
    message: str
    help: str | None
    row: int
    column: int
    end_row: int
    end_column: int
    byte_offset: int
    byte_length: int
    whole_file: bool
    fix: str | None
    fingerprint: str


class Diagnostic(Struct, frozen=True):
    """A finding, complete: made in one place, from a hit and the file it was found in.

    `divided` says that the file is one of many documents; `document_index` tells which, from 1,
    and is 0 where it is about none of them. `of` is the path of the document, where `path` is that
    of the file beside it that holds its metadata. `byte_columns` are the columns of `location` and
    `end_location` in bytes of UTF-8, as in a `Span`. `archive` is the path of the archive that the
    file is a member of; `path` is then that, `!` and the name of the member.
    """

    code: str
    name: str
    severity: Severity
    message: str
    path: str
    location: Location
    end_location: Location
    byte_offset: int
    byte_length: int
    whole_file: bool
    document_index: int
    document_id: str
    help: str
    label: str
    notes: tuple[str, ...]
    fix: Fix | None
    related: tuple[Related, ...]
    fingerprint: str
    data: Mapping[str, object]
    excerpt: tuple[ExcerptLine, ...]
    divided: bool = False
    of: str = ""
    byte_columns: tuple[int, int] = (0, 0)
    archive: str = ""
    kind: FindingKind = FindingKind.READER

    def to_dict(self) -> dict[str, Any]:
        """The finding as the format `json` has it; keys are stable within a schema version."""
        start, end = self.byte_columns
        document: dict[str, Any] = {
            "index": self.document_index or None,
            "id": well_formed(self.document_id) or None,
        }
        item: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "severity": self.severity.value,
            "message": well_formed(self.message),
            "path": well_formed(self.path),
            "location": _location(self.location, start),
            "end_location": _location(self.end_location, end),
            "byte_offset": self.byte_offset,
            "byte_length": self.byte_length,
            "whole_file": self.whole_file,
            "divided": self.divided,
            "document": document,
            "help": well_formed(self.help) or None,
            "label": well_formed(self.label) or None,
            "notes": [well_formed(note) for note in self.notes],
            "fix": self.fix.to_dict() if self.fix else None,
            "related": [related.to_dict() for related in self.related],
            "fingerprint": self.fingerprint,
            "data": dict(self.data),
            "excerpt": [line.to_dict() for line in self.excerpt],
        }
        if self.archive:
            item["archive"] = inside(self.archive, self.path)
        if self.of:
            document["path"] = well_formed(self.of)
        if not f"{self.message}{self.path}{self.help}{self.label}".isascii():
            keep_bytes(item, message=self.message, path=self.path, help=self.help, label=self.label)
        if not f"{self.document_id}{self.of}".isascii():
            keep_bytes(document, id=self.document_id, path=self.of)
        if item["notes"] != [*self.notes]:
            item["notes_bytes"] = [as_bytes(note) for note in self.notes]
        return item

    def to_row(self) -> Row:
        """The finding as a flat row of a table."""
        return {
            "path": well_formed(self.path),
            "document_index": self.document_index or None,
            "document_id": well_formed(self.document_id) or None,
            "code": self.code,
            "name": self.name,
            "kind": self.kind.value,
            "severity": self.severity.value,
            "message": well_formed(self.message),
            "help": well_formed(self.help) or None,
            "row": self.location.row,
            "column": self.location.column,
            "end_row": self.end_location.row,
            "end_column": self.end_location.column,
            "byte_offset": self.byte_offset,
            "byte_length": self.byte_length,
            "whole_file": self.whole_file,
            "fix": self.fix.applicability.value if self.fix else None,
            "fingerprint": self.fingerprint,
        }

    def __repr__(self) -> str:
        place = f"{self.path!r}:{self.location.row}:{self.location.column}"
        return f"<{self.severity} {self.code} at {place}: {self.message!r}>"


def well_formed(value: str) -> str:
    """`value` without lone surrogates, which are not JSON that every reader takes."""
    if value.isascii():
        return value
    return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def keep_bytes(item: dict[str, Any], **texts: str) -> None:
    """Add to `item`, as `KEY_bytes`, the bytes of each text that `well_formed` has changed.

    `texts` are the original texts by their keys in `item`. The bytes are in base64.
    """
    for key, value in texts.items():
        if value and item[key] != value:
            item[f"{key}_bytes"] = as_bytes(value)


def inside(archive: str, path: str) -> dict[str, Any]:
    """The path of an archive and the name of its member; `path` is both, with a `!` between."""
    member = path[len(archive) + 1 :]
    told = {"path": well_formed(archive), "member": well_formed(member)}
    keep_bytes(told, path=archive, member=member)
    return told


def as_bytes(value: str) -> str | None:
    """The bytes of a name from a file system, in base64; None if the text cannot be such a name."""
    try:
        return _base64(os.fsencode(value))
    except UnicodeEncodeError:  # no name from a file system: it has no bytes
        return None


def _base64(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")


def _location(location: Location, byte_column: int) -> dict[str, int]:
    if byte_column:
        return {"row": location.row, "column": location.column, "byte_column": byte_column}
    return {"row": location.row, "column": location.column}
