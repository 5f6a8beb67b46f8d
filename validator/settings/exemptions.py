"""Exemptions: documents for which a check does not count, why, and until when.

All keys with exemptions use these: `except` in tables of the corpus and of the body, `x-except` in
a schema, `metadata.exempt`.
"""

from collections.abc import Collection, Iterable
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Any, ClassVar, Final

from msgspec import Meta

from ..text.visible import visible
from .annotations import OR_ONE, As
from .options import Word
from .value_types import Origin, Table, ValueType


class _DayType(ValueType, frozen=True):
    def taken(self, value: Any, origin: Origin) -> date:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            raise self.refused(value) from None
        if day.isoformat() != str(value):
            raise self.refused(value)
        return day

    @property
    def schemas(self) -> list[dict[str, Any]]:
        return [{"type": "string", "format": "date"}]


_DAY: Final = _DayType((date, str), "a day, written 2027-01-31")
_Names = Annotated[
    tuple[Annotated[Word, As(Word | int), str], ...],
    Meta(min_length=1, title="ids, paths or patterns|names"),
    OR_ONE,
]


class Reasoned(Table, frozen=True, kw_only=True):
    """An exception from a check or a report: its reason, and perhaps its last day."""

    reason: Annotated[Word, "why they are exempt"]
    until: Annotated[date | None, _DAY, "the last day of it"] = None

    def holds(self, today: date) -> bool:
        """Whether it counts on the day `today`; the day `until` is included."""
        return self.until is None or today <= self.until


class Exemption(Reasoned, frozen=True, kw_only=True):
    """Documents for which a check does not count, why, and until when (that day included)."""

    told: ClassVar = {"oneOf": [{"required": ["documents"]}, {"required": ["document"]}]}

    documents: Annotated[_Names, "ids, paths, or patterns of these with `*`"] = ()
    document: Annotated[_Names, "the same, of a single one"] = ()

    def __post_init__(self) -> None:
        if bool(self.documents) == bool(self.document):
            raise ValueError("must say with `documents` which documents are exempt")
        if not self.reason.strip():
            raise ValueError("must say with `reason` why these documents are exempt")

    def concerns(self, fields: Collection[str]) -> bool:
        """Whether it is about one of these fields of the document: here, about all."""
        return True


class FieldExemption(Exemption, frozen=True, kw_only=True):
    """An exemption from checks of some fields; of all fields, if it names none."""

    field: Annotated[tuple[Word, ...], Meta(min_length=1), "the fields that it is about"] = ()

    def concerns(self, fields: Collection[str]) -> bool:
        """Whether it is about one of these fields, or about all."""
        return not self.field or not set(fields).isdisjoint(self.field)


Exempt = Annotated[
    tuple[str | Exemption, ...],
    As(Exemption | tuple[Word | Exemption, ...]),
    lambda found: found if isinstance(found, tuple) else (found,),
    Meta(title="a list of texts or of tables, or a table|exemptions"),
    "documents that are exempt: ids, paths, or patterns such as `drafts/*`; as a table with the "
    "reason, and perhaps the last day",
]


def exempt(
    listed: Iterable[str | Exemption],
    name: str,
    path: str,
    today: date,
    fields: Collection[str] = (),
) -> tuple[bool, str]:
    """Whether the document with the id `name` is exempt, and a note for the finding if it is not.

    The note names an exemption that has ended, else it is empty. `listed` are ids, paths, patterns
    and exemptions; `fields` are the fields that the check is about.
    """
    ended = ""
    for one in listed:
        if isinstance(one, str):
            if _goes_by(one, name, path):
                return True, ""
            continue
        if not one.concerns(fields):
            continue
        if not any(_goes_by(wanted, name, path) for wanted in one.documents or one.document):
            continue
        if one.holds(today):
            return True, ""
        assert one.until is not None
        ended = f"exempt until {one.until.isoformat()} ({visible(one.reason)}); that day is over"
    return False, ended


def _goes_by(wanted: str, name: str, path: str) -> bool:
    """Whether a document has the id or path `wanted`, or matches it as a pattern with `*`."""
    if wanted in (name, path) or ("*" in wanted and fnmatchcase(name, wanted)):
        return True
    return fnmatchcase(path, wanted) or fnmatchcase(path, f"*/{wanted}")
