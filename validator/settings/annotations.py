"""The types of a table's keys, read from the annotations of a record.

A table of a profile is a record, and its annotations define all about its keys:

    class Sections(Table, frozen=True):
        level: Annotated[int | None, Meta(ge=1, le=6), "the level of the headings"] = None

`value_type` makes a ValueType of an annotation. It knows `str`, `int`, `float`, `bool`,
enumerations and `Literal`, `tuple[T, ...]`, `Mapping[str, T]`, tables, and `T | U`, where `None`
stands for a key that may be left out. `Annotated` may hold

- a text: what the key is for;
- a `Meta`: bounds, and as `title` what messages call the value, one and several (`a day|days`);
- a ValueType, or `As(T)`: how the value is written, where that is not how it is kept;
- a function: it takes the value that was read and gives the one to keep, or raises ValueError with
  the rest of the sentence "`key` ...". As `Costly(function)` it only checks, and is not called for
  profiles that are known to be right.

A module with such records has no `from __future__ import annotations`: with it, annotations are
texts, which would have to be compiled before they can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache, cached_property
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct, structs

from ..errors import MisplacedError
from ..text.visible import visible
from .synonyms import meant
from .value_types import (
    Choice,
    Either,
    ListOf,
    MapOf,
    Origin,
    Scalar,
    Table,
    ValueType,
    choice_of,
    part,
)

OR_ONE: Final = Meta(extra={"single": True})
"""Marks a list that may be written as its only item: `"a"` for `["a"]`."""


class As(Struct, frozen=True):
    """The type in which a value is written, if it is kept in another one."""

    type: Any


class Costly(Struct, frozen=True):
    """A costly check of a value: `ask` raises ValueError for a wrong one."""

    ask: Callable[[Any], Any]


class Key(Struct, frozen=True, dict=True):
    """A key of a table: the record's attribute, its annotation, whether the key is required."""

    name: str
    annotation: Any
    needed: bool

    @cached_property
    def type(self) -> ValueType:
        """The type of its values."""
        return value_type(self.annotation)

    @property
    def doc(self) -> str:
        """What the key is for: the last text in its annotation, or empty."""
        notes = get_args(self.annotation) if get_origin(self.annotation) is Annotated else ()
        return next((note for note in reversed(notes) if isinstance(note, str)), "")


class TableOf(ValueType, frozen=True, kw_only=True):
    """A table with these keys, of which a record is made."""

    record: type[Table]
    keys: Mapping[str, Key]

    def taken(self, value: Any, origin: Origin) -> Any:
        bare = type(value) is not dict
        written = {self.record.bare: value} if bare else value
        for key in written:
            if key not in self.keys:
                raise MisplacedError(self.unknown(key), inside=(key,))
        for key, about in self.keys.items():
            if about.needed and key not in written:
                raise ValueError(f"needs the key `{key}`: {about.doc}")
        found = {}
        for key, one in self.record.filled(written).items():
            kind = self.keys[key].type
            read = kind.read(one, origin) if bare else part(key, kind, one, origin)
            found[self.keys[key].name] = read
        return self.record(**found)

    def unknown(self, key: object) -> str:
        """The rest of the sentence "`table` ..." about an unknown key in it."""
        near = meant(str(key), self.keys) or f"; it may have {', '.join(self.keys)}"
        return f"has the unknown key `{visible(str(key))}`{near}"

    def words(self, many: bool) -> str:
        table = "tables" if many else "a table"
        bare = self.record.bare
        return f"{self.keys[bare].type.called(many)} or {table}" if bare else table

    @property
    def schemas(self) -> list[dict[str, Any]]:
        needed = [key for key, about in self.keys.items() if about.needed]
        table = {
            "type": "object",
            "additionalProperties": False,
            **({"required": needed} if needed else {}),
            **self.record.told,
            "properties": {
                key: {**about.type.schema, "description": about.doc}
                for key, about in self.keys.items()
            },
        }
        bare = self.keys[self.record.bare].type.schemas if self.record.bare else ()
        return [*bare, table]


_SCALARS: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}
_BOUNDS: Final[Mapping[Any, Mapping[str, str]]] = {
    str: {"min_length": "minLength", "pattern": "pattern"},
    int: {"ge": "minimum", "le": "maximum"},
    tuple: {"min_length": "minItems"},
}


def value_type(annotation: Any, limits: Mapping[str, Any] | None = None) -> ValueType:
    """The type of values of an annotation; `limits` are used if it has no `Meta` of its own."""
    if isinstance(annotation, ValueType):
        return annotation
    limits = limits or {}
    if get_origin(annotation) is not Annotated:
        return _of(annotation, limits)
    base, *notes = get_args(annotation)
    for meta in notes:
        if isinstance(meta, Meta):
            said = ((name, getattr(meta, name)) for name in _LIMITS)
            limits = {**limits, **{name: value for name, value in said if value is not None}}
    found = next((note for note in notes if isinstance(note, ValueType)), None)
    if found is None:
        found = _of(next((note.type for note in notes if isinstance(note, As)), base), limits)
    makes = tuple(note for note in notes if callable(note))
    tests = tuple(note.ask for note in notes if isinstance(note, Costly))
    if not (makes or tests or "title" in limits):
        return found
    title = limits.get("title", found.title)
    return structs.replace(found, title=title, makes=found.makes + makes, tests=found.tests + tests)


_LIMITS: Final = ("ge", "le", "min_length", "pattern", "title", "extra", "extra_json_schema")


def _of(base: Any, limits: Mapping[str, Any]) -> ValueType:
    """The type of an annotation that is not `Annotated`."""
    origin, parts = get_origin(base), get_args(base)
    if base in _SCALARS:
        numbers = (int, float) if base is float else (base,)
        return Scalar(numbers, kind=_SCALARS[base], bounds=_bounds(base, limits))
    if origin is tuple:
        item = value_type(parts[0])
        alone = item.written if "extra" in limits else ()
        return ListOf(written=(*alone, list), item=item, bounds=_bounds(tuple, limits))
    if origin in (Union, UnionType):
        types = [value_type(one, limits) for one in parts if one is not type(None)]
        written = tuple(kind for one in types for kind in one.written)
        return Either(written, types=tuple(types)) if len(types) > 1 else types[0]
    if origin is Literal:
        return choice_of(parts)
    if parts:
        key, item = map(value_type, parts)
        return MapOf(key=key, item=item)
    if base is Any:
        return ValueType((str, int, float, bool, list, dict))
    if issubclass(base, Enum):
        return Choice(known={one.value: one for one in base})
    return table_type(base)


def _bounds(kind: Any, limits: Mapping[str, Any]) -> dict[str, Any]:
    known = _BOUNDS.get(kind, {})
    own = {known[name]: value for name, value in limits.items() if name in known}
    return {**own, **limits.get("extra_json_schema", {})}


@cache
def table_type(record: type[Table]) -> TableOf:
    """The type of the tables that become this record; its own keys come before inherited ones."""
    names, optional = record.__struct_fields__, record.__struct_defaults__
    defaults = (NODEFAULT,) * (len(names) - len(optional)) + optional
    written = dict(zip(names, record.__struct_encode_fields__, strict=True))
    needed = {name for name, one in zip(names, defaults, strict=True) if one is NODEFAULT}
    said: dict[str, Any] = {}
    for one in record.__mro__:
        own = getattr(one, "__annotations__", {})  # of this class alone, without its bases
        said = {**said, **{k: v for k, v in own.items() if k not in said}}
    keys = {
        written[name]: Key(name, annotation, name in needed)
        for name, annotation in said.items()
        if name in written
    }
    bare = keys[record.bare].type.written if record.bare else ()
    return TableOf((*bare, dict), record=record, keys=keys)
