"""The nouns: what a rule knows, what a report carries, what a renderer prints.

Offsets are bytes from 0. Rows and columns start at 1; a column counts code points; an end is
exclusive. Every record is frozen: nothing is stamped on later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import ClassVar, Final

from msgspec import Struct, field
from msgspec.structs import replace


class Severity(Enum):
    """How grave a finding is. The order of the members is the order of gravity."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return _RANKS[self]


_RANKS: Final = {severity: rank for rank, severity in enumerate(Severity)}


def failing(severity: Severity, fail_on: str) -> bool:
    """Whether a finding makes a run fail that fails on this severity or worse, or on `never`."""
    return fail_on != "never" and severity.rank >= Severity(fail_on).rank


class Applicability(Enum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Location(Struct, frozen=True):
    """A place for people: row and column from 1, the column in code points."""

    row: int
    column: int


class Span(Struct, frozen=True):
    """Where bytes stand, for people: the end is exclusive.

    Beside the columns in code points are those in bytes of UTF-8, from 1. They are 0 in a line that
    is longer than what is read at once.
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

    In a diagnostic `spans` says where each edit is, if that is known of all. `how` says of each
    edit by what it can be undone, where its invariant asks for that: the encodings that a text was
    misread in.
    """

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = Applicability.SAFE
    spans: tuple[Span, ...] = ()
    how: tuple[str, ...] = ()


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


class SpanFlaw(Flaw, frozen=True):
    """A flaw that stands at certain bytes."""

    start: int
    end: int

    def hit(self, message: str, **more: object) -> Hit:
        """A hit on these bytes."""
        return Hit(self.start, self.end, message, **more)  # type: ignore[arg-type]


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


class Related(Struct, frozen=True):
    """Another place that belongs to the same finding: the first use of an id, say."""

    path: str
    message: str
    location: Location | None = None


class Diagnostic(Struct, frozen=True):
    """A finding, complete: made in one place, from a hit and the file it was found in.

    `divided` says that the file is one of many documents; `document_index` tells which, from 1,
    and is 0 where it is about none of them. `of` is the path of the document, where `path` is that
    of the file beside it that holds its metadata. `byte_columns` are the columns of `location` and
    `end_location` in bytes of UTF-8, as in a `Span`.
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
        return Totals(*(a + b for a, b in zip(self.figures(), other.figures(), strict=True)))

    def figures(self) -> tuple[int, ...]:
        """The fields in order of declaration."""
        return tuple(getattr(self, name) for name in self.__struct_fields__)


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
        totals = self.totals
        counts = (
            (Severity.ERROR, totals.errors),
            (Severity.WARNING, totals.warnings),
            (Severity.INFO, totals.infos),
        )
        return next((severity for severity, count in counts if count), None)


class Fixed(Struct, frozen=True):
    """What was mended in a file, or would be: findings by code, and the difference as a patch."""

    path: str
    counts: Mapping[str, int]
    patch: bytes = b""


class Report(Struct, frozen=True):
    """What comes of one task: the sum of its clean files and the findings of the others.

    `columns` holds a list of keys for each kind of fact that the corpus rules asked for; its k-th
    entry belongs to the k-th document of the task (of the k-th file, if the file tells the fact)
    and is None where it has no such fact. `counts` says how many documents each file of the task
    holds; nothing means one each. `rejected` are the rejected documents of divided files, by name.
    `chunks` are files with the facts of the first documents, where these are very many. `fixed` are
    the files that were mended, in their order.
    """

    totals: Totals
    diagnostics: tuple[Diagnostic, ...]
    columns: tuple[Sequence[bytes | None], ...]
    counts: Sequence[int] = ()
    rejected: Mapping[bytes, Sequence[int]] = field(default_factory=dict)
    chunks: Sequence[str] = ()
    fixed: tuple[Fixed, ...] = ()


class Unfinished(Struct, frozen=True):
    """How far a run came that has not come to its end.

    `after` is the path of the last file that was checked, of which all before it were; empty if
    none was. With `all_files` only the corpus as a whole is left.
    """

    after: str
    all_files: bool


class Summary(Struct, frozen=True):
    """What a run did. `skipped` counts what was passed by, by reason.

    `suffixes` are those of the files among it that no profile is for. `fixed` counts the findings
    that were mended, or would be, by code, and `mended` the files.
    """

    totals: Totals
    matched: int
    skipped: Mapping[str, int]
    suffixes: Mapping[str, int] = field(default_factory=dict)
    unfinished: Unfinished | None = None
    fixed: Mapping[str, int] = field(default_factory=dict)
    mended: int = 0


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


class Unchecked(Flaw, frozen=True):
    """The check of a file broke off. `cause` is `killed`, `timeout`, `memory` or `defect`."""

    blocks: ClassVar[bool] = True
    cause: str
    reason: str


class Unfixed(Flaw, frozen=True):
    """The fixes of a rule were not made to a file. `code` and `name` are those of the rule."""

    code: str
    name: str
    why: str


class Unwritten(Flaw, frozen=True):
    """A file was fixed in memory and could not be written."""

    why: str
