"""Options that the invocation sets in every profile: `--set text.trailing-blanks=forbid`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec.structs import replace

from ..errors import UsageError, did_you_mean, option
from ..rules.catalog import catalog
from ..settings.options import Settings
from ..settings.value_types import Origin
from .resolve import Profile


def overrides(
    written: Mapping[str, Any], spelled: Callable[[str], str] = option
) -> Callable[[Profile], Profile]:
    """A function: profile -> the profile with these options.

    Raises UsageError for an unknown option or a wrong value; the function raises it for values that
    do not fit the other options of a profile. `spelled` gives the name of the parameter `set` in
    messages.
    """
    where = spelled("set")
    values = {key: _read(key, value, where) for key, value in written.items()}

    def over(profile: Profile) -> Profile:
        settings = Settings({**profile.settings.values, **values})
        for key, misfit in catalog().misfit(settings):
            raise UsageError(f"{where} {key}: under the profile `{profile.name}`, `{key}` {misfit}")
        return replace(profile, settings=settings, written={**profile.written, **written})

    return over if values else lambda profile: profile


def parted(words: Iterable[str]) -> dict[str, Any]:
    """The options that are written as `KEY=VALUE`: key -> value. A value is TOML, or else text.

    Raises UsageError for a word of another form.
    """
    return dict(map(_parted, words))


def _parted(word: str) -> tuple[str, Any]:
    key, sign, value = word.partition("=")
    if not sign:
        raise UsageError(f"--set wants KEY=VALUE, such as text.tabs=forbid, not `{word}`")
    return key.strip(), _value(value.strip())


def _value(text: str) -> Any:
    """The value of a text in TOML; the text itself if it is no TOML."""
    import tomllib  # most runs set nothing

    try:
        table: Mapping[str, Any] = tomllib.loads(f"x = {text}")
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return text
    return table["x"] if [*table] == ["x"] else text


def _read(key: str, value: Any, where: str) -> object:
    known = catalog().options.get(key)
    if known is None:
        near = did_you_mean(key, catalog().options)
        raise UsageError(f"{where}: there is no option `{key}`{near}")
    try:
        return known.read(value, Origin(os.getcwd()))
    except ValueError as error:
        raise UsageError(f"{where}: `{key}` {error}") from None
