"""A schema as it was declared: plain data, as in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any


class Declared(dict[str, Any]):
    """The complete table of a schema; nobody changes it.

    The compiled form is kept with it (`memo`), but is not pickled: it is compiled again.
    """

    def __reduce__(self) -> tuple[type[Declared], tuple[Mapping[str, Any]]]:
        return Declared, (dict(self),)


def plain_table(written: Mapping[str, Any]) -> dict[str, Any]:
    """A table of TOML as plain JSON values: dates and times become text."""
    return {str(key): _plain(value) for key, value in written.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return plain_table(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value
