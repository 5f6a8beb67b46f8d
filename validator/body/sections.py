"""The option `body.sections`: which sections must be there, in which order, with what in them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, field

from ..errors import MisplacedError
from ..settings.exemptions import Exempt
from ..settings.options import Option, Word
from ..settings.severity import Grade
from ..settings.terms import Terms
from ..settings.value_types import Table
from .headings import MARKDOWN, RST

MISSING: Final = "missing"
UNKNOWN: Final = "unknown"
MISPLACED: Final = "misplaced"
EMPTY: Final = "empty"
REPEATED: Final = "repeated"
ALTERED: Final = "altered"
BEFORE: Final = "before"
"""The kinds of faults."""

_Names = Annotated[tuple[Word, ...], Meta(extra_json_schema={"uniqueItems": True})]


class Sections(Table, frozen=True, dict=True):
    """`body.sections`."""

    syntax: Annotated[Literal["markdown", "rst"], "how headings are written"] = MARKDOWN
    level: Annotated[
        int,
        Meta(ge=1, le=6),
        "the level of the headings in question; 2 in Markdown, 1 in rst",
    ] = 2
    required: Annotated[_Names, "sections that must be there"] = ()
    optional: Annotated[_Names, "sections that may be there where it is closed"] = ()
    order: Annotated[_Names, "sections in the order that those there must have"] = ()
    ordered: Annotated[bool, "the order of `required` counts"] = False
    closed: Annotated[bool, "no sections but those named"] = False
    unique: Annotated[bool, "no two sections of one name"] = False
    non_empty: Annotated[bool, "something stands under each heading"] = False
    exact: Annotated[Mapping[str, str], "the whole text of a section, by its name"] = {}
    last: Annotated[str, "the section that no other follows"] = ""
    start_with_heading: Annotated[bool, "nothing stands before the first heading"] = False
    severity: Grade = ()
    exempt: Exempt = field(name="except", default=())

    def __post_init__(self) -> None:
        if self.ordered and self.order:
            words = "cannot stand beside `order`, which says the order itself"
            raise MisplacedError(words, ("ordered",))
        if self.closed and not self.allowed:
            words = "needs `required`, `optional` or `order`: it allows nothing else"
            raise MisplacedError(words, ("closed",))

    @classmethod
    def filled(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """In reStructuredText the default level is 1, not 2."""
        return {"level": 1, **written} if written.get("syntax") == RST else written

    @cached_property
    def sequence(self) -> tuple[str, ...]:
        """The names whose order counts."""
        return self.required if self.ordered else self.order

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """The names of all sections that may be there."""
        last = (self.last,) if self.last else ()
        names = (*self.sequence, *self.required, *self.optional, *self.exact, *last)
        return tuple(dict.fromkeys(names))

    @property
    def terms(self) -> Terms:
        """The severity and exemptions of all faults of sections."""
        return Terms(severity=self.severity, exempt=self.exempt)

    def form(self, name: str) -> str:
        """A heading of this name for messages, as it is written in the syntax."""
        return f"`{'#' * self.level} {name}`" if self.syntax == MARKDOWN else f"`{name}`"


SECTIONS: Final = Option(
    "body.sections",
    "which sections there are, in Markdown or reStructuredText: required, in order, closed",
    Sections(),
    Sections,
)
