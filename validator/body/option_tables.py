"""Tables of a profile that hold tables: each key is read, and what is wrong says where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..errors import did_you_mean
from ..model import Severity
from ..text.re2 import compiled

SEVERITIES = tuple(severity.value for severity in Severity)
PATTERN = {"type": "string", "minLength": 1}
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": {"type": "string", "minLength": 1}}
COUNT = {"type": "integer", "minimum": 0}


@contextmanager
def at(*keys: str | int) -> Iterator[None]:
    """Whatever is wrong inside is wrong at this key."""
    try:
        yield
    except ValueError as error:
        inner, found = (
            str(error),
            "".join(f"[{k}]" if isinstance(k, int) else f".{k}" for k in keys),
        )
        found = found.lstrip(".")
        mark = "is wrong at `"
        if inner.startswith(mark):
            joint = "" if inner[len(mark)] == "[" else "."
            raise ValueError(f"{mark}{found}{joint}{inner[len(mark) :]}") from None
        raise ValueError(f"{mark}{found}`: it {inner}") from None


def table(value: object, known: Iterable[str] | None = None) -> Mapping[str, Any]:
    """A table, with no other keys than these."""
    if not isinstance(value, dict):
        raise ValueError(f"must be a table, not {shown(value)}")
    names = list(known) if known is not None else list(value)
    for key in value:
        if key not in names:
            near = did_you_mean(key, names) or f"; it may have {', '.join(names)}"
            raise ValueError(f"has the unknown key `{key}`{near}")
    return value


def rows(value: object) -> list[Any]:
    """An array of tables."""
    if isinstance(value, list) and all(isinstance(row, dict) for row in value):
        return value
    raise ValueError(f"must be an array of tables, not {shown(value)}")


def needed(found: Mapping[str, Any], key: str) -> Any:
    """The value of a key that must be there."""
    if key not in found:
        raise ValueError(f"needs the key `{key}`")
    return found[key]


def word(found: Mapping[str, Any], key: str, default: str = "") -> str:
    """Text under a key."""
    value = found.get(key, default)
    if not isinstance(value, str):
        with at(key):
            raise ValueError(f"must be text, not {shown(value)}")
    return value


def words(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts under a key."""
    value = found.get(key, [])
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return tuple(value)
    with at(key):
        raise ValueError(f"must be a list of texts that are not empty, not {shown(value)}")


def flag(found: Mapping[str, Any], key: str) -> bool:
    """True or false under a key."""
    value = found.get(key, False)
    if not isinstance(value, bool):
        with at(key):
            raise ValueError(f"must be true or false, not {shown(value)}")
    return value


def count(found: Mapping[str, Any], key: str) -> int | None:
    """A number from 0 under a key; None if it is not there."""
    value = found.get(key)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    with at(key):
        raise ValueError(f"must be a number from 0, not {shown(value)}")


def one_of(found: Mapping[str, Any], key: str, default: str, known: Iterable[str]) -> str:
    """One of a few words under a key."""
    value = word(found, key, default)
    names = list(known)
    if value in names:
        return value
    with at(key):
        listed = ", ".join(f'"{name}"' for name in names)
        raise ValueError(f"must be one of {listed}, not {shown(value)}{did_you_mean(value, names)}")


def pattern(value: object) -> str:
    """A pattern that RE2 accepts."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"must be a pattern in quotes, not {shown(value)}")
    compiled(value)
    return value


def pattern_at(found: Mapping[str, Any], key: str) -> str:
    """The pattern under a key, empty if there is none."""
    if key not in found:
        return ""
    with at(key):
        return pattern(found[key])


def patterns_at(found: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The patterns in the list under a key."""
    written = words(found, key)
    for number, source in enumerate(written, 1):
        with at(key, number):
            pattern(source)
    return written


def each(value: object, read: Callable[[Any], Any]) -> Iterator[Any]:
    """Every row of an array of tables, read."""
    for number, row in enumerate(rows(value), 1):
        with at(number):
            yield read(row)


def shown(value: object) -> str:
    """A value of TOML for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return f'"{value}"' if isinstance(value, str) else str(value)
