"""The configuration as meant: profiles with their parents merged in, each key read and checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ..delimiters import misfits as division
from ..errors import ConfigError, UsageError, did_you_mean
from ..file.opening import leads_out
from ..model import Severity
from ..rules import body, corpus
from ..rules.catalog import FAMILIES, catalog
from ..settings.options import Option, Settings, texts
from .keys import CONFIG_KEYS, PROFILE_KEYS, SEVERITIES, UNCLAIMED
from .patterns import Patterns
from .selection import Selection, above
from .toml_file import Written, built_in, built_in_detects, built_in_names, discover, load

_LONGEST_CHAIN: Final = 50
"""Profiles, or files, that extend each other, one after the other."""


class Profile(Struct, frozen=True, dict=True):
    """The declared format of a set of files, complete and checked. It pickles.

    `names` are those
    that a built-in profile is chosen by, for itself and for all that extend it without `files`.
    `written` are the options as they were written, by key; those of its parents are among them.
    What is compiled from it stays with it (`memo`).
    """

    name: str
    summary: str
    settings: Settings
    files: Patterns = Patterns()
    exclude: tuple[Patterns, ...] = ()
    names: tuple[str, ...] = ()
    selection: Selection = Selection()
    written: Mapping[str, Any] = {}


class Configuration(Struct, frozen=True, dict=True):
    """What a run goes by: the profiles to choose from, and the layer above them.

    `own` are those that are written. Built-in ones are chosen, by name, for files that none of
    these is for if `detects`: where no profile is written, or the configuration wants it.
    `over` is what the invocation changes in every profile; `own` have it already.
    """

    own: tuple[Profile, ...]
    chosen: str | None
    base: str
    exclude: tuple[Patterns, ...]
    selection: Selection
    fail_on: str
    respect_gitignore: bool
    origin: str | None
    detects: bool = True
    over: Callable[[Profile], Profile] = lambda profile: profile

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles to choose from: those that are written, then built-in ones if it `detects`.

        These are read when they are asked for.
        """
        if not self.detects:
            return self.own
        known = {profile.name for profile in self.own}
        found = [name for name in built_in_names() if built_in_detects(name) and name not in known]
        return (*self.own, *(self.over(_resolve(name, None)) for name in found))

    @property
    def names(self) -> list[str]:
        """The names of these profiles, without reading any."""
        own = [profile.name for profile in self.own]
        return [*own, *built_in_names()] if self.detects else own


NO_CONFIGURATION: Final = Configuration((), None, ".", (), Selection(), "error", True, None)
"""What counts where nothing is configured: built-in profiles, by name."""


def configuration(start: str, path: str | None = None, isolated: bool = False) -> Configuration:
    """The configuration for a run on `start`: `path`, else the nearest one, else the built-ins.

    Raises ConfigError with the place of what is wrong.
    """
    written = None
    if path is not None:
        if not os.path.isfile(path):
            raise UsageError(f"the configuration `{path}` is not there")
        written = load(path)
        if written is None:
            raise ConfigError(f"{path}: has no table [tool.seed-validator]")
    elif not isolated:
        written = discover(start)
    if written is None:
        return NO_CONFIGURATION
    return _configuration(written)


def find_profile(name: str, config: Configuration) -> Profile:
    """The profile of this name: of the configuration, or a built-in. Raises UsageError."""
    for profile in config.own:
        if profile.name == name:
            return profile
    if name in built_in_names():
        return config.over(_resolve(name, None))
    known = {*built_in_names(), *(profile.name for profile in config.own)}
    near = did_you_mean(name, known) or f"; there are {', '.join(sorted(known))}"
    raise UsageError(f"there is no profile `{name}`{near}")


def _configuration(written: Written, seen: tuple[str, ...] = ()) -> Configuration:
    table = written.table
    _known_keys(written, (), table, CONFIG_KEYS)
    outer = None
    if "extends" in table:
        outer_file = _outer(written, table["extends"], seen)
        outer = _configuration(outer_file, (*seen, written.path))
        written = replace(written, outer=outer_file)
    known = outer or NO_CONFIGURATION
    tables = _table(written, ("profiles",), table.get("profiles", {}))
    own = tuple(_resolve(name, written) for name in tables)
    profiles = (*own, *(one for one in known.own if one.name not in tables))
    chosen = _name(written, table.get("profile", known.chosen))
    unclaimed = _one_of(written, ("unclaimed",), table.get("unclaimed", UNCLAIMED[0]), UNCLAIMED)
    config = Configuration(
        profiles,
        chosen,
        written.folder,
        (*known.exclude, *_excluded(written, (), table)),
        above(known.selection, _selection(written, (), table)),
        _one_of(written, ("fail-on",), table.get("fail-on", known.fail_on), (*SEVERITIES, "never")),
        _flag(
            written,
            ("respect-gitignore",),
            table.get("respect-gitignore", known.respect_gitignore),
        ),
        written.path,
        not profiles or unclaimed == "detect",
    )
    if chosen is not None:
        try:
            find_profile(chosen, config)
        except UsageError as error:
            raise written.error(("profile",), str(error)) from None
    return config


def _name(written: Written, chosen: object) -> str | None:
    """The profile that is chosen for all files, if one is."""
    if chosen is None or isinstance(chosen, str):
        return chosen
    hint = "; did you mean `profiles`?" if isinstance(chosen, dict) else ""
    raise written.error(("profile",), f"`profile` must be the name of a profile{hint}")


def _outer(written: Written, extends: object, seen: tuple[str, ...]) -> Written:
    """The configuration that another one extends: a file in a directory above, or in the same.

    One that lies elsewhere is refused: who may write here must not have files of others read.
    """
    where = ("extends",)
    if not isinstance(extends, str):
        raise written.error(where, f"`extends` must be the path of a configuration, not {extends}")
    path = os.path.normpath(os.path.join(written.folder, extends))
    folder = os.path.dirname(path)
    if os.path.commonpath([folder, written.folder]) != folder:
        raise written.error(
            where, f"`extends` must lead to this directory or to one above it, not to `{extends}`"
        )
    if path in map(os.path.abspath, (*seen, written.path)):
        raise written.error(where, f"`extends` goes in a circle: {' > '.join((*seen, extends))}")
    if leads_out(os.fsencode(path), os.fsencode(folder)):
        raise written.error(where, f"`extends` leads to `{extends}`, a link to another directory")
    if len(seen) >= _LONGEST_CHAIN:
        raise written.error(where, f"`extends` goes on through more than {_LONGEST_CHAIN} files")
    found = load(path) if os.path.isfile(path) else None
    if found is None:
        raise written.error(where, f"`extends` leads to `{extends}`, where no configuration is")
    return found


def _resolve(name: str, written: Written | None, seen: tuple[str, ...] = ()) -> Profile:
    """The profile `name` of `written`, or the built-in one, on top of what it extends."""
    source, keys = _source(name, written)
    own = source.table
    for key in keys:
        own = own[key]
    _table(source, keys, own)
    _known_keys(source, keys, own, [*PROFILE_KEYS, *FAMILIES.values()])
    values = _family_values(source, keys, own)
    as_written = {
        f"{family}.{key}": value
        for family in FAMILIES.values()
        for key, value in own.get(family, {}).items()
    }
    parent = None
    if "extends" in own:
        parent = _parent(source, keys, name, own["extends"], written, seen)
        values = {**parent.settings.values, **values}
        as_written = {**parent.written, **as_written}
    inherited = parent.selection if parent else Selection()
    layer = _selection(source, keys, own)
    selection = above(inherited, layer)
    _fitting(source, keys, own, Settings(values))
    files = Patterns(_texts(source, (*keys, "files"), own), source.folder)
    return Profile(
        name,
        str(own.get("summary") or (parent.summary if parent else "")),
        Settings(values),
        files or (parent.files if parent else Patterns()),
        _excluded(source, keys, own) + (parent.exclude if parent else ()),
        _texts(source, (*keys, "detect"), own) or (parent.names if parent else ()),
        selection,
        as_written,
    )


def _source(name: str, written: Written | None) -> tuple[Written, tuple[str, ...]]:
    """Where the profile `name` is written, and the keys that lead to its table there."""
    at = written
    while at is not None:
        if name in at.table.get("profiles", {}):
            return at, ("profiles", name)
        at = at.outer
    found = built_in(name)
    if found is None:
        raise UsageError(f"there is no profile `{name}`{did_you_mean(name, built_in_names())}")
    return found, ()


def _parent(
    source: Written,
    keys: tuple[str, ...],
    name: str,
    extends: object,
    written: Written | None,
    seen: tuple[str, ...],
) -> Profile:
    where = (*keys, "extends")
    if not isinstance(extends, str):
        raise source.error(where, f"`extends` must name a profile, not {extends}")
    if extends == name or extends in seen:
        raise source.error(
            where, f"`extends` goes in a circle: {' > '.join((*seen, name, extends))}"
        )
    if len(seen) >= _LONGEST_CHAIN:
        raise source.error(where, f"`extends` goes on through more than {_LONGEST_CHAIN} profiles")
    try:
        return _resolve(extends, written, (*seen, name))
    except UsageError as error:
        raise source.error(where, str(error)) from None


def _family_values(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any]
) -> dict[str, object]:
    """The options that the family tables of a profile set, read and checked."""
    values: dict[str, object] = {}
    for family in FAMILIES.values():
        own = _table(source, (*keys, family), table.get(family, {}))
        known = _options_of(family)
        _known_keys(source, (*keys, family), own, known)
        for key, value in own.items():
            try:
                values[f"{family}.{key}"] = _read(known[key], value, source)
            except ValueError as error:
                inner = getattr(error, "keys", ())
                where = (*keys, family, key, *inner)
                raise source.error(where, f"`{family}.{key}` {error}") from None
            except RecursionError:
                where = (*keys, family, key)
                raise source.error(where, f"`{family}.{key}` is nested too deeply") from None
    return values


@cache
def _options_of(family: str) -> Mapping[str, Option[Any]]:
    """The options of a family by their key in its table."""
    options = catalog().options.values()
    return {one.key.partition(".")[2]: one for one in options if one.family == family}


def _read(option: Option[Any], value: object, source: Written) -> object:
    if source.sound and option.read_sound is not None:
        return option.read_sound(value)
    if option.read_beside is None:
        return option.read(value)
    return option.read_beside(value, source.folder)


def _fitting(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any], settings: Settings
) -> None:
    """Options that are right one by one, and do not fit together, are an error too."""
    for key, words in check_together(settings):
        family, _, name = key.partition(".")
        written = name in table.get(family, {})
        where = (*keys, family, name) if written else (*keys, family) if family in table else keys
        raise source.error(where, f"`{key}` {words}")


def check_together(settings: Settings) -> Iterator[tuple[str, str]]:
    """Options that do not fit to others: the key, and the rest of the sentence "`key` ..."."""
    yield from chain(division.faults(settings), corpus.faults(settings), body.misfits(settings))


def _selection(source: Written, keys: tuple[str, ...], table: Mapping[str, Any]) -> Selection:
    lists = {
        key: _texts(source, (*keys, key), table) for key in ("select", "extend-select", "ignore")
    }
    severities = _table(source, (*keys, "severity"), table.get("severity", {}))
    for key, words in (*lists.items(), ("severity", severities)):
        for word in words:
            if not catalog().select(word):
                near = did_you_mean(word, catalog().words())
                raise source.error((*keys, key), f"unknown rule `{word}` in `{key}`{near}")
    read = tuple(
        (word, Severity(_one_of(source, (*keys, "severity", word), value, SEVERITIES)))
        for word, value in severities.items()
    )
    select = lists["select"] if "select" in table else None
    return Selection(select, lists["extend-select"], lists["ignore"], read)


def _known_keys(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any], known: Iterable[str]
) -> None:
    for key in table:
        if key not in known:
            full = ".".join((*keys, key))
            raise source.error((*keys, key), f"unknown key `{full}`{did_you_mean(key, known)}")


def _table(source: Written, keys: tuple[str, ...], value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise source.error(keys, f"`{'.'.join(keys)}` must be a table, not {value!r}")
    return value


def _texts(source: Written, keys: tuple[str, ...], table: Mapping[str, Any]) -> tuple[str, ...]:
    if keys[-1] not in table:
        return ()
    try:
        return texts(keys[-1], "").read(table[keys[-1]])
    except ValueError as error:
        raise source.error(keys, f"`{'.'.join(keys)}` {error}") from None


def _excluded(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any]
) -> tuple[Patterns, ...]:
    lines = _texts(source, (*keys, "exclude"), table)
    return (Patterns(lines, source.folder),) if lines else ()


def _one_of(source: Written, keys: tuple[str, ...], value: object, words: tuple[str, ...]) -> str:
    if isinstance(value, str) and value in words:
        return value
    raise source.error(keys, f"`{'.'.join(keys)}` must be one of {', '.join(words)}, not {value!r}")


def _flag(source: Written, keys: tuple[str, ...], value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise source.error(keys, f"`{'.'.join(keys)}` must be true or false, not {value!r}")
