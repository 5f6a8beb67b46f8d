"""What a user tells a reader of JSON Lines who knows the data: the types of fields that hold text.

This module runs in the environment of the readers, as `adapters` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from typing import Any

Kind = Any
"""`text`, `truth`, `whole`, `fraction`, `mixed`, a list of one kind, kinds by key; None unknown."""

_PLAIN = {str: "text", bool: "truth", int: "whole", float: "fraction"}
_SQL = {"text": "VARCHAR", "truth": "BOOLEAN", "whole": "BIGINT", "fraction": "DOUBLE"}


def told_fields(lines: Iterable[str | bytes]) -> dict[str, Kind]:
    """The fields of records that hold text at any depth, and nothing of two types, with theirs."""
    try:
        records = [json.loads(line) for line in lines]
        kinds: Kind = reduce(_both, map(_kind, records), {})
    except (ValueError, OSError, EOFError, RecursionError):
        return dict.fromkeys(("id", "text"), "text")
    if not isinstance(kinds, dict):
        return {}
    return {
        name: kind
        for name, kind in kinds.items()
        if "text" in (found := _within(kind)) and "mixed" not in found
    }


def _kind(value: Any) -> Kind:
    if isinstance(value, dict):
        return {key: _kind(item) for key, item in value.items()}
    if isinstance(value, list):
        return [reduce(_both, map(_kind, value), None)]
    return _PLAIN.get(type(value))


def _both(one: Kind, other: Kind) -> Kind:
    """The kind of a field that is of these two."""
    if one is None or other is None or one == other:
        return other if one is None else one
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _both(one.get(key), other.get(key)) for key in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        return [_both(one[0], other[0])]
    numbers = ("whole", "fraction")
    return "fraction" if one in numbers and other in numbers else "mixed"


def _within(kind: Kind) -> set[Any]:
    """All kinds that are in one."""
    inner = kind.values() if isinstance(kind, dict) else kind if isinstance(kind, list) else ()
    return {kind} if not isinstance(kind, dict | list) else set().union(*map(_within, inner))


def sql_type(kind: Kind) -> str:
    """A type of duckdb."""
    if isinstance(kind, list):
        return f"{sql_type(kind[0])}[]"
    if kind == {}:
        return "MAP(VARCHAR, JSON)"  # as duckdb itself has it
    if isinstance(kind, dict):
        fields = (f"{_quoted(name)} {sql_type(inner)}" for name, inner in kind.items())
        return f"STRUCT({', '.join(fields)})"
    return _SQL.get(kind, "JSON") if isinstance(kind, str) else "JSON"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def arrow_type(kind: Kind) -> Any:
    """A type of pyarrow."""
    import pyarrow

    if isinstance(kind, list):
        return pyarrow.list_(arrow_type(kind[0]))
    if isinstance(kind, dict):
        return pyarrow.struct([(name, arrow_type(inner)) for name, inner in kind.items()])
    known = {
        "text": pyarrow.string(),
        "truth": pyarrow.bool_(),
        "whole": pyarrow.int64(),
        "fraction": pyarrow.float64(),
    }
    return known.get(kind, pyarrow.null())
