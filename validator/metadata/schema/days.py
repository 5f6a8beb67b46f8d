"""Keywords about days: how they are written, and which days they may be."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from .checks import Check, stated
from .dates import ISO, Bound, date_format
from .judging import shown
from .spots import Spot
from .violation import Violation


class Date(Check):
    """`x-date`: the text is a day in one format."""

    cause = "bad-date"

    def prepare(self) -> None:
        self.format = date_format(self.value)

    def holds(self, value: Any) -> bool:
        return not isinstance(value, str) or self.format.parse(value) is not None

    def explain(self, spot: Spot) -> Iterator[Violation]:
        if self.format.fits(spot.value):
            message = f"{stated(spot)}, a day that does not exist"
            yield self.found(spot, message, help="correct the day, the month or the year")
            return
        yield self.found(
            spot,
            f"{stated(spot)}, not a date as it is written here",
            help=f"write it as in `{self.format.example}`",
        )


class NotAfter(Check):
    """`x-not-after`: the day is not after another one."""

    cause = "bad-date"
    side, end, fits = "after", "last", staticmethod(operator.le)

    def prepare(self) -> None:
        self.bound = Bound(self.value)
        self.format = date_format(self.parent.get("x-date", ISO))

    def _limit(self) -> date | None:
        context = self.host.context
        if not self.bound.field:
            return self.bound.day(context.today)
        other = context.field(self.bound.field)
        return self.format.parse(other) if isinstance(other, str) else None

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        day = self.format.parse(value)
        return day is None or self.allows(day)

    def allows(self, day: date) -> bool:
        """Whether a day is within the bound; true if the bound is not known."""
        limit = self._limit()
        return limit is None or self.fits(day, limit)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        limit = self._limit()
        words = self.bound.words()
        what = f"{limit}" if limit else "the limit"
        if self.bound.field:
            what = f"`{shown(self.bound.field)}`, {what}"
        yield self.found(
            spot,
            f"{stated(spot)}, {self.side} {what}",
            help=f"the {self.end} day that is allowed is {limit}" + (f", {words}" if words else ""),
        )


class NotBefore(NotAfter):
    """`x-not-before`: the day is not before another one."""

    side, end, fits = "before", "first", staticmethod(operator.ge)


class Day(Check):
    """A date and its bounds in one keyword; the preparation of a quick schema writes it."""

    cause = "bad-date"

    def prepare(self) -> None:
        self.parse = date_format(self.value["x-date"]).parse
        kinds = {"x-not-after": NotAfter, "x-not-before": NotBefore}
        self.bounds = [
            kind(self.host, self.value, self.value[word], self.path)
            for word, kind in kinds.items()
            if word in self.value
        ]
        self._personal = any(bound.bound.field for bound in self.bounds)
        # cached: a corpus has few different days and many documents
        self._known = lru_cache(4096)(self._judged)

    def holds(self, value: Any) -> bool:
        if not isinstance(value, str):
            return True
        judge = self._judged if self._personal else self._known
        return judge(value, self.host.context.today)

    def _judged(self, text: str, today: date) -> bool:
        """Whether a text is a day within the bounds, in a run on the day `today`."""
        day = self.parse(text)
        return day is not None and all(bound.allows(day) for bound in self.bounds)

    def explain(self, spot: Spot) -> Iterator[Violation]:
        return iter(())  # a quick schema is never asked to explain
