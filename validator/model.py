"""The records that rules and tasks give; those of a finding are in `diagnostic`.

Offsets are bytes from 0. Rows and columns start at 1; a column counts code points; an end is
exclusive. Every record is frozen, and complete when it is made. The records of a finding can be
imported from here, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add
from typing import Any, ClassVar

from msgspec import Struct, field
from msgspec.structs import astuple, replace

from .diagnostic import (
    Applicability,
    Diagnostic,
    Edit,
    ExcerptLine,
    FindingKind,
    Fix,
    Location,
    Related,
    Row,
    Severity,
    Span,
    as_bytes,
    failing,
    keep_bytes,
    usual_kind,
    well_formed,
)


class Aside(Struct, frozen=True):
    """Another place of the file that a hit is about, and what is there: the first of two keys, say.

    `start` counts from the same byte as that of the hit. If the place lies before the bytes that
    the rule was shown, `place` is its row and column.
    """

    start: int
    message: str
    place: Location | None = None


class Hit(Struct, frozen=True):
    """What a rule knows: where in the bytes it was shown, what is wrong, what to do.

    `start` and `end` count from the first byte of what the rule was shown. A hit without a span
    (`start` is -1) is about the file as a whole. A `severity` replaces that of the rule. `beside`
    says that the bytes are those of the sidecar file with the metadata of the document.
    """

    start: int
    end: int
    message: str
    help: str = ""
    label: str = ""
    notes: tuple[str, ...] = ()
    fix: Fix | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    beside: bool = False
    related: tuple[Aside, ...] = ()

    def moved(self, by: int) -> Hit:
        """The hit with `by` bytes added to its offsets; the offsets of its edits stay the same."""
        related = tuple(replace(one, start=one.start + by) for one in self.related)
        return replace(self, start=self.start + by, end=self.end + by, related=related)


def about_file(message: str, **more: object) -> Hit:
    """A hit on the file as a whole: its name, its being there, its place in the corpus."""
    return Hit(-1, -1, message, **more)  # type: ignore[arg-type]


class Flaw(Struct, frozen=True):
    """What a stage (source, decoder, divider, parser) found wrong.

    A stage parses once and yields typed flaws; the rule that names this type turns it into a hit.
    After a flaw that `blocks`, later families of rules would report noise, so they do not run.
    """

    blocks: ClassVar[bool] = False


class BlockingFlaw(Flaw, frozen=True):
    """A flaw after which the later families of rules do not run."""

    blocks: ClassVar[bool] = True


class SpanFlaw(Flaw, frozen=True):
    """A flaw that stands at certain bytes."""

    start: int
    end: int

    def hit(self, message: str, **more: object) -> Hit:
        """A hit on these bytes."""
        return Hit(self.start, self.end, message, **more)  # type: ignore[arg-type]


class Totals(Struct, frozen=True):
    """What was checked, and what came of it. Totals add up, whatever the order.

    `outside` are bytes that belong to no document: text between markers, and markers that are
    not part of one.
    """

    files: int = 0
    documents: int = 0
    rejected: int = 0
    bytes: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    omitted: int = 0
    unread: int = 0
    outside: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(*map(add, self.figures(), other.figures()))

    @classmethod
    def of_findings(cls, counts: Mapping[Severity, int], **more: int) -> Totals:
        """Totals of these numbers of findings by severity; `more` are other fields by name."""
        errors, warnings, infos = (
            counts.get(one, 0) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO)
        )
        return cls(errors=errors, warnings=warnings, infos=infos, **more)

    @property
    def findings(self) -> int:
        """How many findings there are, of any severity."""
        return self.errors + self.warnings + self.infos

    @property
    def by_severity(self) -> dict[Severity, int]:
        """How many findings of each severity there are, the gravest first."""
        return {
            Severity.ERROR: self.errors,
            Severity.WARNING: self.warnings,
            Severity.INFO: self.infos,
        }

    def figures(self) -> tuple[int, ...]:
        """The fields in order of declaration."""
        figures: tuple[int, ...] = astuple(self)
        return figures

    def to_dict(self) -> dict[str, Any]:
        """Documents, bytes and findings; a document seen is either valid or rejected."""
        return {
            "documents": {
                "seen": self.documents,
                "valid": self.documents - self.rejected,
                "rejected": self.rejected,
            },
            "bytes": self.bytes,
            "outside": self.outside,
            "findings": {
                "error": self.errors,
                "warning": self.warnings,
                "info": self.infos,
                "omitted": self.omitted,
            },
        }


class Unfinished(Struct, frozen=True):
    """How far a run came that did not reach its end.

    All files up to the path `after` were checked; it is empty if none was. `all_files` says that
    all files were, and only the checks of the corpus as a whole are left.
    """

    after: str
    all_files: bool


class Gone(Struct, frozen=True):
    """Known findings of a rule in a file that are not there any more, and how many they are."""

    path: str
    code: str
    count: int


class Against(Struct, frozen=True):
    """How a run compares with its baseline: `known` findings are in it, those `gone` only there."""

    known: int = 0
    gone: tuple[Gone, ...] = ()


class Summary(Struct, frozen=True):
    """What a run did. `skipped` counts the files that were not checked, by reason.

    `suffixes` counts, by suffix, those of them that no profile is for. `unchanged` counts findings
    in files without a change, where only changed ones are told (else it is None). `suppressed`
    counts findings that are not told by request. `by_content` counts, by profile, the files whose
    profile was chosen by their content, not by their name. `fixed` counts, by code, the findings
    that were mended, or would be, and `mended` the files.
    """

    totals: Totals
    matched: int
    skipped: Mapping[str, int]
    suffixes: Mapping[str, int] = field(default_factory=dict)
    unfinished: Unfinished | None = None
    baseline: Against | None = None
    unchanged: int | None = None
    suppressed: int = 0
    by_content: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, int] = field(default_factory=dict)
    mended: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The summary as plain data; a document seen is either valid or rejected."""
        told: dict[str, Any] = {
            "files": {
                "matched": self.matched,
                "checked": self.totals.files - self.totals.unread,
                "skipped": sum(self.skipped.values()),
                "skipped_by_reason": dict(sorted(self.skipped.items())),
                **_suffixes(self.suffixes),
                "by_content": dict(sorted(self.by_content.items())),
            },
            **self.totals.to_dict(),
        }
        if self.baseline:
            gone = [
                {"path": well_formed(one.path), "code": one.code, "count": one.count}
                for one in self.baseline.gone
            ]
            told["baseline"] = {"known": self.baseline.known, "gone": gone}
        if self.unchanged is not None:
            told["unchanged"] = self.unchanged
        if self.suppressed:
            told["suppressed"] = self.suppressed
        if self.unfinished:
            left = self.unfinished
            told["unfinished"] = {
                "after": well_formed(left.after) or None,
                "all_files": left.all_files,
            }
            keep_bytes(told["unfinished"], after=left.after)
        return told


class Result(Struct, frozen=True):
    """The result of checking one file, or bytes in memory; `path` is `-` if these have no name.

    A file may hold many documents, which `totals` counts; `diagnostics` come in order of offset.
    """

    path: str
    diagnostics: tuple[Diagnostic, ...]
    totals: Totals

    @property
    def ok(self) -> bool:
        """Whether no error was found. Warnings and notes are no errors."""
        return not self.totals.errors

    @property
    def severity(self) -> Severity | None:
        """The severity of the gravest finding; None where nothing was found."""
        counts = self.totals.by_severity
        return next((severity for severity, count in counts.items() if count), None)

    def to_dict(self) -> dict[str, Any]:
        """The path, `ok`, the figures and the findings, as plain data."""
        item: dict[str, Any] = {
            "path": well_formed(self.path),
            "ok": self.ok,
            **self.totals.to_dict(),
        }
        keep_bytes(item, path=self.path)
        item["diagnostics"] = [found.to_dict() for found in self.diagnostics]
        return item

    def rows(self) -> list[Row]:
        """A flat row for each finding, for a data frame."""
        return [found.to_row() for found in self.diagnostics]

    def __repr__(self) -> str:
        totals = self.totals
        told = f"{totals.errors} errors, {totals.warnings} warnings, {totals.infos} notes"
        return f"<Result {self.path!r}: {'ok' if self.ok else 'not ok'}, {told}>"


def _suffixes(counts: Mapping[str, int]) -> dict[str, Any]:
    """The suffixes of files without a profile; those that are not UTF-8 also as their bytes."""
    told: dict[str, int] = {}
    odd: dict[str | None, int] = {}
    for suffix, count in sorted(counts.items()):
        shown = well_formed(suffix)
        told[shown] = told.get(shown, 0) + count
        if shown != suffix:
            odd[as_bytes(suffix)] = count
    more = {"unclaimed_suffixes_bytes": odd} if odd else {}
    return {"unclaimed_suffixes": told, **more}


class Fixed(Struct, frozen=True):
    """What was mended in a file, or would be: findings by code, and the difference as a patch.

    A run may mend a file twice; the second patch begins with the result of the first.
    """

    path: str
    counts: Mapping[str, int]
    patch: bytes = b""


class Report(Struct, frozen=True):
    """What comes of one task: the sum of its clean files and the findings of the others.

    `columns` holds a list of keys for each kind of fact that the corpus rules asked for; its k-th
    entry belongs to the k-th document of the task (of the k-th file, if the file tells the fact)
    and is None where it has no such fact. `counts` says how many documents each file of the task
    holds; empty means one each. `rejected` are the rejected documents of divided files, by name.
    `chunks` are files with the facts of the first documents, where these are very many. `muted`
    counts suppressed findings, by the number of the suppression in the configuration, -1 for
    comments. `fixed` are the files that were mended, in their order. The facts of an archive are in
    `pieces`; `passed_by` counts its members that were not checked, by reason, and `suffixes`, by
    suffix, those of them that no profile is for.
    """

    totals: Totals
    diagnostics: tuple[Diagnostic, ...]
    columns: tuple[Sequence[bytes | None], ...]
    counts: Sequence[int] = ()
    rejected: Mapping[bytes, Sequence[int]] = field(default_factory=dict)
    chunks: Sequence[str] = ()
    muted: Mapping[int, int] = field(default_factory=dict)
    fixed: tuple[Fixed, ...] = ()
    pieces: tuple[Piece, ...] = ()
    passed_by: Mapping[str, int] = field(default_factory=dict)
    suffixes: Mapping[str, int] = field(default_factory=dict)


class Piece(Struct, frozen=True):
    """The facts of the members of an archive that are in one directory and have one profile.

    Their findings and figures are in the report of the archive, not in this one.
    """

    profile: int
    folder: bytes
    names: tuple[bytes, ...]
    report: Report


class Unchecked(Flaw, frozen=True):
    """The check of a file broke off. `cause` is `killed`, `timeout`, `memory` or `defect`."""

    blocks: ClassVar[bool] = True
    cause: str
    reason: str


def apply_edits(data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data` with the edits done. Raises ValueError when two edits overlap."""
    parts: list[bytes] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < done:
            raise ValueError(f"edits overlap at byte {edit.start}")
        parts += (data[done : edit.start], edit.content)
        done = edit.end
    parts.append(data[done:])
    return b"".join(parts)


class Unfixed(Flaw, frozen=True):
    """The fixes of a rule were not made to a file. `code` and `name` are those of the rule.

    `remedy` says what to do, where that is something else than to mend the file by hand.
    """

    code: str
    name: str
    why: str
    remedy: str = ""


class Unwritten(Flaw, frozen=True):
    """A file was fixed in memory and could not be written."""

    why: str
