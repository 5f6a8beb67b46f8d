"""The types of values in a profile: how each is read, what messages call it, its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final, Generic, TypeVar

from msgspec import Struct

from ..errors import MisplacedError
from ..text.visible import visible
from .synonyms import meant

T = TypeVar("T")


class Origin(Struct, frozen=True):
    """Where a profile is written: `folder` is the directory that its paths are relative to.

    A built-in profile is `sound`: tests have checked it, and costly checks are left out.
    """

    folder: str = "."
    sound: bool = False


HERE: Final = Origin()


class Table(Struct, frozen=True, rename="kebab", omit_defaults=True):
    """A table of a profile. Keys that do not fit together are refused by `__post_init__`.

    `bare`, if not empty, is a key: a value that is not a table stands for a table with this key
    alone. `told` are further keywords of its JSON Schema.
    """

    bare: ClassVar[str] = ""
    told: ClassVar[Mapping[str, Any]] = {}

    @classmethod
    def filled(cls, written: Mapping[str, Any]) -> Mapping[str, Any]:
        """The table with defaults that depend on other keys; its values are not checked yet."""
        return written


class Rows(Struct, Generic[T], frozen=True, dict=True):
    """The rows of an array of tables; subclasses add what is made of all of them together."""

    rows: tuple[T, ...] = ()


class ValueType(Struct, frozen=True):
    """A type of values, which TOML gives as one of the Python types `written`.

    `title` is what messages call one value and several (`a day|days`); if empty, `words` is used.
    `makes` are functions applied in turn to the value that was read. `tests` are costly checks,
    which raise ValueError.
    """

    written: tuple[type, ...]
    title: str = ""
    makes: tuple[Callable[[Any], Any], ...] = ()
    tests: tuple[Callable[[Any], Any], ...] = ()

    def read(self, value: Any, origin: Origin = HERE) -> Any:
        """The value that rules get for a value of TOML.

        Raises ValueError with the rest of the sentence "`key` ...", or MisplacedError if a part of
        the value is wrong.
        """
        if type(value) not in self.written:
            raise self.refused(value, self.mended(value))
        found = self.taken(value, origin)
        for make in self.makes:
            found = make(found)
        for test in self.tests if not origin.sound else ():
            test(found)
        return found

    def taken(self, value: Any, origin: Origin) -> Any:
        """A value whose Python type is one of `written`, read. Raises ValueError."""
        return value

    def refused(self, value: object, near: str = "") -> ValueError:
        """The error for a value that is not of the type."""
        return ValueError(f"must be {self.called()}, not {shown(value)}{near}")

    def mended(self, value: object) -> str:
        """The end of a sentence about a value of another type: what to write instead; or empty."""
        return ""

    def called(self, many: bool = False) -> str:
        """The name of the type in a message: `a day`, or with `many`, `days`."""
        one, _, several = self.title.partition("|")
        return (several if many else one) or self.words(many)

    def words(self, many: bool) -> str:
        """The name in a message of a type without a title."""
        return "values" if many else "a value"

    @property
    def schemas(self) -> list[dict[str, Any]]:
        """A JSON Schema for each way in which such a value may be written."""
        return [{}]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of such a value."""
        one, *more = self.schemas
        return {"anyOf": [one, *more]} if more else one


class Scalar(ValueType, frozen=True, kw_only=True):
    """A text, number or truth value; `bounds` are keywords of JSON Schema (`minimum`, ...)."""

    kind: str
    bounds: Mapping[str, Any]

    def taken(self, value: Any, origin: Origin) -> Any:
        size = len(value) if isinstance(value, str) else value
        least = self.bounds.get("minimum", self.bounds.get("minLength", size))
        if least <= size <= self.bounds.get("maximum", size):
            return value
        raise self.refused(value)

    def mended(self, value: object) -> str:
        if not isinstance(value, str) or self.kind == "string":
            return ""
        plain = value.strip().lower()
        return "; leave out the quotes" if plain.isdecimal() or plain in {"true", "false"} else ""

    def words(self, many: bool) -> str:
        if "minLength" in self.bounds:
            return "texts that are not empty" if many else "text that is not empty"
        named = _SCALARS[self.kind][many]
        if "minimum" not in self.bounds:
            return named
        most = f"to {self.bounds['maximum']}" if "maximum" in self.bounds else "on"
        return f"{named} from {self.bounds['minimum']} {most}"

    @property
    def schemas(self) -> list[dict[str, Any]]:
        return [{"type": self.kind, **self.bounds}]


_SCALARS: Final = {
    "string": ("text", "texts"),
    "integer": ("a whole number", "whole numbers"),
    "number": ("a number", "numbers"),
    "boolean": ("true or false", "truth values"),
}


class Choice(ValueType, frozen=True, kw_only=True):
    """One of a few words; `known`: word -> the value that rules get for it."""

    written: tuple[type, ...] = (str,)
    known: Mapping[str, Any]

    def taken(self, value: str, origin: Origin) -> Any:
        if value in self.known:
            return self.known[value]
        raise self.refused(value, meant(value, self.known))

    def words(self, many: bool) -> str:
        listed = ", ".join(f'"{word}"' for word in self.known)
        return listed if many or len(self.known) == 1 else f"one of {listed}"

    @property
    def schemas(self) -> list[dict[str, Any]]:
        return [{"enum": [*self.known]}]


class ListOf(ValueType, frozen=True, kw_only=True):
    """A list. Values of other types in `written` are taken for a list's only item."""

    written: tuple[type, ...] = (list,)
    item: ValueType
    bounds: Mapping[str, Any] = {}

    def taken(self, value: Any, origin: Origin) -> tuple[Any, ...]:
        if type(value) is not list:
            return (self.item.read(value, origin),)
        if len(value) < self.bounds.get("minItems", 0):
            raise self.refused(value)
        for at, one in enumerate(value if "uniqueItems" in self.bounds else ()):
            if one in value[:at]:
                raise MisplacedError(f"names `{visible(str(one))}` twice", inside=(at,))
        return tuple(part(at, self.item, one, origin) for at, one in enumerate(value))

    def mended(self, value: object) -> str:
        if type(value) not in self.item.written or isinstance(value, dict):
            return ""
        if isinstance(self.item, Choice) and value not in self.item.known:
            return meant(str(value), self.item.known)
        return f"; write `[{shown(value)}]`"

    def words(self, many: bool) -> str:
        if many:
            return f"lists of {self.item.called(many)}"
        if len(self.written) > 1:
            return f"{self.item.called()} or a list of them"
        several = self.item.called(many=True)
        return "an array of tables" if several == "tables" else f"a list of {several}"

    @property
    def schemas(self) -> list[dict[str, Any]]:
        listed = {"type": "array", "items": self.item.schema, **self.bounds}
        return [*(self.item.schemas if len(self.written) > 1 else ()), listed]


class MapOf(ValueType, frozen=True, kw_only=True):
    """A table whose keys are names."""

    written: tuple[type, ...] = (dict,)
    key: ValueType
    item: ValueType

    def taken(self, value: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
        for name in value:
            part(name, self.key, name, origin)
        return {name: part(name, self.item, one, origin) for name, one in value.items()}

    def words(self, many: bool) -> str:
        return "tables" if many else "a table"

    @property
    def schemas(self) -> list[dict[str, Any]]:
        names = {key: value for key, value in self.key.schema.items() if key != "type"}
        named = {"propertyNames": names} if names else {}
        return [{"type": "object", **named, "additionalProperties": self.item.schema}]


class Either(ValueType, frozen=True, kw_only=True):
    """Any of several types, which differ in the Python types of their values (`written`)."""

    types: tuple[ValueType, ...]

    def taken(self, value: Any, origin: Origin) -> Any:
        return next(one for one in self.types if type(value) in one.written).read(value, origin)

    def words(self, many: bool) -> str:
        return " or ".join(one.called(many) for one in self.types)

    @property
    def schemas(self) -> list[dict[str, Any]]:
        found = [schema for one in self.types for schema in one.schemas]
        if all(schema.keys() == {"type"} for schema in found):
            return [{"type": [schema["type"] for schema in found]}]
        return found


def choice_of(words: Iterable[str]) -> Choice:
    """One of these words."""
    return Choice(known={word: word for word in words})


def part(key: str | int, kind: ValueType, value: Any, origin: Origin) -> Any:
    """A part of a value, read. Raises MisplacedError, which names the part by `key`."""
    try:
        return kind.read(value, origin)
    except ValueError as error:
        raise MisplacedError.under(error, key) from None


def shown(value: object) -> str:
    """A value of TOML for a message."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(map(shown, value))}]" if value else "an empty list"
    return f'"{visible(value)}"' if isinstance(value, str) else str(value)
