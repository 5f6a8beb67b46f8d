"""The configuration as written: finding it, reading it, saying where something in it is wrong."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from ..errors import ConfigError
from ..file.opening import leads_out, read_text

NAMES: Final = (".seed-validator.toml", "seed-validator.toml", "pyproject.toml")
"""Looked for in this order, from the checked path upward."""

_PROFILES: Final = os.path.join(os.path.dirname(__file__), os.pardir, "profiles")


class Written(Struct, frozen=True):
    """A TOML file: its table of ours, and enough to point into it.

    `sound` says that its values need no check: they are ours. `outer` is the file that it extends.
    """

    path: str
    table: Mapping[str, Any]
    text: str
    prefix: tuple[str | int, ...] = ()
    sound: bool = False
    outer: Written | None = None

    @property
    def folder(self) -> str:
        """The directory that it lies in, absolute: paths and patterns in it count from there."""
        return os.path.dirname(os.path.abspath(self.path))

    def error(self, keys: Sequence[str | int], words: str) -> ConfigError:
        """A ConfigError that names the file, row and column of the key, and the key."""
        where = position(self.text, (*self.prefix, *keys))
        place = f"{self.path}:{where[0]}:{where[1]}" if where else self.path
        return ConfigError(f"{place}: {words}")


def discover(start: str) -> Written | None:
    """The nearest configuration at or above the directory `start`, if there is one."""
    at = os.path.abspath(start)
    while True:
        for name in NAMES:
            path = os.path.join(at, name)
            if os.path.isfile(path):
                if leads_out(os.fsencode(path), os.fsencode(at)):
                    raise ConfigError(
                        f"{path}: is a link that leads out of its directory; it is followed only "
                        "if it is named with --config"
                    )
                written = load(path)
                if written is not None:
                    return written
        parent = os.path.dirname(at)
        if parent == at:
            return None
        at = parent


def load(path: str) -> Written | None:
    """The configuration in a file; None for a pyproject.toml that has no table of ours.

    Raises ConfigError when the file cannot be read or is not TOML.
    """
    shown = os.path.relpath(path) if not os.path.relpath(path).startswith("..") else path
    try:
        text = read_text(path)
        table = tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: byte {error.start} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{shown}: is not TOML: {error}") from None
    if os.path.basename(path) == "pyproject.toml":
        tool = table.get("tool", {})
        if "seed-validator" not in tool:
            return None
        return Written(shown, tool["seed-validator"], text, ("tool", "seed-validator"))
    return Written(shown, table, text)


def built_in(name: str) -> Written | None:
    """A profile that comes with the package, written in the same language as anybody's."""
    if name not in built_in_names():
        return None
    text = read_text(os.path.join(_PROFILES, f"{name}.toml"))
    return Written(f"built-in profile `{name}`", tomllib.loads(text), text, sound=True)


def built_in_detects(name: str) -> bool:
    """Whether a built-in profile names files that it is chosen for; told without reading TOML."""
    return "\ndetect = " in read_text(os.path.join(_PROFILES, f"{name}.toml"))


def built_in_names() -> list[str]:
    """Names of the profiles that come with the package."""
    return sorted(name[:-5] for name in os.listdir(_PROFILES) if name.endswith(".toml"))


def position(text: str, keys: Sequence[str | int]) -> tuple[int, int] | None:
    """Row and column of a key in TOML text, from 1; None when it is not there.

    The standard parser keeps no positions. A prefix of whole statements parses, so the statement
    that brings the key in lies between the last prefix without it and the first one with it.
    """
    lines = text.split("\n")
    complete = 0
    for end in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue
        if _holds(table, keys):
            words = [str(key) for key in keys if isinstance(key, str)]
            return _column(lines, complete, end, words[-1] if words else "")
        complete = end
    return None


def _holds(table: Any, keys: Sequence[str | int]) -> bool:
    for key in keys:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _column(lines: Sequence[str], first: int, end: int, word: str) -> tuple[int, int]:
    for row, column in _places(lines, first, end, word):
        return row + 1, column + 1
    return first + 1, 1


def _places(lines: Sequence[str], first: int, end: int, word: str) -> Iterator[tuple[int, int]]:
    for row in range(first, end):
        column = lines[row].find(word)
        if column >= 0:
            yield row, column
