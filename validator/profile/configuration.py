"""The configuration, complete: found, merged with the one it extends, with its profiles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..errors import ConfigError, UsageError, did_you_mean
from ..file.opening import leads_out
from ..rules.catalog import catalog
from ..settings.annotations import table_type
from ..text.visible import visible
from .keys import ConfigKeys
from .option_values import must_be_known, read_value
from .patterns import Patterns, Suppress
from .resolve import LONGEST_CHAIN, Profile, layer, patterns_at, resolved, selection_of
from .selection import Selection, above, unknown_rules
from .toml_file import At, Written, built_in_detects, built_in_names, discover, load


class Configuration(Struct, frozen=True, dict=True):
    """What a run is configured by: the profiles to choose from, and what counts above them.

    `own` are the profiles that are written in it. With `detects`, files that none of these is for
    get a built-in profile, chosen by the file's name: so it is where no profile is written, or the
    configuration asks for it. `baseline` is the path of the file of known findings,
    `documentation` the address of the pages of the rules. `archives` names the archives whose
    members are checked. `over` makes of a profile the one with the options of the invocation;
    `own` have these already. `places` says where its keys are written.
    """

    own: tuple[Profile, ...]
    chosen: str | None
    base: str
    exclude: tuple[Patterns, ...]
    selection: Selection
    fail_on: str
    respect_gitignore: bool
    written: Written | None
    detects: bool = True
    baseline: str = ""
    documentation: str = ""
    suppress: tuple[Suppress, ...] = ()
    archives: tuple[Patterns, ...] = ()
    over: Callable[[Profile], Profile] = lambda profile: profile
    places: Mapping[str, At] = {}

    @property
    def origin(self) -> str | None:
        """The file that it was read from; None without one."""
        return self.written.path if self.written else None

    @cached_property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles to choose from: those that are written, then built-in ones if it `detects`.

        Built-in profiles are read when this is first asked for.
        """
        if not self.detects:
            return self.own
        known = {profile.name for profile in self.own}
        found = [name for name in built_in_names() if built_in_detects(name) and name not in known]
        return (*self.own, *(self.over(resolved(name, None)) for name in found))

    @property
    def names(self) -> list[str]:
        """The names of these profiles, without reading any."""
        own = [profile.name for profile in self.own]
        return [*own, *built_in_names()] if self.detects else own


NO_CONFIGURATION: Final = Configuration((), None, ".", (), Selection(), "error", True, None)
"""The configuration where nothing is configured: built-in profiles, chosen by file names."""


def configuration(start: str, path: str | None = None, isolated: bool = False) -> Configuration:
    """The configuration for a run on `start`: the file `path`, else the nearest one above `start`.

    Without any, built-in profiles. Raises ConfigError with the place of what is wrong, UsageError
    if `path` does not exist.
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
    """The profile of this name: of the configuration, or built-in. Raises UsageError if none."""
    for profile in config.own:
        if profile.name == name:
            return profile
    if name in built_in_names():
        return config.over(resolved(name, None))
    known = {*built_in_names(), *(profile.name for profile in config.own)}
    near = did_you_mean(name, known) or f"; there are {', '.join(sorted(known))}"
    raise UsageError(f"there is no profile `{name}`{near}")


def _configuration(written: Written, seen: tuple[str, ...] = ()) -> Configuration:
    table = written.table
    must_be_known(written, (), table, table_type(ConfigKeys).keys)
    if isinstance(table.get("profile"), dict):
        name = visible(next(iter(table["profile"]), "NAME"))
        words = f"`profile` must be the name of a profile; did you mean `[profiles.{name}]`?"
        raise written.error(("profile",), words)
    keys: ConfigKeys = read_value(written, (), ConfigKeys, table)
    known = NO_CONFIGURATION
    if "extends" in table:
        outer = _outer(written, keys.extends, seen)
        known = _configuration(outer, (*seen, written.path))
        written = replace(written, outer=outer)
    own = tuple(resolved(name, written) for name in keys.profiles)
    profiles = (*own, *(one for one in known.own if one.name not in keys.profiles))
    places = {key: At(written, (key,)) for key in table}
    config = Configuration(
        profiles,
        keys.profile or known.chosen,
        written.folder,
        (*known.exclude, *layer(written, ("exclude",), keys.exclude)),
        above(known.selection, selection_of(written, (), keys)),
        keys.fail_on if "fail-on" in table else known.fail_on,
        keys.respect_gitignore if "respect-gitignore" in table else known.respect_gitignore,
        written,
        not profiles or keys.unclaimed == "detect",
        os.path.join(written.folder, keys.baseline) if keys.baseline else known.baseline,
        keys.documentation or known.documentation,
        (*known.suppress, *_suppressed(written, keys)),
        (*known.archives, *layer(written, ("archives",), keys.archives)),
        places={**places, **known.places, **places},  # its own keys first, and they count
    )
    if config.chosen is not None:
        try:
            find_profile(config.chosen, config)
        except UsageError as error:
            raise written.error(("profile",), f"`profile`: {error}") from None
    _must_be_there(config.own)
    return config


def _must_be_there(own: Sequence[Profile]) -> None:
    """Raises ConfigError for a reference to documents of a profile that does not exist."""
    if not any("corpus.references" in one.settings.values for one in own):
        return
    from ..corpus.options import REFERENCES

    known = {*built_in_names(), *(one.name for one in own)}
    for profile in own:
        references = profile.settings[REFERENCES]
        for at, one in enumerate(references):
            if one.profile and one.profile not in known:
                place = profile.places[REFERENCES.key]
                name, near = visible(one.profile), did_you_mean(one.profile, known)
                words = f"`{REFERENCES.key}` names the profile `{name}`, which is not there{near}"
                raise ConfigError(f"{place.inside(at, 'profile')}: {words}")


def _suppressed(written: Written, keys: ConfigKeys) -> Iterator[Suppress]:
    """The tables `suppress` of a configuration, read. Raises ConfigError for an unknown rule."""
    for number, one in enumerate(keys.suppress):
        where = ("suppress", number)
        for _, word, near in unknown_rules({"rules": one.rules}):
            words = f"unknown rule `{word}` in `suppress[{number + 1}].rules`{near}"
            raise written.error((*where, "rules"), words)
        yield Suppress(
            patterns_at(written, (*where, "files"), one.files),
            frozenset().union(*map(catalog().select, one.rules)),
            one.reason,
            one.until,
            written.path,
            (*written.prefix, *where),
        )


def _outer(written: Written, extends: str, seen: tuple[str, ...]) -> Written:
    """The configuration that another one extends: a file in the same directory or in one above.

    One that lies elsewhere is refused: who can write this configuration must not be able to have
    any other file read. Raises ConfigError.
    """
    where = ("extends",)
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
    if len(seen) >= LONGEST_CHAIN:
        raise written.error(where, f"`extends` goes on through more than {LONGEST_CHAIN} files")
    found = load(path) if os.path.isfile(path) else None
    if found is None:
        raise written.error(where, f"`extends` leads to `{extends}`, where no configuration is")
    return found
