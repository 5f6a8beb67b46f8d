"""The input and output of the schema engine: the context of a document, and violations."""

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
"""The name of the value of the whole schema in messages."""

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
"""Keys and indexes (from 0) that lead from the metadata to a value, or from a schema to a part."""


class Context(Struct, frozen=True):
    """A document, as the keywords of a schema may ask it.

    `values` is its metadata. `identity` is its id, by which exemptions name it; `exempt` are the
    exemptions that are declared outside of the schema. Both are used only by `violations`.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    document: Document = Document(Window(b""), (0, 0))
    identity: str = ""
    exempt: tuple[Exemption, ...] = ()

    def field(self, name: str) -> Any:
        """The value of a field of the file (`file.id`) or of the metadata; None without such."""
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
        """The bytes that the metadata was read from."""
        return self.document.holder.data

    @property
    def anchor(self) -> Span:
        """The span at which missing fields are reported: the first line of metadata or document."""
        holder = self.document.holder
        window = holder.window
        return window.line_bounds(window.line_at(max(holder.block[0], 0)))


Tree = Callable[[], Node | None]
"""Gives the metadata with spans; called only for a document that does not fit."""


class Violation(Struct, frozen=True):
    """One place where the metadata does not fit its schema.

    `cause` is one of CAUSES, `keyword` the word of the schema; `path` leads to the value, `schema`
    to the keyword. `start` and `end`, and the edits of `fix`, are byte offsets in the source of the
    metadata (`Context.source`). `severity` is None if the schema does not say it.
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
        """The violation as a hit; `whole` replaces "the metadata" at the start of its message."""
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
