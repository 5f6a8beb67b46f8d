"""`config --origin`: each value that counts, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ..profile.configuration import Configuration, find_profile
from .effective import effective
from .plain_values import toml_value

DEFAULT: Final = "default"

LEFT_OUT: Final = ("read-from", "profiles", "select", "severity")
"""Parts of what counts that are no value of one key."""

WIDEST: Final = 60
"""Columns of a value before its origin goes to a line of its own."""


class Valued(NamedTuple):
    """A key, its value, and where it comes from."""

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
    """`{"text": {"tabs": "forbid"}}` as `text.tabs`."""
    for key, value in shown.items():
        if key in LEFT_OUT:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{key}.{inner}", one) for inner, one in value.items())
        else:
            yield key, value


def lines(found: Sequence[Valued]) -> Iterator[str]:
    """A line each: `text.tabs = "forbid"  # seed-validator.toml:3:1`."""
    for key, value, origin in found:
        said = f"{key} = {toml_value(value)}"
        gap = "  " if len(said) <= WIDEST else "\n    "
        yield f"{said}{gap}# {origin}\n"


def as_data(found: Sequence[Valued]) -> dict[str, Any]:
    """The same for programs."""
    return {key: {"value": value, "origin": origin} for key, value, origin in found}
