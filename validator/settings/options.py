"""Options: the type of a profile's key, its default, its description. One definition for each.

The reader of the TOML value, the configuration's JSON Schema and the docs are made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

from msgspec import Meta, Struct

from ..memo import Loaded
from ..text.re2 import compiled
from .annotations import Costly, value_type
from .value_types import HERE, ListOf, Origin, ValueType, choice_of

T = TypeVar("T")


class Option(Struct, Generic[T], frozen=True, dict=True):
    """One key of a profile, as `family.key`.

    `type` is the type of its values, as an annotation (see `annotations`). Values that are read
    must pickle: they are sent to workers.
    """

    key: str
    doc: str
    default: T
    type: Any

    @property
    def family(self) -> str:
        """The table of the profile that the key stands in."""
        return self.key.partition(".")[0]

    @cached_property
    def value_type(self) -> ValueType:
        """The type of its values."""
        return value_type(self.type)

    @property
    def schema(self) -> Mapping[str, Any]:
        """The JSON Schema of the value."""
        return self.value_type.schema

    def read(self, value: object, origin: Origin = HERE) -> T:
        """The value that rules get for a value of TOML.

        Raises ValueError with the rest of the sentence "`key` ...", or MisplacedError if a part of
        the value is wrong.
        """
        found: T = self.value_type.read(value, origin)
        return found


class Settings:
    """The options that a profile sets; all others have their defaults.

    What is compiled from them is kept with them (`memo`), but is not pickled.
    """

    __slots__ = ("__dict__", "values")

    def __init__(
        self,
        values: Mapping[str, object],
        unread: Mapping[str, Callable[[], object]] | None = None,
    ) -> None:
        """`unread` are further options: key -> a function that reads the value when needed."""
        self.values: Mapping[str, object] = Loaded(unread, values) if unread else dict(values)

    def __reduce__(self) -> tuple[type[Settings], tuple[Mapping[str, object]]]:
        return Settings, (dict(self.values),)

    def under(self, other: Settings) -> Settings:
        """These options, overridden by those of `other`. No value is read for that."""
        both = Settings({})
        both.values = _loaded(self.values).under(_loaded(other.values))
        return both

    def waits(self, key: str) -> bool:
        """Whether the option of this key is set, but not yet read."""
        return isinstance(self.values, Loaded) and self.values.waits(key)

    def read(self) -> None:
        """Read all values now: looking one up is quicker afterwards."""
        self.values = dict(self.values)

    def __getitem__(self, option: Option[T]) -> T:
        return self.values.get(option.key, option.default)  # type: ignore[return-value]


def _loaded(values: Mapping[str, object]) -> Loaded[object]:
    return values if isinstance(values, Loaded) else Loaded({}, values)


Word = Annotated[str, Meta(min_length=1)]
Words = tuple[Word, ...]
Count = Annotated[int, Meta(ge=0)]
Source = Annotated[str, Meta(title="a pattern in quotes|patterns in quotes"), Costly(compiled)]
"""A pattern of RE2; an empty text stands for no pattern."""
Pattern = Annotated[Source, Meta(min_length=1)]


def choice(key: str, doc: str, words: str) -> Option[str]:
    """An option whose value is one of `words`, a text with blanks; the first is the default."""
    known = choice_of(words.split())
    return Option(key, doc, next(iter(known.known)), known)


def text(key: str, doc: str) -> Option[str]:
    """An option whose value is any text; empty by default."""
    return Option(key, doc, "", str)


def several(key: str, doc: str, words: str, default: str = "") -> Option[tuple[str, ...]]:
    """An option whose value is a list of some of `words`; both texts are separated by blanks."""
    kind = ListOf(item=choice_of(words.split()))
    return Option(key, doc, tuple(default.split()), kind)


def texts(key: str, doc: str) -> Option[tuple[str, ...]]:
    """An option whose value is a list of texts; empty by default."""
    return Option(key, doc, (), Words)


def count(key: str, doc: str, default: int, least: int = 0) -> Option[int]:
    """An option whose value is an integer that is not less than `least`."""
    return Option(key, doc, default, Annotated[int, Meta(ge=least)])
