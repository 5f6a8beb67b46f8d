"""`body.forbid` and `body.require`: patterns that a document must not match, or must."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from ..settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ..settings.severity import SCHEMA as SEVERITY_SCHEMA
from ..settings.terms import Terms
from ..text.literals import may_hold
from ..text.re2 import Finder, any_of, finder
from . import option_tables
from .beginnings import STRANGE
from .check_terms import terms_in
from .scopes import BODY, FIELD, LINKS, SCOPE_SCHEMA, read_scope, screen

KEYS: Final = ("pattern", "unless", "message", "help", "scope", "except", "severity")


class Demand(Struct, frozen=True):
    """One pattern, where it is sought, and the words for it.

    What it matches does not count if one of the patterns in `unless` is found in that.
    """

    pattern: str
    terms: Terms
    scope: str = BODY
    name: str = ""
    least: int = 1
    most: int | None = None
    unless: tuple[str, ...] = ()

    def counts(self, text: bytes) -> bool:
        """Whether a match that reads so is one."""
        return not any(finder(source).first(text) for source in self.unless)


class Demands(Struct, frozen=True, dict=True):
    """All patterns of one table, and one search for as many of them as can be sought at once."""

    rows: tuple[Demand, ...] = ()
    written: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """A finder for each pattern."""
        return tuple(Finder(row.pattern) for row in self.rows)

    @property
    def _screens(self) -> list[str]:
        return [screen(row.pattern, row.scope) for row in self.rows if row.scope != FIELD]

    @cached_property
    def in_body(self) -> Callable[[bytes], object]:
        """A search for all patterns that are sought in the body or a part of it."""
        own = self._screens
        if not own:
            return lambda text: None
        try:
            return Finder(any_of(own)).first
        except ValueError:  # two patterns name a group alike
            several = [Finder(pattern).first for pattern in own]
            return lambda text: next((span for one in several if (span := one(text))), None)

    @cached_property
    def may_be_in(self) -> Callable[[bytes], object]:
        """A quicker search in bodies of UTF-8, that may also find what is none of these."""
        try:
            return may_hold(self._screens)
        except ValueError:
            return self.in_body

    @cached_property
    def of_lines(self) -> bool:
        """Whether no pattern asks for the ends of the text.

        What they match in a body they also match where it stands between others, a line apart.
        """
        return not any(STRANGE.search(row.pattern) for row in self.rows if row.scope != LINKS)

    @cached_property
    def of_fields(self) -> tuple[tuple[Demand, Finder], ...]:
        """The patterns that are sought in a field."""
        both = zip(self.rows, self.finders, strict=True)
        return tuple((row, finder) for row, finder in both if row.scope == FIELD)


def read_forbid(value: object) -> Demands:
    """`body.forbid` as written. Raises ValueError with the rest of the sentence."""
    return _demands(value, KEYS)


def read_require(value: object) -> Demands:
    """`body.require` as written. Raises ValueError with the rest of the sentence."""
    return _demands(value, (*KEYS, "min", "max"))


def _demands(value: object, keys: Sequence[str]) -> Demands:
    rows = tuple(option_tables.each(value, lambda row: _demand(row, keys)))
    return Demands(rows, tuple(value) if isinstance(value, list) else ())


def _demand(row: Mapping[str, Any], keys: Sequence[str]) -> Demand:
    found = option_tables.table(row, keys)
    option_tables.needed(found, "pattern")
    if not option_tables.word(found, "message"):
        raise ValueError("needs a `message`: nobody should have to read the pattern")
    scope, name = read_scope(found, BODY)
    most = option_tables.count(found, "max")
    least = option_tables.count(found, "min")
    demand = Demand(
        option_tables.pattern_at(found, "pattern"),
        terms_in(found),
        scope,
        name,
        least if least is not None else int(most is None),
        most,
        option_tables.patterns_at(found, "unless"),
    )
    if most is not None and most < demand.least:
        raise ValueError(f"asks for at least {demand.least} and at most {most}")
    return demand


def _schema(more: Iterable[str]) -> Mapping[str, Any]:
    return {
        "type": "array",
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["pattern", "message"],
            "properties": {
                "pattern": option_tables.PATTERN,
                "unless": {
                    **option_tables.TEXTS,
                    "description": "patterns: a match in which one of them is found is none",
                },
                "message": {"type": "string", "minLength": 1},
                "help": option_tables.TEXT,
                "scope": SCOPE_SCHEMA,
                "except": EXCEPT_SCHEMA,
                "severity": SEVERITY_SCHEMA,
                **dict.fromkeys(more, option_tables.COUNT),
            },
        },
    }


FORBID_SCHEMA: Final = _schema(())
REQUIRE_SCHEMA: Final = _schema(("min", "max"))
