"""How grave a declared check is, and for which documents: by a field, by exemption."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct

from .. import metadata
from ..document import Document, Span
from ..fields import ID
from ..lines import NEWLINE
from ..model import Severity
from ..options import Settings
from . import tables


def lookup(document: Document, settings: Settings, name: str) -> Any:
    """The value of a field of a document; None if it has none."""
    return metadata.field(document, settings, name)


def place(document: Document, settings: Settings, name: str) -> Span:
    """Where a field stands; without a place of its own, the first line of the metadata block."""
    node = metadata.examined(document, settings).tree
    keys = [name] if node and name in node.children else name.split(".")
    for key in keys:
        children = node.children if node else ()
        node = children.get(key) if isinstance(children, Mapping) else None
    if node:
        return node.span
    start, end = document.block if document.block[0] >= 0 else document.body
    line = NEWLINE.search(document.data, start, end)
    return start, line.start() if line else end


class Grade(Struct, frozen=True):
    """A severity of its own, perhaps only where a field has one of these values."""

    then: Severity | None = None
    when: str = ""
    values: tuple[str, ...] = ()

    def of(self, document: Document, settings: Settings) -> Severity | None:
        """The severity for this document; None for that of the rule."""
        if not self.when or str(lookup(document, settings, self.when)) in self.values:
            return self.then
        return None


def grade(value: object) -> Grade:
    """`severity` of a declared check: a word, or `{ when, is, then }`."""
    if value is None:
        return Grade()
    with tables.at("severity"):
        if isinstance(value, str):
            return Grade(_severity({"severity": value}, "severity"))
        found = tables.table(value, ("when", "is", "then"))
        for key in ("when", "is", "then"):
            tables.needed(found, key)
        return Grade(_severity(found, "then"), tables.word(found, "when"), _values(found["is"]))


def _severity(found: dict[str, Any] | Any, key: str) -> Severity:
    if found.get(key) in tables.SEVERITIES:
        return Severity(found[key])
    named = ", ".join(f'"{word}"' for word in tables.SEVERITIES)
    raise ValueError(f"must be one of {named}, not {tables.shown(found.get(key))}")


def _values(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def exempt(document: Document, settings: Settings, names: Iterable[str]) -> bool:
    """Whether one of these is the id of the document, or a glob for its file."""
    from fnmatch import fnmatchcase
    from os import fsdecode

    path = fsdecode(document.place.path)
    own = {path, path.rpartition("/")[2]}
    known = settings[ID]
    identity = lookup(document, settings, known) if known else None
    return any(
        name == str(identity) or any(fnmatchcase(one, name) for one in own) for name in names
    )


SEVERITY_SCHEMA: Final = {
    "anyOf": [
        {"enum": list(tables.SEVERITIES)},
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["when", "is", "then"],
            "properties": {
                "when": tables.TEXT,
                "is": {"type": ["array", "string", "number", "boolean"]},
                "then": {"enum": list(tables.SEVERITIES)},
            },
        },
    ]
}
