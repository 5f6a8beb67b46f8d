"""Checks of `body.lines`: what lines of some classes must fulfil, how many of them there may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from ..errors import did_you_mean
from ..settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ..settings.severity import SCHEMA as SEVERITY_SCHEMA
from ..settings.terms import Terms
from . import option_tables
from .beginnings import Need
from .check_terms import terms_in

KEYS: Final = (
    *("class", "pattern", "not-pattern", "min", "max"),
    *("message", "help", "severity", "except"),
)


class LineCheck(Struct, frozen=True):
    """What lines of these classes (indexes) must fulfil, or how many of them there may be."""

    kinds: tuple[int, ...]
    pattern: str = ""
    forbidden: str = ""
    least: int = 0
    most: int | None = None
    terms: Terms = Terms()

    @property
    def needs(self) -> Iterator[Need]:
        """What is needed of each of the classes; how many of them there are is one question."""
        for kind in self.kinds:
            yield kind, self.pattern, self.forbidden, 0, None
        if self.least or self.most is not None:
            kind = self.kinds[0] if len(self.kinds) == 1 else -1
            yield kind, "", "", self.least, self.most


def class_index(name: str, names: Sequence[str]) -> int:
    """The index of a class. Raises ValueError with the nearest one."""
    if name in names:
        return names.index(name)
    near = did_you_mean(name, names) or f"; there are {', '.join(names)}"
    raise ValueError(f"names the class `{name}`, which is not declared{near}")


def class_indexes(found: Mapping[str, Any], key: str, names: Sequence[str]) -> tuple[int, ...]:
    """The indexes of the classes under a key, which holds the name of one or a list of names."""
    value = found[key]
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed or not all(isinstance(n, str) for n in listed):
        with option_tables.at(key):
            raise ValueError(f"must be the name of a class or a list of them, not {_shown(value)}")
    return tuple(dict.fromkeys(class_index(name, names) for name in listed))


def _shown(value: object) -> str:
    return "an empty list" if value == [] else option_tables.shown(value)


def read_check(row: Mapping[str, Any], names: Sequence[str]) -> LineCheck:
    """One check as written, where these are the classes. Raises ValueError as all that reads."""
    found = option_tables.table(row, KEYS)
    option_tables.needed(found, "class")
    check = LineCheck(
        class_indexes(found, "class", names),
        option_tables.pattern_at(found, "pattern"),
        option_tables.pattern_at(found, "not-pattern"),
        option_tables.count(found, "min") or 0,
        option_tables.count(found, "max"),
        terms_in(found),
    )
    if not (check.pattern or check.forbidden or check.least or check.most is not None):
        raise ValueError("needs one of `pattern`, `not-pattern`, `min` and `max`")
    if check.most is not None and check.most < check.least:
        raise ValueError(f"asks for at least {check.least} and at most {check.most}")
    if (check.pattern or check.forbidden) and not check.terms.message:
        raise ValueError("needs a `message`: nobody should have to read the pattern")
    return check


CLASSES_SCHEMA: Final = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
    ]
}
CHECK_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["class"],
    "properties": {
        "class": {**CLASSES_SCHEMA, "description": "a class of lines, or a list of classes"},
        **dict.fromkeys(("pattern", "not-pattern"), option_tables.PATTERN),
        **dict.fromkeys(("min", "max"), option_tables.COUNT),
        **dict.fromkeys(("message", "help"), option_tables.TEXT),
        "severity": SEVERITY_SCHEMA,
        "except": EXCEPT_SCHEMA,
    },
}
