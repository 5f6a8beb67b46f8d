"""How grave a declared check is: a word, or one that hangs on a field of the document.

One home for all who have it: `severity` in tables of the corpus and of the body, `x-severity` in a
schema.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct

from ..errors import did_you_mean
from ..model import Severity

KEYS: Final = ("when", "is", "then")
WORDS: Final = tuple(severity.value for severity in Severity)

_CASE: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": [*KEYS],
    "properties": {
        "when": {"type": "string", "minLength": 1, "description": "a field of the document"},
        "is": {
            "type": ["array", "string", "number", "boolean"],
            "description": "the values of the field with which it holds",
        },
        "then": {"enum": [*WORDS]},
    },
}
SCHEMA: Final[Mapping[str, Any]] = {
    "anyOf": [
        {"enum": [*WORDS]},
        _CASE,
        {"type": "array", "items": {"anyOf": [{"enum": [*WORDS]}, _CASE]}, "minItems": 1},
    ],
    "description": "how grave it is; as a table, where a field has one of some values; a list is "
    "tried in order",
}
"""The JSON Schema of `severity`."""

Lookup = Callable[[str], object]
"""Gives the value of a field, None where there is none."""


def unknown(name: str) -> object:
    """The look-up where nothing is known of the document."""
    return None


class Case(Struct, frozen=True):
    """A severity, perhaps only where the field `when` has one of these values, as written."""

    then: Severity
    when: str = ""
    values: tuple[str, ...] = ()


class Grade(Struct, frozen=True):
    """A severity of its own: the first case that holds. `written` is what it was read from."""

    cases: tuple[Case, ...] = ()
    written: Any = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it hangs on."""
        return tuple(case.when for case in self.cases if case.when)

    def of(self, lookup: Lookup) -> Severity | None:
        """The severity for a document; None for that of the rule."""
        for case in self.cases:
            if not case.when or not _spelled(lookup(case.when)).isdisjoint(case.values):
                return case.then
        return None


def _spelled(value: object) -> set[str]:
    """A value as it is written; of a list, each item."""
    if isinstance(value, list | tuple):
        return {text for item in value for text in _spelled(item)}
    if isinstance(value, bool):
        return {"true" if value else "false"}
    return set() if value is None else {str(value)}


def grade(written: object) -> Grade:
    """`severity` as written. Raises ValueError with the rest of the sentence "`severity` ..."."""
    rows = written if isinstance(written, list) else [] if written is None else [written]
    return Grade(tuple(map(_case, rows)), written)


def _case(written: object) -> Case:
    if not isinstance(written, dict):
        return Case(_severity(written))
    for key in written:
        if key not in KEYS:
            near = did_you_mean(str(key), KEYS) or f"; it may have {', '.join(KEYS)}"
            raise ValueError(f"has the unknown key `{key}`{near}")
    for key in KEYS:
        if key not in written:
            raise ValueError(f"needs the key `{key}`")
    when = written["when"]
    if not isinstance(when, str) or not when:
        raise ValueError(f"must name a field in `when`, not {when!r}")
    values = written["is"] if isinstance(written["is"], list) else [written["is"]]
    if not values or not all(isinstance(one, str | int | float) for one in values):
        raise ValueError(f"must have texts, numbers or truth values in `is`, not {written['is']!r}")
    return Case(_severity(written["then"]), when, tuple(sorted(_spelled(values))))


def _severity(written: object) -> Severity:
    if isinstance(written, str) and written in WORDS:
        return Severity(written)
    named = ", ".join(f'"{word}"' for word in WORDS)
    shown = f'"{written}"' if isinstance(written, str) else f"{written!r}"
    near = did_you_mean(written, WORDS) if isinstance(written, str) else ""
    raise ValueError(f"must be one of {named}, not {shown}{near}")
