"""How blocks of code that hold data are declared in a profile: `body.code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field

from ..metadata.schema.declaration import Declared
from ..metadata.syntax.table import IN_CODE
from ..settings.exemptions import SCHEMA as EXCEPT_SCHEMA
from ..settings.options import Option
from ..settings.severity import SCHEMA as SEVERITY_SCHEMA
from ..settings.terms import Terms
from . import option_tables
from .check_terms import terms_in
from .code import mentions

KEYS: Final = ("language", "syntax", "schema", "message", "help", "severity", "except")


class Code(Struct, frozen=True):
    """What blocks of one language must be."""

    language: str
    syntax: str
    schema: Declared = field(default_factory=Declared)
    terms: Terms = Terms()


class Codes(Struct, frozen=True):
    """All that is asked of blocks of code, and as it was written."""

    rows: tuple[Code, ...] = ()
    written: tuple[Mapping[str, Any], ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are spoken of."""
        return tuple(row.language for row in self.rows)


def mentioned(text: bytes, codes: Codes) -> bool:
    """Whether a text may have a block that is asked something. Cheap; it may cry wolf."""
    return mentions(text, codes.languages)


def read_code(value: object, folder: str = ".", sound: bool = False) -> Codes:
    """`body.code` as written. Raises ValueError with the rest of the sentence."""
    rows = tuple(option_tables.each(value, lambda row: _code(row, folder, sound)))
    return Codes(rows, tuple(value) if isinstance(value, list) else ())


def _code(row: Mapping[str, Any], folder: str, sound: bool) -> Code:
    found = option_tables.table(row, KEYS)
    language = option_tables.word(found, "language")
    if not language or language.split() != [language]:
        with option_tables.at("language"):
            raise ValueError(
                f"must be one word, as behind a fence, not {option_tables.shown(language)}"
            )
    option_tables.needed(found, "syntax")
    schema = Declared()
    if "schema" in found:
        with option_tables.at("schema"):
            schema = _schema_of(found["schema"], folder, sound)
    return Code(
        language,
        option_tables.one_of(found, "syntax", "", IN_CODE),
        schema,
        terms_in(found),
    )


def _schema_of(written: Any, folder: str, sound: bool) -> Declared:
    if sound:
        from ..metadata.schema.toml_tables import sound_schema

        return sound_schema(written)
    from ..metadata.schema.loading import schema_of  # only where there is a schema

    return schema_of(written, folder)


CODE_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["language", "syntax"],
        "properties": {
            "language": {
                "type": "string",
                "pattern": r"^\S+$",
                "description": "the first word behind the fence, or that of the directive",
            },
            "syntax": {"enum": [*IN_CODE], "description": "how the text of the block is written"},
            "schema": {
                "type": ["object", "string"],
                "description": "a JSON Schema, as of the metadata, or the path of a file with one",
            },
            "message": option_tables.TEXT,
            "help": option_tables.TEXT,
            "severity": SEVERITY_SCHEMA,
            "except": EXCEPT_SCHEMA,
        },
    },
}

CODE: Final = Option[Codes](
    "body.code",
    "blocks of code in a language that must be readable in a syntax, and fit a schema",
    Codes(),
    CODE_SCHEMA,
    read_code,
    read_code,
    lambda value: read_code(value, sound=True),
)
