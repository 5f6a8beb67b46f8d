"""Tables of TOML as JSON has them, schemas among them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from .declaration import Declared


def plain_table(written: Mapping[str, Any]) -> dict[str, Any]:
    """The table as JSON has it: the days of TOML become text."""

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date | datetime | time) else value

    return {str(key): plain(value) for key, value in written.items()}


def sound_schema(written: Mapping[str, Any]) -> Declared:
    """The schema of a built-in profile as it is: tests hold it against `loading.schema_of`."""
    return Declared(plain_table(written))
