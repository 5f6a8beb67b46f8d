"""What a configuration does not want to be told, as it counts."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from .patterns import Patterns


class Suppress(Struct, frozen=True):
    """Findings of these rules, by code, in these files. `until` is the last day of it.

    It is written in the file `origin`, at these `keys`.
    """

    files: Patterns
    codes: frozenset[str]
    reason: str
    until: date | None
    origin: str
    keys: tuple[str | int, ...]

    def holds(self, today: date) -> bool:
        """Whether it still counts."""
        return self.until is None or today <= self.until
