"""Sections of a body: which must be there, in which order, with what in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from ..settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ..settings.options import Option
from ..settings.severity import SCHEMA as SEVERITY_SCHEMA
from ..settings.terms import Terms
from . import option_tables
from .check_terms import terms_in
from .headings import MARKDOWN, RST

KEYS: Final = (
    *("syntax", "level", "required", "optional", "order", "ordered", "closed", "unique"),
    *("non-empty", "exact", "last", "start-with-heading", "severity", "except"),
)


MISSING: Final = "missing"
UNKNOWN: Final = "unknown"
MISPLACED: Final = "misplaced"
EMPTY: Final = "empty"
REPEATED: Final = "repeated"
ALTERED: Final = "altered"
BEFORE: Final = "before"
"""The kinds of faults."""


class Sections(Struct, frozen=True):
    """`body.sections` as read. `order` are the names whose order counts, `allowed` all known."""

    syntax: str = MARKDOWN
    level: int = 2
    required: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    closed: bool = False
    unique: bool = False
    non_empty: bool = False
    exact: tuple[tuple[str, str], ...] = ()
    last: str = ""
    first: bool = False
    terms: Terms = Terms()
    written: Mapping[str, Any] = field(default_factory=dict)

    def form(self, name: str) -> str:
        """The heading as it would be written."""
        return f"`{'#' * self.level} {name}`" if self.syntax == MARKDOWN else f"`{name}`"


def read_sections(value: object) -> Sections:
    """`body.sections` as written. Raises ValueError with the rest of the sentence."""
    found = option_tables.table(value, KEYS)
    syntax = option_tables.one_of(found, "syntax", MARKDOWN, (MARKDOWN, RST))
    level = option_tables.count(found, "level")
    if level is None:
        level = 2 if syntax == MARKDOWN else 1
    if not 1 <= level <= 6:
        with option_tables.at("level"):
            raise ValueError(f"must be a number from 1 to 6, not {level}")
    required, order = option_tables.words(found, "required"), option_tables.words(found, "order")
    if option_tables.flag(found, "ordered"):
        if order:
            with option_tables.at("ordered"):
                raise ValueError("cannot stand beside `order`, which says the order itself")
        order = required
    last = option_tables.word(found, "last")
    exact = _exact(found)
    names = (
        *order,
        *required,
        *option_tables.words(found, "optional"),
        *(name for name, _ in exact),
    )
    closed = option_tables.flag(found, "closed")
    if closed and not names and not last:
        with option_tables.at("closed"):
            raise ValueError("needs `required`, `optional` or `order`: it allows nothing else")
    _once("required", required)
    _once("order", order)
    return Sections(
        syntax,
        level,
        required,
        tuple(dict.fromkeys((*names, last) if last else names)),
        order,
        closed,
        option_tables.flag(found, "unique"),
        option_tables.flag(found, "non-empty"),
        exact,
        last,
        option_tables.flag(found, "start-with-heading"),
        terms_in(found),
        found,
    )


def _exact(found: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    with option_tables.at("exact"):
        texts = option_tables.table(found.get("exact", {}))
        return tuple((name, option_tables.word(texts, name)) for name in texts)


def _once(key: str, names: Iterable[str]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            with option_tables.at(key):
                raise ValueError(f"names `{name}` twice")
        seen.add(name)


_NAMES: Final = {"type": "array", "items": {"type": "string", "minLength": 1}, "uniqueItems": True}
_FLAG: Final = {"type": "boolean"}

SECTIONS_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "syntax": {"enum": [MARKDOWN, RST], "description": "how headings are written"},
        "level": {
            "type": "integer",
            "minimum": 1,
            "maximum": 6,
            "description": "the level of the headings in question; 2 in Markdown, 1 in rst",
        },
        "required": {**_NAMES, "description": "sections that must be there"},
        "optional": {**_NAMES, "description": "sections that may be there where it is closed"},
        "order": {**_NAMES, "description": "sections in the order that those there must have"},
        "ordered": {**_FLAG, "description": "the order of `required` counts"},
        "closed": {**_FLAG, "description": "no sections but those named"},
        "unique": {**_FLAG, "description": "no two sections of one name"},
        "non-empty": {**_FLAG, "description": "something stands under each heading"},
        "exact": {
            "type": "object",
            "additionalProperties": option_tables.TEXT,
            "description": "the whole text of a section, by its name",
        },
        "last": {**option_tables.TEXT, "description": "the section that no other follows"},
        "start-with-heading": {
            **_FLAG,
            "description": "nothing stands before the first heading",
        },
        "severity": SEVERITY_SCHEMA,
        "except": EXCEPT_SCHEMA,
    },
}

SECTIONS: Final = Option(
    "body.sections",
    "which sections there are, in Markdown or reStructuredText: required, in order, closed",
    Sections(),
    SECTIONS_SCHEMA,
    read_sections,
)
