"""Options: what a key of a profile may be, its default, its words. One definition for each.

From an option come the reading of the TOML value, the configuration's JSON Schema and the docs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from ..errors import did_you_mean
from ..text.re2 import compiled

T = TypeVar("T")


class Option(Struct, Generic[T], frozen=True):
    """One key of a profile, as `family.key`.

    `read` turns the TOML value into what rules get; it raises ValueError with the rest of the
    sentence "`key` ...". What it returns must pickle: it travels to the workers. A value that may
    name a file is read by `read_beside`, which also gets the folder of the configuration. What is
    costly to check `read_sound` takes as it is: the values of built-in profiles, which tests hold
    against `read`.
    """

    key: str
    doc: str
    default: T
    schema: Mapping[str, object]
    read: Callable[[object], T]
    read_beside: Callable[[object, str], T] | None = None
    read_sound: Callable[[object], T] | None = None

    @property
    def family(self) -> str:
        """The table of the profile that the key stands in."""
        return self.key.partition(".")[0]


class Settings:
    """The options of a profile that were set; the others have their defaults.

    What is compiled from them stays with them (`memo`), but not when they are pickled.
    """

    __slots__ = ("__dict__", "values")

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = dict(values)

    def __reduce__(self) -> tuple[type[Settings], tuple[Mapping[str, object]]]:
        return Settings, (self.values,)

    def __getitem__(self, option: Option[T]) -> T:
        return self.values.get(option.key, option.default)  # type: ignore[return-value]


def choice(key: str, doc: str, default: str, *words: str) -> Option[str]:
    """One of a few words."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        raise ValueError(f"must be one of {_quoted(words)}, not {_shown(value)}{near}")

    return Option(key, doc, default, {"enum": list(words)}, read)


def text(key: str, doc: str, default: str = "") -> Option[str]:
    """Any text."""

    def read(value: object) -> str:
        if isinstance(value, str):
            return value
        raise ValueError(f"must be text, not {_shown(value)}")

    return Option(key, doc, default, {"type": "string"}, read)


def pattern(key: str, doc: str) -> Option[str]:
    """An RE2 pattern; empty means that nothing is demanded."""

    def read(value: object) -> str:
        if not isinstance(value, str):
            raise ValueError(f"must be a pattern in quotes, not {_shown(value)}")
        compiled(value)
        return value

    return Option(key, doc, "", {"type": "string"}, read)


def texts(key: str, doc: str, default: tuple[str, ...] = ()) -> Option[tuple[str, ...]]:
    """A list of texts."""

    def read(value: object) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
            return tuple(value)
        raise ValueError(f"must be a list of texts that are not empty, not {_shown(value)}")

    schema = {"type": "array", "items": {"type": "string", "minLength": 1}}
    return Option(key, doc, default, schema, read)


def number(key: str, doc: str, default: int, least: int = 0) -> Option[int]:
    """A whole number that is not less than `least`."""

    def read(value: object) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and value >= least:
            return value
        raise ValueError(f"must be a whole number from {least} on, not {_shown(value)}")

    return Option(key, doc, default, {"type": "integer", "minimum": least}, read)


def _quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)
