"""The tables of a profile, read and checked: each key, each value, and whether all fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from ..errors import MisplacedError
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import value_type
from ..settings.options import Settings
from ..settings.value_types import shown
from ..text.visible import visible
from .hints import no_table, unknown_key, wrong_value
from .toml_file import Written, within


def family_values(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any], inherited: Settings | None
) -> dict[str, object]:
    """The options that the family tables of a profile set, read and checked: key -> value.

    `keys` lead to the profile's table in `source`. `inherited` are the options of the profile that
    it extends. Raises ConfigError.
    """
    values: dict[str, object] = {}
    for family in FAMILIES.values():
        if family not in table:
            continue
        where = (*keys, family)
        if not isinstance(table[family], Mapping):
            words = f"`{'.'.join(where)}` must be a table, not {shown(table[family])}"
            raise source.error(where, words + no_table(where, table[family]))
        own: Mapping[str, Any] = table[family]
        must_be_known(source, where, own, _keys_of(family))
        for key, value in own.items():
            values[f"{family}.{key}"] = _read(source, (*where, key), value, inherited)
    return values


def unread_values(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any], inherited: Settings | None
) -> dict[str, Callable[[], object]]:
    """For each option that a built-in profile sets: key -> a function that reads its value.

    These values are known to be right.
    """
    return {
        f"{family}.{key}": partial(_read, source, (*keys, family, key), value, inherited)
        for family in FAMILIES.values()
        for key, value in table.get(family, {}).items()
    }


def _read(
    source: Written, place: tuple[str, ...], value: object, inherited: Settings | None
) -> object:
    """The value of an option; its family and key are the last two keys of `place`."""
    option = catalog().options[".".join(place[-2:])]
    return read_value(source, place, option.value_type, value, option.key, inherited)


@cache
def _keys_of(family: str) -> Sequence[str]:
    """The keys of the options of a family, as they stand in its table."""
    return [key.partition(".")[2] for key in catalog().options if key.startswith(f"{family}.")]


def read_value(
    source: Written,
    keys: tuple[str, ...],
    kind: Any,
    value: object,
    of: str = "",
    inherited: Settings | None = None,
) -> Any:
    """The value at these keys of `source`, read as the type `kind`. Raises ConfigError.

    Messages call it `of`, or by its keys if that is empty.
    """
    type_ = value_type(kind)
    try:
        return type_.read(value, source.origin)
    except ValueError as error:
        wrong = MisplacedError.under(error)
        name = f"{of or '.'.join(keys)}{wrong.part}".removeprefix(".")
        advice = wrong_value(name, within(value, wrong.keys), None if wrong.keys else type_)
        said = f"{str(error).partition('; did you mean')[0]}{advice}" if advice else str(error)
        words = f"`{visible(name)}` {said}{_of_parent(said, inherited)}"
        raise source.error((*keys, *wrong.keys, *wrong.inside), words) from None
    except RecursionError:
        raise source.error(keys, f"`{of or '.'.join(keys)}` is nested too deeply") from None


def must_fit(
    source: Written,
    keys: tuple[str, ...],
    table: Mapping[str, Any],
    settings: Settings,
    inherited: Settings | None,
) -> None:
    """Raises ConfigError for options that are right one by one, but do not fit together."""
    for key, words in catalog().misfit(settings):
        where = (*keys, *_as_far(table, key.split(".")))
        raise source.error(where, f"`{key}` {words}{_of_parent(words, inherited)}")


def _of_parent(words: str, inherited: Settings | None) -> str:
    """More words about an undeclared class of lines that the extended profile declares; or empty.

    An option that is a table replaces the inherited one: the two are not merged.
    """
    if inherited is None:
        return ""
    from ..body.classes import LINES  # only on the way to an error

    for name in inherited[LINES].declared:
        if f"names the class `{name}`, which is not declared" in words:
            return (
                f"; the profile that it extends declares it, but an own `{LINES.key}` stands in "
                "the place of that one: repeat the classes that are still needed"
            )
    return ""


def _as_far(table: Any, names: Iterable[str]) -> Iterator[str]:
    """The keys of the path `names` as far as they are written in this table."""
    for name in names:
        if not isinstance(table, Mapping) or name not in table:
            return
        table = table[name]
        yield name


def must_be_known(
    source: Written, keys: tuple[str, ...], table: Mapping[str, Any], known: Iterable[str]
) -> None:
    """Raises ConfigError for a key of this table that is not in `known`."""
    for key in table:
        if key not in known:
            full = visible(".".join((*keys, key)))
            near = unknown_key(keys, key, known, table[key])
            raise source.error((*keys, key), f"unknown key `{full}`{near}")
