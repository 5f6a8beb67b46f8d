"""Where what counts was written: for each key the file, row and column, or the built-in profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..rules.index import FAMILIES
from .resolve import source_of
from .toml_file import At, Written


class Source(NamedTuple):
    """What a key was given, and its place: `seed-validator.toml:3:1`."""

    value: Any
    place: str


def origins(name: str, written: Written | None) -> Mapping[str, Source]:
    """The source of each key that a profile, or one that it extends, sets: `encoding.newline`.

    What no profile sets is not in it. Raises UsageError for a profile that is not there.
    """
    found: dict[str, Source] = {}
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        source, keys = source_of(name, written)
        own: Mapping[str, Any] = At(source, keys).value
        for at, value in _keys(own):
            found.setdefault(".".join(at), Source(value, source.place((*keys, *at))))
        name = str(own.get("extends", ""))
    return found


def top_origins(written: Written) -> Mapping[str, Source]:
    """The same for what a configuration says of all profiles."""
    keys = ((key, value) for key, value in written.table.items() if key != "profiles")
    return {key: Source(value, written.place((key,))) for key, value in keys}


def _keys(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The keys of a profile; those of a family and of `severity` one by one."""
    for key, value in table.items():
        if isinstance(value, Mapping) and (key in FAMILIES.values() or key == "severity"):
            yield from (((key, inner), one) for inner, one in value.items())
        else:
            yield (key,), value
