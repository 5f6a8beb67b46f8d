"""What every declared check may carry besides what it asks: words, severity, exemptions.

`message` and `help` are the author's own words, `severity` stands above that of the rule and may
hang on a field, and documents that are named in `except` are not spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ..errors import did_you_mean
from ..model import Hit, Severity
from . import exemptions
from .exemptions import Exempt
from .severity import SCHEMA as SEVERITY_SCHEMA
from .severity import Grade, Lookup, unknown
from .severity import grade as read_grade

T = TypeVar("T")

KEYS: Final = ("message", "help", "severity", "except")

SCHEMA: Final[Mapping[str, Any]] = {
    "message": {"type": "string", "description": "the words of the finding"},
    "help": {"type": "string", "description": "what to do about it"},
    "severity": SEVERITY_SCHEMA,
    "except": exemptions.SCHEMA,
}
"""The JSON Schema of these keys."""


class Said(Struct, frozen=True):
    """How a breach of a declared check is reported of one document.

    Without a severity it is that of the hit, or of the rule.
    """

    message: str = ""
    help: str = ""
    severity: Severity | None = None
    notes: tuple[str, ...] = ()

    def hit(self, hit: Hit) -> Hit:
        """The hit in the author's words where there are any; what it said becomes a note."""
        message, notes = hit.message, hit.notes
        if self.message:
            notes = (message, *notes) if message else notes
            message = self.message
        return replace(
            hit,
            message=message,
            help=self.help or hit.help,
            notes=(*notes, *self.notes),
            severity=self.severity or hit.severity,
        )


class Terms(Struct, frozen=True):
    """The words, severity and exemptions of one declared check."""

    message: str = ""
    severity: Grade = Grade()
    exempt: Exempt = Exempt()
    help: str = ""

    def said(self, name: str, path: str, today: date, lookup: Lookup) -> Said | None:
        """How a breach is reported of the document of this id, at this path; None if it is exempt.

        An exemption that has ended is a note. `lookup` gives the fields that the severity hangs on.
        """
        free, ended = self.exempt.of(name, path, today) if self.exempt else (False, "")
        if free:
            return None
        notes = (ended,) if ended else ()
        return Said(self.message, self.help, self.severity.of(lookup), notes)

    def apply(
        self, hit: Hit, path: bytes, name: bytes, today: date, lookup: Lookup = unknown
    ) -> Hit | None:
        """The hit about the document at this path, of this id, under these terms; see `said`."""
        shown, own = path.decode("utf-8", "replace"), name.decode("utf-8", "replace")
        said = self.said(own, shown, today, lookup)
        return said.hit(hit) if said else None


def terms_of(table: Mapping[str, object]) -> Terms:
    """The terms in a table. Raises ValueError with the rest of the sentence "`key` ..."."""
    return Terms(
        text_in(table, "message"),
        within("severity", read_grade, table),
        within("except", exemptions.exemptions, table),
        text_in(table, "help"),
    )


def within(key: str, read: Callable[[object], T], table: Mapping[str, object]) -> T:
    """What is read at a key of a table. Raises ValueError that names the key."""
    try:
        return read(table.get(key, []))
    except ValueError as error:
        raise ValueError(f"has a wrong `{key}`: it {error}") from None


def checked(value: object, known: Collection[str], needed: Collection[str] = ()) -> dict[str, Any]:
    """A table with no other keys than `known` and those of terms. Raises ValueError."""
    if not isinstance(value, dict):
        raise ValueError(f"must be a table, not {value!r}")
    every = (*known, *KEYS)
    for key in value:
        if key not in every:
            near = did_you_mean(key, every) or f" (one of {', '.join(every)})"
            raise ValueError(f"has no key `{key}`{near}")
    for key in needed:
        if key not in value:
            raise ValueError(f"must have the key `{key}`")
    return value


def text_in(table: Mapping[str, object], key: str, default: str = "") -> str:
    """A text of a table. Raises ValueError."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise ValueError(f"must have text in `{key}`, not {value!r}")
    return value


def flag_in(table: Mapping[str, object], key: str, default: bool) -> bool:
    """A truth value of a table. Raises ValueError."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"must have true or false in `{key}`, not {value!r}")
    return value


def choice_in(table: Mapping[str, object], key: str, *words: str) -> str:
    """One of a few words of a table, the first if there is none. Raises ValueError."""
    value = table.get(key, words[0])
    if not isinstance(value, str) or value not in words:
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        told = ", ".join(f'"{word}"' for word in words)
        raise ValueError(f"must have one of {told} in `{key}`, not {value!r}{near}")
    return value


def each(value: object, read: Callable[[object], T]) -> tuple[T, ...]:
    """One check, or a list of them, each read by `read`."""
    return tuple(map(read, value if isinstance(value, list) else [value]))


def one_or_more(*items: Mapping[str, object]) -> dict[str, object]:
    """The JSON Schema of one check or a list of them, of these kinds."""
    return {"anyOf": [*items, {"type": "array", "items": {"anyOf": list(items)}}]}


def table_schema(needed: Collection[str], **keys: Mapping[str, object]) -> dict[str, object]:
    """The JSON Schema of a table with these keys and those of terms."""
    properties = {name.replace("_", "-"): schema for name, schema in keys.items()}
    return {
        "type": "object",
        "required": list(needed),
        "additionalProperties": False,
        "properties": {**properties, **SCHEMA},
    }
