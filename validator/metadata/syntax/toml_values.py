"""Turns values of TOML into values of metadata."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from typing import Any, Final

_LARGEST: Final = 10**400
"""Integers of this magnitude or more become infinite; Python refuses to write 5,000 digits."""


def simple(value: Any) -> Any:
    """`value`, which is no list or table, as metadata has it.

    A date or time becomes text; an integer of `_LARGEST` or more becomes infinite.
    """
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return math.inf if value > 0 else -math.inf
    if isinstance(value, datetime | date | time):
        return value.isoformat().replace("+00:00", "Z")
    return value
