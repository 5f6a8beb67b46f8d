"""The nouns: what a rule knows and a task brings; those of a finding are in `diagnostic`.

Offsets are bytes from 0. Rows and columns start at 1; a column counts code points; an end is
exclusive. Every record is frozen: nothing is stamped on later. The nouns of a finding are handed on
to all who ask for them here.
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

    `start` counts as that of the hit does. What lies before the bytes that the rule was shown has
    its `place`.
    """

    start: int
    message: str
    place: Location | None = None


class Hit(Struct, frozen=True):
    """What a rule knows: where in the bytes it was shown, what is wrong, what to do.

    `start` and `end` count from the first byte of what the rule was shown. A hit without a span
    (`start` is -1) is about the file as a whole. A `severity` stands above that of the rule.
    `beside` says that the bytes are those of the file that holds the metadata of the document.
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
        """The hit where its bytes count from another place; its edits keep counting as before."""
        related = tuple(replace(one, start=one.start + by) for one in self.related)
        return replace(self, start=self.start + by, end=self.end + by, related=related)


def about_file(message: str, **more: object) -> Hit:
    """A hit on the file as a whole: its name, its being there, its place in the corpus."""
    return Hit(-1, -1, message, **more)  # type: ignore[arg-type]


class Flaw(Struct, frozen=True):
    """What a stage of the way (source, decoder, divider, parser) stumbled on.

    A stage parses once and yields typed flaws; the rule that names this type turns it into a hit.
    After a flaw that `blocks`, the later families would speak of noise, so they do not run.
    """

    blocks: ClassVar[bool] = False


class BlockingFlaw(Flaw, frozen=True):
    """A flaw after which what follows would be noise."""

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
        """So many findings of each severity, and the other figures by name."""
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
        """Documents, bytes and findings; documents seen are valid or rejected."""
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
    """How far a run came that has not come to its end.

    `after` is the path of the last file that was checked, of which all before it were; empty if
    none was. With `all_files` only the corpus as a whole is left.
    """

    after: str
    all_files: bool


class Gone(Struct, frozen=True):
    """Known findings of a rule in a file that are not there any more, and how many they are."""

    path: str
    code: str
    count: int


class Against(Struct, frozen=True):
    """How a run compares with its baseline: so many findings are known, and these are gone."""

    known: int = 0
    gone: tuple[Gone, ...] = ()


class Summary(Struct, frozen=True):
    """What a run did. `skipped` counts what was passed by, by reason.

    `suffixes` are those of the files among it that no profile is for. `unchanged` are findings in
    what has not changed, where only what has is told. `suppressed` are not told by request.
    `by_content` counts, by profile, the files that were known by their content, not by their name.
    `fixed` counts the findings that were mended, or would be, by code, and `mended` the files.
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
        """The summary; documents seen are valid or rejected, there is no third."""
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
    """What comes of one file, or of bytes that stand for one; `path` is `-` if it has no name.

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
        """That of the gravest finding; None where nothing was found."""
        counts = self.totals.by_severity
        return next((severity for severity, count in counts.items() if count), None)

    def to_dict(self) -> dict[str, Any]:
        """The path, whether all is well, the figures and the findings."""
        item: dict[str, Any] = {
            "path": well_formed(self.path),
            "ok": self.ok,
            **self.totals.to_dict(),
        }
        keep_bytes(item, path=self.path)
        item["diagnostics"] = [found.to_dict() for found in self.diagnostics]
        return item

    def rows(self) -> list[Row]:
        """A flat row a finding, for a data frame."""
        return [found.to_row() for found in self.diagnostics]

    def __repr__(self) -> str:
        totals = self.totals
        told = f"{totals.errors} errors, {totals.warnings} warnings, {totals.infos} notes"
        return f"<Result {self.path!r}: {'ok' if self.ok else 'not ok'}, {told}>"


def _suffixes(counts: Mapping[str, int]) -> dict[str, Any]:
    """The suffixes of files without a profile; those that are not UTF-8 in bytes besides."""
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

    A run may mend a file twice; the second patch is that from then on.
    """

    path: str
    counts: Mapping[str, int]
    patch: bytes = b""


class Report(Struct, frozen=True):
    """What comes of one task: the sum of its clean files and the findings of the others.

    `columns` holds a list of keys for each kind of fact that the corpus rules asked for; its k-th
    entry belongs to the k-th document of the task (of the k-th file, if the file tells the fact)
    and is None where it has no such fact. `counts` says how many documents each file of the task
    holds; nothing means one each. `rejected` are the rejected documents of divided files, by name.
    `chunks` are files with the facts of the first documents, where these are very many. `muted`
    counts findings that are not told, by the number of the suppression of the configuration, -1 for
    comments. `fixed` are the files that were mended, in their order. Of an archive the facts are in
    `pieces`; `passed_by` counts its members that were not checked, by reason, and `suffixes` those
    of them that no profile is for.
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
    """Members of an archive that are in one directory and have one profile, with what they tell.

    The findings and the figures are those of the archive, and not in this report.
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

    `remedy` says what is to be done, where that is another thing than to mend the file by hand.
    """

    code: str
    name: str
    why: str
    remedy: str = ""


class Unwritten(Flaw, frozen=True):
    """A file was fixed in memory and could not be written."""

    why: str
