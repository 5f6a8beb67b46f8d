"""Reads what a profile says of columns, numbers, references and groups of lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ...errors import MisplacedError
from ...metadata.schema.declaration import Declared
from .. import option_tables
from ..check_terms import terms_in
from .options import CONNECTED, TREE, Columns, GroupCheck, Numbering, References, Rows

COLUMN_KEYS: Final = ("classes", "separator", "names", "min", "schema", "by-class")
_WORDS: Final = ("message", "help", "severity", "except")
_PLACE: Final = ("classes", "column", "pattern")
NUMBERING_KEYS: Final = (*_PLACE, "ranges", "inserted", "first", "within", *_WORDS)
REFERENCE_KEYS: Final = (
    *("classes", "column", "split", "pattern", "to", "among", "none", "root", "roots", "shape"),
    *("within", *_WORDS),
)
GROUP_KEYS: Final = ("class", "min", "max", "unique", *_WORDS)


def read_columns(value: object, folder: str = ".") -> Columns:
    """`body.columns` as written; a schema may be a file in `folder`. Raises ValueError."""
    from ...metadata.schema.loading import schema_of  # only where there are columns

    return _columns(value, lambda written: schema_of(written, folder))


def sound_columns(value: object) -> Columns:
    """`body.columns` of a built-in profile, whose schemas tests hold against `read_columns`."""
    from ...metadata.schema.toml_tables import sound_schema

    return _columns(value, sound_schema)


def _columns(value: object, schema_of: Callable[[Any], Declared]) -> Columns:
    found = option_tables.table(value, COLUMN_KEYS)
    names = _names(found, "names", needed=True)
    if len(set(names)) < len(names):
        with option_tables.at("names"):
            raise ValueError("names a column twice")
    separator = option_tables.word(found, "separator", "\t")
    if not separator or "\n" in separator or "\r" in separator:
        with option_tables.at("separator"):
            raise ValueError("must be text within a line that is not empty")
    least = option_tables.count(found, "min")
    if least is not None and not 0 < least <= len(names):
        with option_tables.at("min"):
            raise ValueError(f"must be a number from 1 to {len(names)}, that of the columns")
    with option_tables.at("by-class"):
        option_tables.table(found.get("by-class", {}))
    return Columns(
        _names(found, "classes") or ("other",),
        names,
        separator,
        least or len(names),
        _schema(found, ("schema",), names, schema_of),
        {
            name: _schema(found, ("by-class", name), names, schema_of)
            for name in found.get("by-class", {})
        },
        found,
    )


def _schema(
    found: Mapping[str, Any],
    keys: tuple[str, ...],
    names: tuple[str, ...],
    schema_of: Callable[[Any], Declared],
) -> Declared:
    """The schema under these keys, about no columns but those that there are."""
    written: Any = found
    for key in keys:
        written = written.get(key, {})
    try:
        schema = schema_of(written)
    except MisplacedError as error:
        raise MisplacedError(str(error), (*keys, *error.keys)) from None
    except ValueError as error:
        raise MisplacedError(str(error), keys) from None
    for name in schema.get("properties", ()):
        if name not in names:
            with option_tables.at(*keys, "properties"):
                raise ValueError(unknown("column", name, names))
    return schema


def unknown(what: str, name: str, known: tuple[str, ...]) -> str:
    """The rest of a sentence about a name that is not declared."""
    from ...errors import did_you_mean

    near = did_you_mean(name, known) or f"; there are {', '.join(known)}"
    return f"names the {what} `{name}`, which is not declared{near}"


def _names(found: Mapping[str, Any], key: str, needed: bool = False) -> tuple[str, ...]:
    """A name or a list of names under a key."""
    if needed:
        option_tables.needed(found, key)
    value = found.get(key, [])
    return option_tables.words({key: [value] if isinstance(value, str) and value else value}, key)


def read_numbering(value: object) -> Rows:
    """`body.numbering` as written. Raises ValueError with the rest of the sentence."""
    return _rows(value, _numbering)


def read_references(value: object) -> Rows:
    """`body.references` as written. Raises ValueError with the rest of the sentence."""
    return _rows(value, _references)


def read_groups(value: object) -> Rows:
    """`body.groups` as written. Raises ValueError with the rest of the sentence."""
    return _rows(value, _group_check)


def _rows(value: object, read: Callable[[Mapping[str, Any]], Any]) -> Rows:
    rows = tuple(option_tables.each(value, read))
    return Rows(rows, tuple(value) if isinstance(value, list) else ())


def _numbering(row: Mapping[str, Any]) -> Numbering:
    found = option_tables.table(row, NUMBERING_KEYS)
    option_tables.needed(found, "classes")
    column, pattern = (
        option_tables.word(found, "column"),
        option_tables.pattern_at(found, "pattern"),
    )
    if bool(column) == bool(pattern):
        raise ValueError("needs one of `column` and `pattern`: where the number stands")
    first = option_tables.count(found, "first")
    return Numbering(
        _names(found, "classes"),
        column,
        pattern,
        _names(found, "ranges"),
        _names(found, "inserted"),
        1 if first is None else first,
        _by_group(found),
        terms_in(found),
    )


def _references(row: Mapping[str, Any]) -> References:
    found = option_tables.table(row, REFERENCE_KEYS)
    for key in ("classes", "column", "to"):
        option_tables.needed(found, key)
    root, roots = option_tables.word(found, "root"), option_tables.count(found, "roots")
    shape = option_tables.one_of(found, "shape", "any", ("any", TREE, CONNECTED))
    if not root and (roots is not None or shape == CONNECTED):
        key = "roots" if roots is not None else "shape"
        with option_tables.at(key):
            raise ValueError("is about the `root`, which is not there: say how it is written")
    classes = _names(found, "classes")
    return References(
        option_tables.word(found, "column"),
        option_tables.word(found, "to"),
        classes,
        _names(found, "among") or classes,
        option_tables.word(found, "split"),
        option_tables.pattern_at(found, "pattern"),
        option_tables.word(found, "none"),
        root,
        roots,
        shape,
        _by_group(found),
        terms_in(found),
    )


def _group_check(row: Mapping[str, Any]) -> GroupCheck:
    found = option_tables.table(row, GROUP_KEYS)
    option_tables.needed(found, "class")
    least, most = option_tables.count(found, "min") or 0, option_tables.count(found, "max")
    unique = option_tables.pattern_at(found, "unique")
    if not (least or most is not None or unique):
        raise ValueError("needs one of `min`, `max` and `unique`")
    if most is not None and most < least:
        raise ValueError(f"asks for at least {least} and at most {most}")
    return GroupCheck(_names(found, "class"), least, most, unique, terms_in(found))


def _by_group(found: Mapping[str, Any]) -> bool:
    return option_tables.one_of(found, "within", "group", ("group", "body")) == "group"
