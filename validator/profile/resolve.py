"""The configuration as meant: profiles with their parents merged in, each key read and checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ..errors import ConfigError, UsageError, did_you_mean
from ..file.opening import leads_out
from ..readers.options import READERS
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import table_type
from ..settings.options import Settings
from ..text.visible import visible
from .keys import Chosen, ConfigKeys, ProfileKeys
from .option_values import family_values, must_be_known, must_fit, read_value, unread_values
from .patterns import MOST_PATTERNS, Patterns
from .selection import Selection, above, unknown_rules
from .suppress import Suppress
from .toml_file import (
    At,
    Written,
    built_in,
    built_in_detects,
    built_in_names,
    discover,
    load,
    table_in,
)

_LONGEST_CHAIN: Final = 50
"""Profiles, or files, that extend each other, one after the other."""


class Content(Struct, frozen=True):
    """What a profile knows its files by where their names say too little.

    Of files whose names match one of `within`, those are meant in whose first bytes `pattern` is
    found; `form` says so in words.
    """

    within: tuple[str, ...]
    pattern: str
    form: str


class Profile(Struct, frozen=True, dict=True):
    """The declared format of a set of files, complete and checked. It pickles.

    `names` are those that a built-in profile is chosen by, for itself and for all that extend it
    without `files`; `content` is what it knows files by of other names. `written` are the options
    as they were written, by key; `places` says where, and where its own keys are, by theirs. Those
    of its parents are among them. What is compiled from it stays with it (`memo`).
    """

    name: str
    summary: str
    settings: Settings
    files: Patterns = Patterns()
    exclude: tuple[Patterns, ...] = ()
    names: tuple[str, ...] = ()
    selection: Selection = Selection()
    written: Mapping[str, Any] = {}
    places: Mapping[str, At] = {}
    content: Content | None = None

    def __repr__(self) -> str:
        return (
            f"<Profile {self.name!r}: {self.summary}>"
            if self.summary
            else f"<Profile {self.name!r}>"
        )


class Configuration(Struct, frozen=True, dict=True):
    """What a run goes by: the profiles to choose from, and the layer above them.

    `own` are those that are written. Built-in ones are chosen, by name, for files that none of
    these is for if `detects`: where no profile is written, or the configuration wants it.
    `baseline` is the path of the file of known findings that it names, `documentation` the address
    of the pages of the rules, if it does.
    `archives` names those whose members are checked.
    `over` is what the invocation changes in every profile; `own` have it already. `places` says
    where its keys are written.
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
        """The file that it was read from."""
        return self.written.path if self.written else None

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


def profile_of(source: Mapping[str, Any] | str, name: str, base: str) -> Profile:
    """The profile of this name that a table is, or a TOML text; it may extend a built-in one.

    Paths and patterns count from the directory `base`. Raises ConfigError for what is wrong.
    """
    shown = f"profile `{name}`"
    text = source if isinstance(source, str) else ""
    table = table_in(text, shown) if isinstance(source, str) else _plain(source)
    written = Written(shown, table, text, whole=name, base=base)
    if "profiles" in table:
        words = "this is a configuration, which may hold many profiles: give what is in one table"
        raise written.error(("profiles",), words)
    return _resolve(name, written)


def _plain(value: Any) -> Any:
    """A value with dicts and lists as TOML gives them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [*map(_plain, value)] if isinstance(value, tuple | list) else value


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
    own = tuple(_resolve(name, written) for name in keys.profiles)
    profiles = (*own, *(one for one in known.own if one.name not in keys.profiles))
    config = Configuration(
        profiles,
        keys.profile or known.chosen,
        written.folder,
        (*known.exclude, *_excluded(written, (), keys)),
        above(known.selection, _selection(written, (), keys)),
        keys.fail_on if "fail-on" in table else known.fail_on,
        keys.respect_gitignore if "respect-gitignore" in table else known.respect_gitignore,
        written,
        not profiles or keys.unclaimed == "detect",
        os.path.join(written.folder, keys.baseline) if keys.baseline else known.baseline,
        keys.documentation or known.documentation,
        (*known.suppress, *_suppressed(written, keys)),
        (*known.archives, *_archives(written, keys)),
        places={**known.places, **{key: At(written, (key,)) for key in table}},
    )
    if config.chosen is not None:
        try:
            find_profile(config.chosen, config)
        except UsageError as error:
            raise written.error(("profile",), f"`profile`: {error}") from None
    _must_be_there(config.own)
    return config


def _must_be_there(own: Sequence[Profile]) -> None:
    """Raises ConfigError for a reference into a profile that is not there."""
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
    """The findings that a configuration has not told. Raises ConfigError for an unknown rule."""
    for number, one in enumerate(keys.suppress):
        where = ("suppress", number)
        for _, word, near in unknown_rules({"rules": one.rules}):
            words = f"unknown rule `{word}` in `suppress[{number + 1}].rules`{near}"
            raise written.error((*where, "rules"), words)
        yield Suppress(
            _patterns(written, (*where, "files"), one.files),
            frozenset().union(*map(catalog().select, one.rules)),
            one.reason,
            one.until,
            written.path,
            (*written.prefix, *where),
        )


def _outer(written: Written, extends: str, seen: tuple[str, ...]) -> Written:
    """The configuration that another one extends: a file in a directory above, or in the same.

    One that lies elsewhere is refused: who may write here must not have files of others read.
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
    if len(seen) >= _LONGEST_CHAIN:
        raise written.error(where, f"`extends` goes on through more than {_LONGEST_CHAIN} files")
    found = load(path) if os.path.isfile(path) else None
    if found is None:
        raise written.error(where, f"`extends` leads to `{extends}`, where no configuration is")
    return found


def _resolve(name: str, written: Written | None, seen: tuple[str, ...] = ()) -> Profile:
    """The profile `name` of `written`, or the built-in one, on top of what it extends."""
    source, keys = source_of(name, written)
    own = source.table
    for key in keys:
        own = own[key]
    families = FAMILIES.values()
    must_be_known(source, keys, own, [*table_type(ProfileKeys).keys, *families])
    plain = {key: value for key, value in own.items() if key not in families}
    said: ProfileKeys = read_value(source, keys, ProfileKeys, plain)
    parent = _parent(source, keys, name, said.extends, written, seen) if "extends" in own else None
    inherited = parent.settings if parent else None
    readers = {READERS.key: said.readers} if "readers" in own else {}
    if source.sound:
        settings = Settings(readers, unread_values(source, keys, own, inherited))
    else:
        settings = Settings({**family_values(source, keys, own, inherited), **readers})
    as_written = {
        f"{family}.{key}": value
        for family in families
        for key, value in own.get(family, {}).items()
    }
    if readers:
        as_written[READERS.key] = [*said.readers]
    here = At(source, keys)
    places = {key: here.inside(*key.split(".")) for key in (*plain, *as_written)}
    if parent:
        places = {**parent.places, **places}
        settings = parent.settings.under(settings)
        as_written = {**parent.written, **as_written}
    layer = _selection(source, keys, said)
    selection = above(parent.selection if parent else Selection(), layer)
    if not source.sound:
        must_fit(source, keys, own, settings, inherited)
    return Profile(
        name,
        said.summary or (parent.summary if parent else ""),
        settings,
        _patterns(source, (*keys, "files"), said.files)
        if said.files
        else (parent.files if parent else Patterns()),
        _excluded(source, keys, said) + (parent.exclude if parent else ()),
        said.detect or (parent.names if parent else ()),
        selection,
        as_written,
        {**places, "": here},
        _content(said, parent),
    )


def _content(said: ProfileKeys, parent: Profile | None) -> Content | None:
    """What a profile knows its files by, besides their names.

    What a parent without names knows is no bound for its heirs: they are for all files.
    """
    if said.detect_content:
        return Content(said.detect_within, said.detect_content, said.detect_form)
    return parent.content if parent and parent.names else None


def source_of(name: str, written: Written | None) -> tuple[Written, tuple[str, ...]]:
    """Where the profile `name` is written, and the keys that lead to its table there."""
    at = written
    while at is not None:
        if at.whole == name:
            return at, ()
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
    extends: str,
    written: Written | None,
    seen: tuple[str, ...],
) -> Profile:
    where = (*keys, "extends")
    if extends == name or extends in seen:
        raise source.error(
            where, f"`extends` goes in a circle: {' > '.join((*seen, name, extends))}"
        )
    if len(seen) >= _LONGEST_CHAIN:
        raise source.error(where, f"`extends` goes on through more than {_LONGEST_CHAIN} profiles")
    try:
        return _resolve(extends, written, (*seen, name))
    except UsageError as error:
        raise source.error(where, f"`extends`: {error}") from None


def _excluded(source: Written, keys: tuple[str, ...], said: Chosen) -> tuple[Patterns, ...]:
    if not said.exclude:
        return ()
    return (_patterns(source, (*keys, "exclude"), said.exclude),)


def _archives(source: Written, said: ConfigKeys) -> tuple[Patterns, ...]:
    return (_patterns(source, ("archives",), said.archives),) if said.archives else ()


def _patterns(source: Written, keys: tuple[str | int, ...], lines: tuple[str, ...]) -> Patterns:
    """The patterns at a key. Raises ConfigError for more than files can be asked in time."""
    if len(lines) > MOST_PATTERNS:  # to find the row would take longer than all else
        key = ".".join(map(str, keys))
        raise ConfigError(
            f"{source.path}: `{key}` has {len(lines)} patterns, {MOST_PATTERNS} are the most; "
            "name directories instead of files"
        )
    return Patterns(lines, source.folder)


def _selection(source: Written, keys: tuple[str, ...], said: Chosen) -> Selection:
    named = {
        "select": said.select,
        "extend-select": said.extend_select,
        "ignore": said.ignore,
        "severity": said.severity,
    }
    for key, word, near in unknown_rules(named):
        raise source.error((*keys, key), f"unknown rule `{word}` in `{key}`{near}")
    severities = tuple(said.severity.items())
    return Selection(said.select, said.extend_select, said.ignore, severities, said.kinds)
