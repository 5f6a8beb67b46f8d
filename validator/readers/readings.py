"""Readings: what a reader takes a value for, in a form that can be compared.

A day is the moment of its midnight, and a moment without a zone is in UTC, as in YAML
(yaml.org/type/timestamp). Numbers are compared by their value.
"""

from __future__ import annotations

import math
from typing import Any, Final

from msgspec import Struct


class Reading(Struct, frozen=True):
    """The kind of a value (`text`, `number`, `truth`, `null`, `moment`, `error`), and the value.

    A moment is the text `YYYY-MM-DD HH:MM:SS` in UTC, with a fraction of the second if it is not 0.
    The value of an error is empty.
    """

    kind: str
    value: Any = None


NULL: Final = Reading("null")
TRUE: Final = Reading("truth", True)
FALSE: Final = Reading("truth", False)
ERROR: Final = Reading("error", "")
NAN: Final = Reading("number", "nan")  # as text, since a NaN does not equal itself


def text(value: str) -> Reading:
    """The reading of a text."""
    return Reading("text", value)


def number(value: float) -> Reading:
    """The reading of a number; a float without a fraction is the same as the integer."""
    if isinstance(value, float):
        if math.isnan(value):
            return NAN
        if value.is_integer():
            return Reading("number", int(value))
    return Reading("number", value)


def told(reading: Reading, written: str) -> str:
    """A reading in words, after "the value is ..."."""
    match reading.kind:
        case "text":
            return "text" if reading.value == written else f"the text `{reading.value}`"
        case "number":
            return f"the number {_digits(reading.value)}"
        case "truth":
            return "true" if reading.value else "false"
        case "moment":
            day = reading.value.removesuffix(" 00:00:00")
            if len(written) > 10 or day != reading.value.partition(" ")[0]:
                return f"the moment {reading.value} UTC"
            return f"the day {day}"
    return reading.kind if reading.kind == "null" else "an error"


def _digits(value: Any) -> str:
    if isinstance(value, float) and math.isinf(value):
        return "-infinity" if value < 0 else "infinity"
    if isinstance(value, int) and abs(value) >= 10**30:
        return f"{value:.3e}" if abs(value) < 10**300 else "infinity"
    return str(value)
