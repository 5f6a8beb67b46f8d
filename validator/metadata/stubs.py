"""Documents that only say where another one is: moved, merged, kept so that links live on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from ..document import Document
from ..settings.options import Option, Settings
from .fields import field


class Stub(Struct, frozen=True):
    """How a stub is known: by a field, and its values if only some tell it."""

    field: str = ""
    values: tuple[str, ...] = ()


def _read(value: object) -> Stub:
    if not isinstance(value, dict) or not isinstance(value.get("field"), str):
        raise ValueError('must be a table such as `{ field = "status", is = ["Moved"] }`')
    unknown = sorted(value.keys() - {"field", "is"})
    if unknown:
        raise ValueError(f"has no key `{unknown[0]}` (one of field, is)")
    listed = value.get("is", [])
    listed = listed if isinstance(listed, list) else [listed]
    if not value["field"] or not all(isinstance(one, str | int | bool) for one in listed):
        raise ValueError("must name a `field`, and in `is` the values that tell a stub")
    return Stub(value["field"], tuple(_written(one) for one in listed))


_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["field"],
    "properties": {
        "field": {"type": "string", "minLength": 1, "description": "the field that tells a stub"},
        "is": {
            "type": ["array", "string", "number", "boolean"],
            "description": "the values with which it does; without it, any value",
        },
    },
}

STUB: Final = Option(
    "metadata.stub",
    'documents that only say where another one is: `{ field = "status", is = ["Moved"] }`; nothing '
    "is asked of their fields and of their body",
    Stub(),
    _SCHEMA,
    _read,
)


def is_stub(document: Document, settings: Settings) -> bool:
    """Whether a document is a stub under these settings."""
    stub = settings[STUB]
    if not stub.field:
        return False
    value = field(document, settings, stub.field)
    return value is not None and (not stub.values or _written(value) in stub.values)


def _written(value: object) -> str:
    """A value as TOML and YAML write it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
