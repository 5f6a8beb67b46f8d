"""A schema as it was declared: plain data, as JSON has it, and what is compiled from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any


class Declared(dict[str, Any]):
    """The table of a schema, complete. What is compiled from it stays with it (`memo`).

    It is not changed. What was pickled is compiled again.
    """

    def __reduce__(self) -> tuple[type[Declared], tuple[Mapping[str, Any]]]:
        return Declared, (dict(self),)


def plain_table(written: Mapping[str, Any]) -> dict[str, Any]:
    """A table of TOML as JSON has it: its days become text."""
    return {str(key): _plain(value) for key, value in written.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return plain_table(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
