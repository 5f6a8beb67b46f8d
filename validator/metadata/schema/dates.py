"""Dates in documents: strict formats, and bounds that may depend on the day of the run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ...text.lazy_re import later

LONG_MONTHS: Final = (
    *"January February March April May June July August September October November".split(),
    "December",
)
MONTHS: Final = tuple(month[:3] for month in LONG_MONTHS)

# The directives of strptime that have one spelling for each day; those that depend on the locale
# are English here, as in the headers of mail, PEPs and RFCs.
_DIRECTIVES: Final = {
    "Y": ("year", r"(?P<Y>\d{4})", "2026"),
    "m": ("month", r"(?P<m>\d\d)", "03"),
    "d": ("day", r"(?P<d>\d\d)", "07"),
    "b": ("month", f"(?P<b>{'|'.join(MONTHS)})", "Mar"),
    "B": ("month", f"(?P<B>{'|'.join(LONG_MONTHS)})", "March"),
    "H": ("hour", r"(?P<H>[01]\d|2[0-3])", "09"),
    "M": ("minute", r"(?P<M>[0-5]\d)", "05"),
    "S": ("second", r"(?P<S>[0-5]\d)", "00"),
    "z": ("zone", r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)", "+01:00"),  # RFC 3339, 5.6
    "%": ("", "%", "%"),
}

_BOUND: Final = later(r"now(?:(?P<sign>[+-])(?P<number>\d{1,5})(?P<unit>[dw]))?")
_FIELD: Final = later(r"\{([^{}]+)\}")


class DateFormat:
    """A format such as `%d-%b-%Y`: each day has exactly one spelling, zero-padded."""

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError, with the rest of a sentence, if it is no date."""
        parts, example, seen = [], [], set()
        for literal, directive in re.findall(r"([^%]+)|%(.?)", source):
            if literal:
                parts.append(re.escape(literal))
                example.append(literal)
                continue
            if directive not in _DIRECTIVES:
                known = ", ".join(f"%{known}" for known in _DIRECTIVES)
                raise ValueError(f"has `%{directive}`, which is none of {known}")
            what, pattern, shown = _DIRECTIVES[directive]
            if what and what in seen:
                raise ValueError(f"names the {what} twice")
            seen.add(what)
            parts.append(pattern)
            example.append(shown)
        if not {"year", "month", "day"} <= seen:
            raise ValueError("must have a year (%Y), a month (%m, %b or %B) and a day (%d)")
        self.example = "".join(example)
        self._match = re.compile("".join(parts), re.ASCII).fullmatch
        # cached: a corpus has few different days and many documents
        self.parse = lru_cache(4096)(self._parse)

    def fits(self, text: str) -> bool:
        """Whether `text` is written in this format, even if there is no such day."""
        return self._match(text) is not None

    def _parse(self, text: str) -> date | None:
        """The day; None if `text` is not in this format or there is no such day."""
        found = self._match(text)
        if found is None:
            return None
        groups = found.groupdict()
        name = groups.get("b") or groups.get("B", "")
        month = MONTHS.index(name[:3]) + 1 if name else int(groups["m"])
        try:
            return date(int(groups["Y"]), month, int(groups["d"]))
        except ValueError:
            return None


@lru_cache(256)
def date_format(source: str) -> DateFormat:
    """The format `source`, cached. Raises ValueError as `DateFormat` does."""
    return DateFormat(source)


ISO: Final = "%Y-%m-%d"


class Bound:
    """A day that others are compared with: `1990-01-01`, `now+14d`, or the field `{created}`.

    `field` is the name of the field, empty for the other forms.
    """

    def __init__(self, source: str) -> None:
        """Compile `source`. Raises ValueError, with the rest of a sentence, if it is no bound."""
        self.field = ""
        self._fixed: date | None = None
        self._shift: timedelta | None = None
        named, relative = _FIELD.fullmatch(source), _BOUND.fullmatch(source)
        if named:
            self.field = named[1]
        elif relative:
            days = int(relative["number"] or 0) * (7 if relative["unit"] == "w" else 1)
            self._shift = timedelta(days=-days if relative["sign"] == "-" else days)
        else:
            self._fixed = date_format(ISO).parse(source)
            if self._fixed is None:
                raise ValueError(
                    "must be a day such as 1990-01-01, `now`, `now+14d`, `now-2w` or a field "
                    f'such as `{{created}}`, not "{source}"'
                )

    def day(self, today: date) -> date | None:
        """The day of this bound in a run on the day `today`; None for a field."""
        if self._shift is None:
            return self._fixed
        try:
            return today + self._shift
        except OverflowError:
            return None

    def words(self) -> str:
        """The words for a bound that depends on the day of the run; empty for the others."""
        if self._shift is None:
            return ""
        days = abs(self._shift.days)
        if not days:
            return "the day of the run"
        return f"{days} days {'after' if self._shift.days > 0 else 'before'} the day of the run"
