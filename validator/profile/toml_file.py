"""The configuration file: finding it, reading it, and the row and column of a key in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Final

from msgspec import MsgspecError, Raw, Struct, json
from xxhash import xxh3_64_hexdigest

from ..errors import ConfigError
from ..file.opening import leads_out, read_text
from ..settings.value_types import Origin
from ..text.lazy_re import later

NAMES: Final = (".seed-validator.toml", "seed-validator.toml", "pyproject.toml")
"""Names of configuration files, in order: the first that exists counts, in each directory."""

_BITS: Final = 4096
"""Bits of an integer at most: Python does not print one of more than 4,300 digits."""

_DOTTED: Final = later(r"""(?m)^[ \t]*\[{0,2}[ \t]*(?:[\w"'-]+[ \t]*\.[ \t]*){100}""")
"""A key of more parts than any configuration has."""

_LARGEST: Final = 1 << 20
"""Bytes of a configuration at most: more takes seconds to read, and no one writes that by hand."""

_FEW: Final = 20  # lines, at most, that are tried one after the other
_MOST_TRIED: Final = 300

PROFILES: Final = os.path.join(os.path.dirname(__file__), os.pardir, "profiles")


class Written(Struct, frozen=True, dict=True):
    """A TOML file: the table of this program in it, and what is needed to name places in it.

    `prefix` are the keys that lead to that table. `sound`: a built-in profile, whose values need no
    check. `outer` is the file that it extends. `whole`, if not empty, is the name of the one
    profile that the whole file is. `base` is the directory that paths are relative to, if that is
    not the one in which the file lies.
    """

    path: str
    table: Mapping[str, Any]
    text: str
    prefix: tuple[str | int, ...] = ()
    sound: bool = False
    outer: Written | None = None
    whole: str = ""
    base: str = ""

    @property
    def folder(self) -> str:
        """The directory, absolute, that paths and patterns in the file are relative to."""
        return os.path.abspath(self.base or os.path.dirname(self.path) or ".")

    @cached_property
    def origin(self) -> Origin:
        """What a value of this file needs to be read: the directory, and whether it is sound."""
        return Origin(self.folder, self.sound)

    def place(self, keys: Sequence[str | int]) -> str:
        """The file, row and column of a key: `seed-validator.toml:3:1`.

        Of a built-in profile, or where the key is not found, only the file.
        """
        where = None if self.sound else position(self.text, (*self.prefix, *keys))
        return f"{self.path}:{where[0]}:{where[1]}" if where else self.path

    def error(self, keys: Sequence[str | int], words: str) -> ConfigError:
        """A ConfigError that names the file, row and column of the key, and the key."""
        return ConfigError(f"{self.place(keys)}: {words}")


class At(Struct, frozen=True):
    """The place of a key in a TOML file; as text, file, row and column."""

    source: Written
    keys: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return self.source.place(self.keys)

    @property
    def value(self) -> Any:
        """The value of the key."""
        at: Any = self.source.table
        for key in self.keys:
            at = at[key]
        return at

    def inside(self, *keys: str | int) -> At:
        """The place of a key within the value of this one."""
        return At(self.source, (*self.keys, *keys))


def discover(start: str) -> Written | None:
    """The nearest configuration at or above the directory `start`; None if there is none.

    Raises ConfigError.
    """
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
        text = read_text(path, _LARGEST)
    except OSError as error:
        raise ConfigError(f"{shown}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{shown}: byte {error.start} is not UTF-8") from None
    table = table_in(text, shown)
    if os.path.basename(path) == "pyproject.toml":
        tool = table.get("tool", {})
        if "seed-validator" not in tool:
            return None
        return Written(shown, tool["seed-validator"], text, ("tool", "seed-validator"))
    return Written(shown, table, text)


def table_in(text: str, shown: str) -> dict[str, Any]:
    """The table of a TOML text. Raises ConfigError if it is not TOML; `shown` names its file."""
    import tomllib  # not needed for built-in profiles (`built_in`)

    try:
        if _DOTTED.search(text):
            raise RecursionError  # the parser takes time that grows with the square of the parts
        table = tomllib.loads(text)
        _sizes(table)
        return table
    except tomllib.TOMLDecodeError as error:
        from .toml_words import told  # only on the way to an error

        row, column, words = told(str(error), text)
        raise ConfigError(f"{shown}:{row}:{column}: is not TOML: {words}") from None
    except RecursionError:
        raise ConfigError(f"{shown}: is nested too deeply to be read") from None
    except ValueError:  # Python's own: too many digits
        raise ConfigError(f"{shown}: has a number that is too large to be read") from None


def _sizes(value: Any) -> None:
    """Raises ValueError for an integer that is too long for Python to print in a message."""
    if isinstance(value, dict):
        for one in value.values():
            _sizes(one)
    elif isinstance(value, list):
        for one in value:
            _sizes(one)
    elif isinstance(value, int) and value.bit_length() > _BITS:
        raise ValueError


def built_in(name: str) -> Written | None:
    """The built-in profile of this name, a TOML file as any other; None if there is none."""
    if name not in built_in_names():
        return None
    text = read_text(os.path.join(PROFILES, f"{name}.toml"))
    return Written(f"built-in profile `{name}`", _table_of(name, text), text, sound=True)


class Parsed(Struct, frozen=True):
    """A TOML text, parsed: the digest of the text, and its table as JSON."""

    digest: str
    table: Raw


def parsed_ones() -> dict[str, Parsed]:
    """The built-in profiles, parsed, by name: the content of `index.json`.

    JSON is read fifty times as fast as TOML, and without `tomllib`, whose import takes as long as
    that of all options. So the file is generated from this, and a test compares the two.
    """
    import tomllib

    texts = {name: read_text(os.path.join(PROFILES, f"{name}.toml")) for name in built_in_names()}
    return {
        name: Parsed(_digest(text), Raw(json.encode(tomllib.loads(text))))
        for name, text in texts.items()
    }


def _table_of(name: str, text: str) -> dict[str, Any]:
    """The table of a built-in profile: from the index, or parsed if its text was changed since."""
    found = _index().get(name)
    if found is None or found.digest != _digest(text):
        return table_in(text, name)
    table: dict[str, Any] = json.decode(found.table)
    return table


@cache
def _index() -> dict[str, Parsed]:
    try:
        return json.decode(read_text(os.path.join(PROFILES, "index.json")), type=dict[str, Parsed])
    except (OSError, MsgspecError):
        return {}


def _digest(text: str) -> str:
    return xxh3_64_hexdigest(text.encode())


def built_in_detects(name: str) -> bool:
    """Whether a built-in profile says which files it is for; found without parsing TOML."""
    text = read_text(os.path.join(PROFILES, f"{name}.toml"))
    return "\ndetect = " in text or "\ndetect-content = " in text


def built_in_names() -> list[str]:
    """Names of the profiles that come with the package."""
    return [*_names_in(PROFILES)]


@cache
def _names_in(folder: str) -> Sequence[str]:
    return sorted(name[:-5] for name in os.listdir(folder) if name.endswith(".toml"))


def position(text: str, keys: Sequence[str | int]) -> tuple[int, int] | None:
    """Row and column, from 1, of a key in TOML text; None if it is not there.

    The standard parser keeps no positions. But any prefix of whole statements is TOML, too: so the
    key stands in the lines between the last prefix without it and the first one with it.
    """
    lines = text.split("\n")
    complete, most = _bounds(lines, keys)
    for end in range(complete + 1, most + 1):
        table = _prefix(lines, end)
        if table is None:
            continue
        if within(table, keys) is not None:
            words = [str(key) for key in keys if isinstance(key, str)]
            return _column(lines, complete, end, words[-1] if words else "")
        complete = end
    return None


def _bounds(lines: Sequence[str], keys: Sequence[str | int]) -> tuple[int, int]:
    """Two numbers of lines: the first so many lack the key, the second so many have it, if any has.

    They are found by bisection.
    """
    low, high = 0, len(lines)
    while high - low > _FEW:
        middle = (low + high) // 2
        ends = range(middle, min(middle + _FEW, high))
        found = ((end, _prefix(lines, end)) for end in ends)
        end, table = next(((end, table) for end, table in found if table is not None), (0, None))
        if table is None:
            break
        low, high = (low, end) if within(table, keys) is not None else (end, high)
    return low, min(high, low + _MOST_TRIED)


def _prefix(lines: Sequence[str], end: int) -> dict[str, Any] | None:
    """The table of the first `end` lines; None if they end within a statement."""
    import tomllib

    try:
        return tomllib.loads("\n".join(lines[:end]))
    except (ValueError, RecursionError):
        return None


def within(value: object, keys: Iterable[str | int]) -> object:
    """The part of a value that these keys lead to; None where they lead nowhere."""
    for key in keys:
        try:
            value = value[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _column(lines: Sequence[str], first: int, end: int, word: str) -> tuple[int, int]:
    key = re.compile(rf"(?<![\w-]){re.escape(word)}(?![\w-])")
    found = ((row, key.search(lines[row])) for row in range(first, end))
    return next(((row + 1, one.start() + 1) for row, one in found if one), (first + 1, 1))
