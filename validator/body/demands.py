"""`body.forbid` and `body.require`: patterns that a document must not match, or must."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any, Final, TypeVar

from ..settings.options import Count, Option, Pattern, Word
from ..settings.terms import Terms
from ..settings.value_types import Rows
from ..text.literals import may_hold
from ..text.re2 import Finder, any_of, finder
from .beginnings import STRANGE
from .scopes import FIELD, LINKS, Scope, Scoped, screen


class Demand(Terms, frozen=True):
    """One pattern, where it is sought, and the words for it.

    A match in which one of the patterns in `unless` is found does not count.
    """

    pattern: Annotated[Pattern, "what is sought"]
    message: Annotated[Word, "the words of the finding, so that nobody has to read the pattern"]
    unless: Annotated[
        tuple[Pattern, ...], "patterns: a match in which one of them is found is none"
    ] = ()
    scope: Scoped = Scope()

    def counts(self, text: bytes) -> bool:
        """Whether a match with this text counts: no pattern in `unless` is found in it."""
        return not any(finder(source).first(text) for source in self.unless)


class Requirement(Demand, frozen=True):
    """A pattern that must match: at least once, if neither `min` nor `max` is set."""

    min: Annotated[Count, "how often it must match at least"] = 1
    max: Annotated[Count | None, "how often it may match"] = None

    @classmethod
    def filled(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """With `max` alone, `min` is 0: the pattern need not match."""
        return {"min": 0, **written} if "max" in written else written

    def __post_init__(self) -> None:
        if self.max is not None and self.max < self.min:
            raise ValueError(f"asks for at least {self.min} and at most {self.max}")


D = TypeVar("D", bound=Demand)


class Demands(Rows[D], frozen=True, dict=True):
    """All patterns of one table, and one search for as many of them as can be sought at once."""

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """A finder for each pattern."""
        return tuple(Finder(row.pattern) for row in self.rows)

    @property
    def _screens(self) -> list[str]:
        return [screen(row.pattern, row.scope) for row in self.rows if row.scope.kind != FIELD]

    @cached_property
    def in_body(self) -> Callable[[bytes], object]:
        """A search for all patterns that are sought in the body or a part of it.

        It gives something true for a text in which one may match, else None.
        """
        own = self._screens
        if not own:
            return lambda text: None
        try:
            return Finder(any_of(own)).first
        except ValueError:  # two patterns have a group of the same name
            several = [Finder(pattern).first for pattern in own]
            return lambda text: next((span for one in several if (span := one(text))), None)

    @cached_property
    def may_be_in(self) -> Callable[[bytes], object]:
        """As `in_body`, quicker, for bodies in UTF-8; it may find too much, never too little."""
        try:
            return may_hold(self._screens)
        except ValueError:
            return self.in_body

    @cached_property
    def of_lines(self) -> bool:
        """Whether no pattern asks for the ends of the text.

        Then what they match in one body, they also match in several bodies joined by line ends.
        """
        return not any(STRANGE.search(row.pattern) for row in self.rows if row.scope.kind != LINKS)

    @cached_property
    def of_fields(self) -> bool:
        """Whether a pattern is sought in a field."""
        return any(row.scope.kind == FIELD for row in self.rows)


FORBID: Final = Option(
    "body.forbid",
    "patterns that must match nowhere, each with the message that tells it",
    Demands[Demand](),
    Annotated[tuple[Demand, ...], Demands],
)
REQUIRE: Final = Option(
    "body.require",
    "patterns that must match, once or as often as `min` and `max` say, each with its message",
    Demands[Requirement](),
    Annotated[tuple[Requirement, ...], Demands],
)
