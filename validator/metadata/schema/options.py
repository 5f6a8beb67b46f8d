"""The options of the metadata that are about a schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ...errors import MisplacedError
from ...settings.exemptions import exemption
from ...settings.options import Option, texts
from .declaration import Declared
from .vocabulary import FIELD_EXEMPTION, IDENTITY

NO_SCHEMA: Final = Declared()


def _schema(written: object, folder: str = ".") -> Declared:
    from .loading import schema_of  # only where there is a schema

    return schema_of(written, folder)


def _sound(written: object) -> Declared:
    from .toml_tables import sound_schema

    assert isinstance(written, Mapping)  # built-in profiles name no files
    return sound_schema(written)


SCHEMA: Final = Option[Declared](
    "metadata.schema",
    "what the metadata must be: a JSON Schema 2020-12 with the vocabulary of seed-validator, here "
    "or in a file beside the configuration",
    NO_SCHEMA,
    {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "object", "description": f"a schema; its meta-schema is {IDENTITY}"},
        ]
    },
    _schema,
    _schema,
    _sound,
)

ORDER: Final = texts(
    "metadata.order", "the order of the fields; those that are not named may stand anywhere"
)


def _exempt(written: object) -> tuple[Mapping[str, Any], ...]:
    from jsonschema_rs import Draft202012Validator

    from .toml_tables import plain_table

    if not isinstance(written, list):
        raise ValueError("must be a list of tables, `{ document = ..., reason = ... }`")
    tables = plain_table({"all": written})["all"]
    validator = Draft202012Validator(FIELD_EXEMPTION)
    for index, one in enumerate(tables):
        if not isinstance(one, dict):
            raise MisplacedError(
                "must be a list of tables, `{ document = ..., reason = ... }`", (index,)
            )
        for key in ("document", "reason"):
            if key not in one and f"{key}s" not in one:
                raise MisplacedError(f"has an exemption without `{key}`", (index,))
        for error in validator.iter_errors(one):
            where = ".".join(str(key) for key in error.instance_path) or "a key"
            raise MisplacedError(f"has an exemption in which `{where}` is not right", (index,))
    for index, one in enumerate(tables):
        try:
            exemption(one)
        except ValueError as error:
            raise MisplacedError(str(error), (index,)) from None
    return tuple(tables)


EXEMPT: Final = Option[tuple[Mapping[str, Any], ...]](
    "metadata.exempt",
    "documents of which the schema, or some of its fields, is not asked: `documents` are ids and "
    "paths (`*` stands for anything), `reason` says why, `until` is the last "
    "day, `field` names the fields",
    (),
    {"type": "array", "items": FIELD_EXEMPTION},
    _exempt,
)
