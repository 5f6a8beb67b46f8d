"""The severity of a declared check: a word, or several that depend on a field of the document.

All keys with such a severity use this: `severity` in tables of the corpus and of the body,
`x-severity` in a schema.
"""

from collections.abc import Callable, Iterable
from typing import Annotated

from msgspec import Meta, field

from ..model import Severity
from .annotations import OR_ONE, As
from .options import Word
from .value_types import Table

Lookup = Callable[[str], object]
"""Gives the value of a field by its name; None if the document does not have it."""


def unknown(name: str) -> object:
    """The Lookup where no field of the document is known: None for each."""
    return None


def _spelled(value: object) -> set[str]:
    """The texts of a value as it is written: one, or for a list one for each item."""
    if isinstance(value, list | tuple):
        return {text for item in value for text in _spelled(item)}
    if isinstance(value, bool):
        return {"true" if value else "false"}
    return set() if value is None else {str(value)}


def spelled(value: str | float | bool) -> str:
    """A value of TOML as it is written in documents."""
    return min(_spelled(value))


Spelled = Annotated[str, As(str | float | bool), spelled]
"""Text, or a number or truth value as it is written."""


class Case(Table, frozen=True):
    """A severity where the field `when` has one of these values."""

    when: Annotated[Word, "a field of the document"]
    values: Annotated[
        tuple[Spelled, ...],
        Meta(min_length=1),
        OR_ONE,
        "the values of the field with which it holds",
    ] = field(name="is")
    then: Annotated[Severity, "how grave it is then"]


Grade = Annotated[
    tuple[Severity | Case, ...],
    Meta(min_length=1),
    OR_ONE,
    "how grave it is; as a table, where a field has one of some values; a list is tried in order",
]


def fields_of(grade: Iterable[Severity | Case]) -> list[str]:
    """The names of the fields that a severity depends on."""
    return [case.when for case in grade if isinstance(case, Case)]


def severity_of(grade: Iterable[Severity | Case], lookup: Lookup) -> Severity | None:
    """The severity for a document: the first whose condition holds. None: that of the rule."""
    for case in grade:
        if isinstance(case, Severity):
            return case
        if not _spelled(lookup(case.when)).isdisjoint(case.values):
            return case.then
    return None
