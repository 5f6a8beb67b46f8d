"""Days and moments as libraries of YAML compute them; they differ in which ones are valid."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ..text.lazy_re import later
from .readings import Reading

MOMENT: Final = later(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?"
)
"""A moment as YAML 1.1 writes it (yaml.org/type/timestamp)."""

_PARTS: Final = later(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?"
    r"(?:[ \t]*(Z|([-+])(\d\d?)(?::?(\d\d))?))?)?"
)


class Parts:
    """The numbers of a moment as it is written; of a day, the time is midnight.

    Raises ValueError for a text that is neither.
    """

    def __init__(self, written: str) -> None:
        match = _PARTS.fullmatch(written)
        if match is None:
            raise ValueError(written)
        self.year, self.month, self.day = (int(match[at]) for at in (1, 2, 3))
        self.hour, self.minute, self.second = (int(match[at] or 0) for at in (4, 5, 6))
        self.digits = match[7] or ""
        sign = -1 if match[9] == "-" else 1
        self.zone_hour, self.zone_minute = int(match[10] or 0), int(match[11] or 0)
        self.zone = sign * (self.zone_hour * 60 + self.zone_minute)

    def micro(self, digits: int) -> int:
        """The microseconds by the first `digits` digits of the fraction of a second."""
        return int(self.digits[:digits].ljust(6, "0"))

    def from_first(self, year: int, month: int, digits: int) -> datetime:
        """The moment counted from the first day of `month`, so that 31 February is 2 March."""
        return datetime(year, month, 1) + timedelta(
            days=self.day - 1, hours=self.hour, minutes=self.minute, seconds=self.second,
            microseconds=self.micro(digits),
        )  # fmt: skip


def exact(written: str, digits: int = 6) -> Reading:
    """The reading of a moment that must exist, in years from 1. Raises ValueError for any other."""
    one = Parts(written)
    found = datetime(
        one.year, one.month, one.day, one.hour, one.minute, one.second, one.micro(digits)
    )
    return shifted(found, one.zone)


def rolling(written: str, digits: int = 3) -> Reading:
    """The reading of a moment as JavaScript's `Date.UTC` counts it: 31 February is 2 March."""
    one = Parts(written)
    year = one.year + 1900 if one.year < 100 else one.year
    year, month = year + (one.month - 1) // 12, (one.month - 1) % 12 + 1
    return shifted(one.from_first(year, month, digits), one.zone)


def shifted(found: datetime, zone: int) -> Reading:
    """The reading, in UTC, of a moment in a zone that is `zone` minutes ahead of UTC.

    Raises ValueError if it is outside of the years 1 to 9999.
    """
    try:
        shown = (found - timedelta(minutes=zone)).isoformat(" ")
    except OverflowError:
        raise ValueError(zone) from None
    return Reading("moment", shown.rstrip("0").rstrip(".") if "." in shown else shown)
