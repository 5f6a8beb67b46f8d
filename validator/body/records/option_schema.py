"""The JSON Schema of the options about records."""

from __future__ import annotations

from typing import Any, Final

from ...settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ...settings.severity import SCHEMA as SEVERITY_SCHEMA
from .. import option_tables
from ..line_checks import CLASSES_SCHEMA

_SCHEMA: Final = {
    "anyOf": [{"type": "string", "minLength": 1}, {"type": "object"}],
    "description": "a JSON Schema with the vocabulary of seed-validator, here or in a file; its "
    "properties are columns",
}
_WORD: Final = {"type": "string", "minLength": 1}
_SAID: Final = {
    **dict.fromkeys(("message", "help"), option_tables.TEXT),
    "severity": SEVERITY_SCHEMA,
    "except": EXCEPT_SCHEMA,
}
_WITHIN: Final = {
    "enum": ["group", "body"],
    "description": "whether each group of lines is looked at by itself (default) or all together",
}


def _table(required: list[str], **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {key.replace("_", "-"): value for key, value in properties.items()},
    }


def _of(words: str) -> dict[str, Any]:
    return {**CLASSES_SCHEMA, "description": words}


COLUMNS_SCHEMA: Final = _table(
    ["names"],
    classes=_of("the classes of lines that are records (default `other`)"),
    separator={**_WORD, "description": "what stands between two cells (default a tab)"},
    names={**option_tables.TEXTS, "minItems": 1, "uniqueItems": True, "description": "the columns"},
    min={"type": "integer", "minimum": 1, "description": "how many of them a line must have"},
    schema=_SCHEMA,
    by_class={"type": "object", "additionalProperties": _SCHEMA},
)
NUMBERING_SCHEMA: Final = {
    "type": "array",
    "items": _table(
        ["classes"],
        classes=_of("the lines that are numbered"),
        column={**_WORD, "description": "the column with the number"},
        pattern={
            **option_tables.PATTERN,
            "description": "its first group finds the number in the line",
        },
        ranges=_of("lines with the first and the last number of those that they stand before"),
        inserted=_of("lines with the number that they stand after, and one of their own"),
        first={**option_tables.COUNT, "description": "the number of the first line (default 1)"},
        within=_WITHIN,
        **_SAID,
    ),
}
REFERENCES_SCHEMA: Final = {
    "type": "array",
    "items": _table(
        ["classes", "column", "to"],
        classes=_of("the lines that refer to others"),
        column={**_WORD, "description": "the column with the reference"},
        split={**_WORD, "description": "what stands between several references in a cell"},
        pattern={**option_tables.PATTERN, "description": "its first group is the reference"},
        to={**_WORD, "description": "the column that is referred to"},
        among=_of("the lines that are referred to (default `classes`)"),
        none={**option_tables.TEXT, "description": "a cell that refers to nothing (default empty)"},
        root={**_WORD, "description": "a reference that leads to no line and is right"},
        roots={**option_tables.COUNT, "description": "how many lines refer to the root"},
        shape={
            "enum": ["any", "tree", "connected"],
            "description": "tree: references go in no circle; connected: every line is reached "
            "from the root",
        },
        within=_WITHIN,
        **_SAID,
    ),
}
GROUPS_SCHEMA: Final = {
    "type": "array",
    "items": _table(
        ["class"],
        **{"class": _of("a class of lines, or a list of classes")},
        **dict.fromkeys(("min", "max"), option_tables.COUNT),
        unique={
            **option_tables.PATTERN,
            "description": "what its first group finds is found in no other line",
        },
        **_SAID,
    ),
}
