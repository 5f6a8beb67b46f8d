"""A profile, complete: merged with the profiles that it extends, each key read and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from ..errors import ConfigError, UsageError, did_you_mean
from ..readers.options import READERS
from ..rules.index import FAMILIES
from ..settings.annotations import table_type
from ..settings.options import Settings
from .keys import Chosen, ProfileKeys
from .option_values import family_values, must_be_known, must_fit, read_value, unread_values
from .patterns import MOST_PATTERNS, Patterns
from .selection import Selection, above, unknown_rules
from .toml_file import (
    At,
    Written,
    built_in,
    built_in_names,
    table_in,
)

LONGEST_CHAIN: Final = 50
"""Length at most of a chain of profiles, or files, of which each extends the next."""


class Content(Struct, frozen=True):
    """How a profile finds its files by content, where their names say too little.

    It is for files whose names match one of `within` and in whose first bytes `pattern` is found.
    `form` describes such a file in words.
    """

    within: tuple[str, ...]
    pattern: str
    form: str


class Profile(Struct, frozen=True, dict=True):
    """The declared format of a set of files, complete and checked. It pickles.

    `names` are patterns of file names by which a built-in profile is chosen, or one that extends it
    and has no `files`; `content` finds further files by their first bytes. `written` has the
    options as they were written, by key. `places` says where each option and each key of the
    profile itself is written (each key of `severity` by itself); inherited ones come last. What is
    compiled from a profile is kept with it (`memo`).
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
        return f"<Profile {self.name!r}{': ' if self.summary else ''}{self.summary}>"


_NOTHING: Final = Profile("", "", Settings({}))
"""The parent of a profile that extends none."""


def profile_of(source: Mapping[str, Any] | str, name: str, base: str) -> Profile:
    """A profile given as a table or as a TOML text; it may extend a built-in one.

    `name` is the name it gets. Paths and patterns in it are relative to the directory `base`.
    Raises ConfigError for what is wrong in it.
    """
    shown = f"profile `{name}`"
    text = source if isinstance(source, str) else ""
    table = table_in(text, shown) if isinstance(source, str) else _plain(source)
    written = Written(shown, table, text, whole=name, base=base)
    if "profiles" in table:
        words = "this is a configuration, which may hold many profiles: give what is in one table"
        raise written.error(("profiles",), words)
    return resolved(name, written)


def _plain(value: Any) -> Any:
    """A value with plain dicts and lists, as a TOML parser gives them."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [*map(_plain, value)] if isinstance(value, tuple | list) else value


def resolved(name: str, written: Written | None, seen: tuple[str, ...] = ()) -> Profile:
    """The profile `name` of `written`, or the built-in one, merged with what it extends.

    `seen` are the names of the profiles that lead here. Raises ConfigError.
    """
    source, keys = _source_of(name, written)
    here = At(source, keys)
    own = here.value
    families = FAMILIES.values()
    must_be_known(source, keys, own, [*table_type(ProfileKeys).keys, *families])
    plain = {key: value for key, value in own.items() if key not in families}
    said: ProfileKeys = read_value(source, keys, ProfileKeys, plain)
    parent = _parent(source, keys, name, said.extends, written, seen) if "extends" in own else None
    known, inherited = parent or _NOTHING, parent.settings if parent else None
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
    places = {key: here.inside(*key.split(".")) for key in (*_names(plain), *as_written)}
    if parent:
        settings = parent.settings.under(settings)
    if not source.sound:
        must_fit(source, keys, own, settings, inherited)
    return Profile(
        name,
        said.summary or known.summary,
        settings,
        patterns_at(source, (*keys, "files"), said.files) if said.files else known.files,
        (*layer(source, (*keys, "exclude"), said.exclude), *known.exclude),
        said.detect or known.names,
        above(known.selection, selection_of(source, keys, said)),
        {**known.written, **as_written},
        {**places, **known.places, **places, "": here},  # its own keys first, and they count
        _content(said, known),
    )


def _names(plain: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a profile itself (`plain`: without options); those of `severity` one by one."""
    for key, value in plain.items():
        yield from (f"{key}.{rule}" for rule in value) if key == "severity" else (key,)


def _content(said: ProfileKeys, parent: Profile) -> Content | None:
    """How a profile finds files by content, besides their names.

    It is inherited only from a parent that has names: without these, a profile that extends it is
    for all files.
    """
    if said.detect_content:
        return Content(said.detect_within, said.detect_content, said.detect_form)
    return parent.content if parent.names else None


def _source_of(name: str, written: Written | None) -> tuple[Written, tuple[str, ...]]:
    """The file in which the profile `name` is written, and the keys that lead to its table."""
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
    if len(seen) >= LONGEST_CHAIN:
        raise source.error(where, f"`extends` goes on through more than {LONGEST_CHAIN} profiles")
    try:
        return resolved(extends, written, (*seen, name))
    except UsageError as error:
        raise source.error(where, f"`extends`: {error}") from None


def layer(source: Written, keys: tuple[str, ...], lines: tuple[str, ...]) -> tuple[Patterns, ...]:
    """The patterns at a key as a tuple of one `Patterns`; empty if there are none."""
    return (patterns_at(source, keys, lines),) if lines else ()


def patterns_at(source: Written, keys: tuple[str | int, ...], lines: tuple[str, ...]) -> Patterns:
    """The patterns at a key. Raises ConfigError for more than MOST_PATTERNS."""
    if len(lines) > MOST_PATTERNS:  # the message has no row: to find it would take long
        key = ".".join(map(str, keys))
        raise ConfigError(
            f"{source.path}: `{key}` has {len(lines)} patterns, {MOST_PATTERNS} are the most; "
            "name directories instead of files"
        )
    return Patterns(lines, source.folder)


def selection_of(source: Written, keys: tuple[str, ...], said: Chosen) -> Selection:
    """The selection of rules in a table. Raises ConfigError for an unknown rule."""
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
