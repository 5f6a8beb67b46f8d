"""Values of TOML as the metadata have them."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import Any, Final

_LARGEST: Final = 10**400
"""What integers stay below; Python would refuse to write one of 5,000 digits."""


def simple(value: Any) -> Any:
    """A value that is no list or table.

    A date or time becomes text, and an integer that is beyond all use infinite.
    """
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return math.inf if value > 0 else -math.inf
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return value
