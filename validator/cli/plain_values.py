"""Values of options as plain data, and as they are written in TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import to_builtins

from ..settings.value_types import Rows, Table
from ..text.visible import escaped


def plain(value: object) -> Any:
    """A value of an option as plain data (dict, list, text, ...), as it may be written."""
    value = value.rows if isinstance(value, Rows) else value
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Table):
        return {key: one for key, one in to_builtins(value).items() if one}
    return value


def toml_value(value: object) -> str:
    """A value of an option as it is written in TOML; `none` for None."""
    value = plain(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not value.isprintable():
            return escaped(json.dumps(value, ensure_ascii=False))
        return f"'{value}'" if "\\" in value else f'"{value}"'
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return str(value)


def _key(key: str) -> str:
    """A key of TOML, in quotes where it needs them."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else toml_value(key)
