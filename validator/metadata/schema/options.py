"""The options of the table `metadata` that are about a schema."""

from __future__ import annotations

from typing import Any, Final

from ...errors import MisplacedError
from ...settings.exemptions import FieldExemption
from ...settings.options import Option, texts
from ...settings.value_types import Origin, ValueType
from .declaration import Declared, plain_table


class _SchemaType(ValueType, frozen=True):
    """A JSON Schema, here or in a file; its words are those of `schema_of`."""

    def taken(self, value: Any, origin: Origin) -> Declared:
        if origin.sound:
            # built-in profiles name no files, and tests compare them with `loading.schema_of`
            return Declared(plain_table(value))
        from .loading import schema_of  # only where there is a schema

        try:
            return schema_of(value, origin.folder)
        except MisplacedError as error:
            raise MisplacedError(str(error), inside=error.keys) from None

    @property
    def schemas(self) -> list[dict[str, Any]]:
        from .vocabulary import IDENTITY

        table = {"type": "object", "description": f"a schema; its meta-schema is {IDENTITY}"}
        return [{"type": "string", "minLength": 1}, table]


SCHEMA_TYPE: Final = _SchemaType(
    (str, dict), "a table, a JSON Schema, or the path of a file with one"
)

SCHEMA: Final = Option[Declared](
    "metadata.schema",
    "what the metadata must be: a JSON Schema 2020-12 with the vocabulary of seed-validator, here "
    "or in a file beside the configuration",
    Declared(),
    SCHEMA_TYPE,
)

ORDER: Final = texts(
    "metadata.order", "the order of the fields; those that are not named may stand anywhere"
)

EXEMPT: Final = Option[tuple[FieldExemption, ...]](
    "metadata.exempt",
    "documents of which the schema, or some of its fields, is not asked: `documents` are ids and "
    "paths (`*` stands for anything), `reason` says why, `until` is the last "
    "day, `field` names the fields",
    (),
    tuple[FieldExemption, ...],
)
