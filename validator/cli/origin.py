"""`config --origin`: each effective value, and where it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..profile.configuration import Configuration, find_profile
from .effective import effective
from .plain_values import toml_value

DEFAULT: Final = "default"

LEFT_OUT: Final = ("read-from", "profiles", "select", "severity")
"""Parts of the effective configuration that are not the value of one key."""

WIDEST: Final = 60
"""Columns at most of a value whose origin stands on the same line."""


class Valued(NamedTuple):
    """A key, its value, and where that is written."""

    key: str
    value: Any
    origin: str


def values(config: Configuration, name: str | None) -> list[Valued]:
    """All keys of the configuration, or of one profile, in order; rules only where a key is set.

    Raises UsageError for a profile that is not there.
    """
    shown = effective(config, name)
    places = config.places if name is None else find_profile(name, config).places
    known = {key: place for key, place in places.items() if key not in ("", "profiles")}
    found = {key: Valued(key, value, DEFAULT) for key, value in _flat(shown)}
    found |= {key: Valued(key, place.value, str(place)) for key, place in known.items()}
    return list(found.values())


def _flat(shown: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys and values of nested tables: `{"text": {"tabs": "forbid"}}` gives `text.tabs`."""
    for key, value in shown.items():
        if key in LEFT_OUT:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", one) for inner, one in value.items())
        else:
            yield key, value


def lines(found: Sequence[Valued]) -> Iterator[str]:
    """A line for each value: `text.tabs = "forbid"  # seed-validator.toml:3:1`."""
    for key, value, origin in found:
        said = f"{key} = {toml_value(value)}"
        gap = "  " if len(said) <= WIDEST else "\n    "
        yield f"{said}{gap}# {origin}\n"


def as_data(found: Sequence[Valued]) -> dict[str, Any]:
    """The same values as data for JSON."""
    return {key: {"value": value, "origin": origin} for key, value, origin in found}
