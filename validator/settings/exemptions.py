"""Exemptions: documents of which something is not asked, why, and until when.

One home for all who have them: `except` in tables of the corpus and of the body, `x-except` in a
schema, `metadata.exempt`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from fnmatch import fnmatchcase
from typing import Any, Final

from msgspec import Struct

from ..errors import did_you_mean
from ..text.visible import visible

KEYS: Final = ("documents", "document", "reason", "until")

_TEXT: Final = {"type": "string", "minLength": 1}
_TEXTS: Final = {"type": "array", "items": _TEXT, "minItems": 1}
_TABLE: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reason"],
    "oneOf": [{"required": ["documents"]}, {"required": ["document"]}],
    "properties": {
        "documents": _TEXTS,
        "document": {"anyOf": [_TEXT, _TEXTS]},
        "reason": _TEXT,
        "until": {"type": "string", "format": "date", "description": "the last day of it"},
    },
}
SCHEMA: Final[Mapping[str, Any]] = {
    "anyOf": [_TABLE, {"type": "array", "items": {"anyOf": [_TEXT, _TABLE]}}],
    "description": "documents that are exempt: ids, paths, or patterns such as `drafts/*`; as a "
    "table with the reason, and perhaps the last day",
}
"""The JSON Schema of `except`."""


class Exemption(Struct, frozen=True):
    """Documents of which something is not asked, why, and until when (that day included).

    `fields` are the fields that it is about; none means all. `documents` are ids, paths, or
    patterns of these with `*`.
    """

    documents: tuple[str, ...]
    reason: str = ""
    until: date | None = None
    fields: tuple[str, ...] = ()


class Exempt(Struct, frozen=True):
    """`except` as read, and as it was written."""

    listed: tuple[Exemption, ...] = ()
    written: Any = ()

    def __bool__(self) -> bool:
        return bool(self.listed)

    def of(self, name: str, path: str, today: date) -> tuple[bool, str]:
        """See `exempt`."""
        return exempt(self.listed, name, path, today)


def exempt(
    listed: Iterable[Exemption],
    name: str,
    path: str,
    today: date,
    fields: Collection[str] = (),
) -> tuple[bool, str]:
    """Whether the document of this id and path is exempt, and if not what to note.

    The note tells of an exemption that has ended. `fields` are those that it is about.
    """
    ended = ""
    for one in listed:
        if one.fields and not set(fields) & set(one.fields):
            continue
        if not any(_goes_by(wanted, name, path) for wanted in one.documents):
            continue
        if one.until is None or today <= one.until:
            return True, ""
        ended = f"exempt until {one.until.isoformat()} ({visible(one.reason)}); that day is over"
    return False, ended


def _goes_by(wanted: str, name: str, path: str) -> bool:
    """Whether a document is the one of this id or path, or one of those that a pattern means."""
    if wanted in (name, path) or ("*" in wanted and fnmatchcase(name, wanted)):
        return True
    return fnmatchcase(path, wanted) or fnmatchcase(path, f"*/{wanted}")


def exemption(written: Mapping[str, Any]) -> Exemption:
    """The exemption that a table of the right shape declares. Raises ValueError for a wrong day."""
    documents = written["documents" if "documents" in written else "document"]
    listed = documents if isinstance(documents, list) else [documents]
    fields = tuple(written.get("field", ()))
    names = tuple(str(one) for one in listed)
    return Exemption(names, written["reason"], _day(written.get("until")), fields)


def _day(written: object) -> date | None:
    if written is None or (isinstance(written, date) and not isinstance(written, datetime)):
        return written
    try:
        day = date.fromisoformat(str(written))
    except ValueError:
        day = None
    if day is None or day.isoformat() != str(written):
        raise ValueError(f"has no such day as {written}; a day is written 2027-01-31")
    return day


def exemptions(written: object) -> Exempt:
    """`except` as written. Raises ValueError with the rest of the sentence "`except` ..."."""
    rows = written if isinstance(written, list) else [written]
    found = []
    for row in rows:
        if isinstance(row, str) and row and isinstance(written, list):
            found.append(Exemption((row,)))
        elif isinstance(row, dict):
            found.append(_table(row))
        else:
            raise ValueError(
                "must be a list of texts, or of tables `{ documents = [...], reason = ... }`, "
                f"not {row!r}"
            )
    return Exempt(tuple(found), written)


def _table(row: Mapping[str, Any]) -> Exemption:
    for key in row:
        if key not in KEYS:
            near = did_you_mean(str(key), KEYS) or f" (one of {', '.join(KEYS)})"
            raise ValueError(f"has no key `{key}`{near}")
    if ("documents" in row) == ("document" in row):
        raise ValueError("must say with `documents` which documents are exempt")
    documents = row["documents" if "documents" in row else "document"]
    names = documents if isinstance(documents, list) else [documents]
    if not names or not all(isinstance(one, str) and one for one in names):
        raise ValueError(f"must have ids, paths or patterns in `documents`, not {documents!r}")
    if not isinstance(row.get("reason"), str) or not row["reason"].strip():
        raise ValueError("must say with `reason` why these documents are exempt")
    return exemption(row)
