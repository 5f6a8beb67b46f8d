"""An amount, how many of something there must be: `7`, or `[least, most]`."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from .options import Option
from .value_types import Origin, ValueType


class Amount(Struct, frozen=True):
    """How many of something there must be."""

    least: int
    most: int

    def allows(self, number: int) -> bool:
        """Whether this number is within the amount."""
        return self.least <= number <= self.most


class _AmountType(ValueType, frozen=True):
    def taken(self, value: Any, origin: Origin) -> Amount:
        least, *more = value if isinstance(value, list) and value else [value]
        bounds = least, *(more or [least])
        if all(type(one) is int for one in bounds) and len(bounds) == 2 and 0 <= least <= bounds[1]:
            return Amount(*bounds)
        raise self.refused(value)

    @property
    def schemas(self) -> list[dict[str, Any]]:
        number = {"type": "integer", "minimum": 0}
        return [number, {"type": "array", "items": number, "minItems": 2, "maxItems": 2}]


_AMOUNT: Final = _AmountType((int, list), "a number, or [least, most]")


def amount(key: str, doc: str) -> Option[Amount | None]:
    """An option whose value is a number, or [least, most]; None by default."""
    return Option[Amount | None](key, doc, None, _AMOUNT)
