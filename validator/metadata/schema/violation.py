"""What the schema engine takes in and gives out: a context for a document, and violations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct, field

from ...document import Document, Node, Span
from ...model import Aside, Fix, Hit, Severity
from ...settings.exemptions import Exemption
from ...text.lines import Window
from ..fields import within

WHOLE: Final = "the metadata"
"""What messages call the value that the whole schema is about."""

CAUSES: Final = (
    "missing-field",
    "unknown-field",
    "wrong-type",
    "value-not-allowed",
    "malformed-value",
    "out-of-range",
    "bad-date",
    "value-mismatch",
    "key-order",
    "unsorted-list",
    "repeated-item",
    "deprecated-field",
    "schema-violation",
)
"""The kinds of violation; each is the name of a rule."""

Path = tuple[str | int, ...]
"""Keys and indexes that lead from the metadata to a value, or from a schema to a part of it."""


class Context(Struct, frozen=True):
    """What a schema may know of a document beside its schema.

    `values` is the metadata. By `identity`, its id, the document goes in exemptions; `exempt` are
    those that the schema does not hold. Both matter only to `violations`.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    document: Document = Document(Window(b""), (0, 0))
    identity: str = ""
    exempt: tuple[Exemption, ...] = ()

    def field(self, name: str) -> Any:
        """The value of a field of the file (`file.id`) or of the metadata; None if it has none."""
        fields = self.document.place.fields
        return fields[name] if name in fields else within(self.values, name)

    @property
    def today(self) -> date:
        """The day of the run."""
        return self.document.place.today

    @property
    def body(self) -> bytes:
        """The bytes of the body."""
        return self.document.text

    @property
    def data(self) -> bytes:
        """All bytes of the document."""
        return self.document.data

    @property
    def source(self) -> bytes:
        """The bytes that the metadata stand in."""
        return self.document.holder.data

    @property
    def anchor(self) -> Span:
        """Where a missing field is reported: the first line of the metadata, or of the document."""
        holder = self.document.holder
        window = holder.window
        return window.line_bounds(window.line_at(max(holder.block[0], 0)))


Tree = Callable[[], Node | None]
"""Gives the metadata with spans; asked only for a document that fails."""


class Violation(Struct, frozen=True):
    """One thing that the metadata does against its schema.

    `cause` is one of CAUSES, `keyword` the word of the schema, `path` leads to the value, `schema`
    to the keyword. `start` and `end` are bytes of what holds the metadata, and so are those of the
    edits of `fix`. `severity` is None where the schema does not say.
    """

    cause: str
    keyword: str
    path: Path
    schema: Path
    start: int
    end: int
    message: str
    help: str = ""
    severity: Severity | None = None
    notes: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    related: tuple[Aside, ...] = ()
    fix: Fix | None = None

    def hit(self, whole: str = "") -> Hit:
        """The hit of it; messages about the whole that the schema is of call it `whole`."""
        message = self.message
        if whole and message.startswith(WHOLE):
            message = whole + message.removeprefix(WHOLE)
        return Hit(
            self.start,
            self.end,
            message,
            help=self.help,
            notes=self.notes,
            data=self.data,
            severity=self.severity,
            related=self.related,
        )
