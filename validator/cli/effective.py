"""The effective configuration, or a profile with all its options and rules, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..profile.configuration import Configuration, find_profile
from ..profile.resolve import Profile
from ..profile.selection import enabled_rules
from ..readers.options import READERS
from ..rules.catalog import catalog
from ..settings.options import Option
from .plain_values import plain


def effective(config: Configuration, name: str | None) -> dict[str, Any]:
    """The effective configuration, or the profile `name` with every option and rule.

    A profile is shown as it may be written; read again, it is the same profile.
    """
    if name is None:
        shown: dict[str, Any] = {"read-from": config.origin or "nothing: built-in profiles only"}
        if config.chosen:
            shown["profile"] = config.chosen
        shown["fail-on"] = config.fail_on
        shown["respect-gitignore"] = config.respect_gitignore
        shown["unclaimed"] = "detect" if config.detects else "pass-by"
        if config.documentation:
            shown["documentation"] = config.documentation
        if config.exclude:
            shown["exclude"] = [line for one in config.exclude for line in one.lines]
        if config.archives:
            shown["archives"] = [line for one in config.archives for line in one.lines]
        shown["profiles"] = {one.name: _profile(one, config) for one in config.profiles}
        if config.chosen:
            chosen = find_profile(config.chosen, config)
            shown["profiles"].setdefault(chosen.name, _profile(chosen, config))
        return shown
    return _profile(find_profile(name, config), config)


def _profile(profile: Profile, config: Configuration) -> dict[str, Any]:
    shown: dict[str, Any] = {"summary": profile.summary}
    shown.update(_claim(profile, any(profile is one for one in config.own)))
    rules = {
        catalog().rules[code].name: severity.value
        for code, severity in enabled_rules([config.selection, profile.selection]).items()
    }
    shown["select"] = [*rules]
    shown["severity"] = rules
    shown[READERS.key] = [*profile.settings[READERS]]
    for option in catalog().options.values():
        family, _, key = option.key.partition(".")
        if not key:
            continue  # a key of the profile itself
        value = profile.settings[option]
        as_plain = plain(value)
        given = profile.written.get(option.key)
        of_file = isinstance(given, str) and isinstance(value, Mapping)
        if given is not None and not of_file:
            shown.setdefault(family, {})[key] = plain(given)
        elif given is not None or _may_be_written(option, as_plain, value):
            shown.setdefault(family, {})[key] = as_plain
    return shown


def _claim(profile: Profile, is_own: bool) -> dict[str, Any]:
    """The keys that say which files a profile is for.

    A profile of the configuration (`is_own`) without such keys is for all files.
    """
    shown: dict[str, Any] = {}
    content = profile.content
    if profile.files or not (profile.names or content):
        shown["files"] = list(profile.files.lines) or ["*"] * is_own
    else:
        shown["detect"] = list(profile.names)
        if content:
            shown["detect-within"] = list(content.within)
            shown["detect-content"] = content.pattern
            shown["detect-form"] = content.form
    shown["exclude"] = [line for one in profile.exclude for line in one.lines]
    return {key: value for key, value in shown.items() if value}


def _may_be_written(option: Option[Any], given: Any, value: object) -> bool:
    """Whether a value can be written in a profile: "no marker", for example, cannot."""
    try:
        return given is not None and bool(option.read(given) == value)
    except ValueError:
        return False
