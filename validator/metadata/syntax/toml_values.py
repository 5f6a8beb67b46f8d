"""Values of TOML as the metadata have them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any


def simple(value: Any) -> Any:
    """A value that is no list or table; a date or time becomes text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return value
