"""Our vocabulary of JSON Schema: each keyword, what it means, and what its value may be.

The check of a schema in a configuration, the published meta-schema and the table in docs/schema.md
all come from this one definition.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from ...settings.annotations import value_type
from ...settings.exemptions import Exempt
from ...settings.severity import Grade

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
IDENTITY: Final = "urn:seed-validator:vocabulary:1"

_TEXT: Final = {"type": "string", "minLength": 1}
_TEXTS: Final = {"type": "array", "items": _TEXT, "minItems": 1}
_SCHEMA: Final = {"$dynamicRef": "#meta"}


def _table(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    named = {key.replace("_", "-"): value for key, value in properties.items()}
    table: dict[str, Any] = {
        "type": "object",
        "properties": named,
        "additionalProperties": False,
    }
    return {**table, "required": list(required)} if required else table


_WORDS_BY_KEYWORD: Final = {
    "anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT, "minProperties": 1}]
}
_SPLIT_FLAGS: Final = {key: {"type": "boolean"} for key in ("trim", "lines", "trailing")}
_ORDER: Final = {"enum": ["text", "casefold", "numeric", "numeric-text"]}


class Keyword(Struct, frozen=True):
    """One keyword: `where` says for which values it is, `doc` what it does.

    `schema` is the JSON Schema of its value.
    """

    name: str
    where: str
    doc: str
    schema: Mapping[str, Any]


_KEYWORDS: Final = (
    Keyword(
        "x-split",
        "text",
        "the text is a list, its parts written with exactly this between them; `items`, "
        "`minItems`, `maxItems`, `uniqueItems`, `contains`, `prefixItems`, `x-sorted` and "
        "`x-unique` beside it are about the parts. A value that is a list already is taken as "
        "one. As a table: `on`; `trim`, blanks around the parts count for nothing; `trailing`, "
        "one more separator may stand at the end; `lines`, each line is such a list",
        {"anyOf": [_TEXT, _table(("on",), on=_TEXT, **_SPLIT_FLAGS)]},
    ),
    Keyword(
        "x-coerce",
        "text",
        "the text is read as this type; `minimum`, `maximum`, `exclusiveMinimum`, "
        "`exclusiveMaximum` and `multipleOf` beside it are about the number",
        {"enum": ["integer", "number", "boolean"]},
    ),
    Keyword(
        "x-steps",
        "any",
        "schemas that hold one after the other; the first that does not is reported, alone. Each "
        "may have its `x-message` and `x-help`",
        {"type": "array", "items": _SCHEMA, "minItems": 1},
    ),
    Keyword(
        "x-date",
        "text",
        "the text is a day, written in this format of strptime: %Y %m %d %b %B %H %M %S, each "
        "zero-padded, months in English",
        _TEXT,
    ),
    Keyword(
        "x-not-after",
        "text",
        "the day, written as `x-date` says or as 2026-03-07, is not after this one: a day, `now`, "
        "`now+14d`, `now-2w`, or `{field}`",
        _TEXT,
    ),
    Keyword("x-not-before", "text", "as `x-not-after`, the other way round", _TEXT),
    Keyword(
        "x-equals",
        "text or number",
        "the value is this text, filled with other fields: `{file.id}`, `PEP-{pep:04d}`, "
        "`{title:lower}`. Not judged where one of them is missing",
        _TEXT,
    ),
    Keyword(
        "x-listed",
        "text",
        "what the `pattern` finds in the text, its first group or the whole match, is an item of "
        "the field `in`: a list, or a text whose items are written with `split` between them. A "
        "field that is not there lists nothing",
        _table(("pattern", "in"), pattern=_TEXT, **{"in": _TEXT}, split=_TEXT),
    ),
    Keyword(
        "x-hash",
        "text",
        "the value is the digest, in hexadecimal, of the `body` or of the `file`: `sha256:body`. "
        "Its first digits are enough, at least eight",
        _TEXT,
    ),
    Keyword(
        "x-sorted",
        "list",
        "the items stand in order: of their code points (`text`), of these without regard to case "
        "(`casefold`), of the numbers in them (`numeric`), or of these and then of their code "
        "points (`numeric-text`). As a table: `order`, one of these; `by`, a pattern whose first "
        "group finds what is compared",
        {"anyOf": [_ORDER, _table(("by",), by=_TEXT, order=_ORDER)]},
    ),
    Keyword(
        "x-unique",
        "list",
        "no item twice: without regard to case (`casefold`), or by the part that the first group "
        "of a pattern matches (`{ by = '^([^=]+)=' }`)",
        {"anyOf": [{"enum": ["text", "casefold"]}, _table(("by",), by=_TEXT)]},
    ),
    Keyword("x-order", "table", "the keys stand in this order; others may stand anywhere", _TEXTS),
    Keyword(
        "x-vocabulary",
        "text",
        'the text is one of the words of a list, `["ab", "cd"]`, or of a data file beside the '
        'configuration, `"words.txt"` (a `.txt` with a word a line, or a `.json` with a list of '
        "words or a table whose keys they are). As a table: `words` or `file`, and `casefold`, "
        "capitals count for nothing",
        {
            "anyOf": [
                _TEXT,
                _TEXTS,
                _table(file=_TEXT, words=_TEXTS, casefold={"type": "boolean"}),
            ]
        },
    ),
    Keyword(
        "x-deprecated",
        "any",
        "the field should no longer be used; the text says what to use instead",
        _TEXT,
    ),
    Keyword("x-alias", "any", "other and former names of the field, which are reported", _TEXTS),
    Keyword(
        "x-form",
        "any",
        "what a right value looks like; messages show it instead of a pattern",
        _TEXT,
    ),
    Keyword(
        "x-message",
        "any",
        "what is reported, in place of our words; a table has a message by keyword. `{value}` and "
        "`{key}` stand for the value and its field",
        _WORDS_BY_KEYWORD,
    ),
    Keyword("x-help", "any", "what to do about it; a table by keyword", _WORDS_BY_KEYWORD),
    Keyword(
        "x-severity",
        "any",
        "how grave it is when this part of the schema does not hold: a word, or one that hangs on "
        'a field, `{ when = "status", is = ["Withdrawn"], then = "warning" }`; a list of '
        "these is tried in order. Values are compared as they are written; of a list one item is "
        "enough",
        value_type(Grade).schema,
    ),
    Keyword(
        "x-except",
        "any",
        "documents of which this part of the schema is not asked, by id or path (`*` stands for "
        'anything): a list, `["7", "drafts/*"]`, or a table with a reason and perhaps a last day, '
        '`{ documents = ["7"], reason = "...", until = 2027-01-31 }`, or a list of these. When '
        "that day is over, the finding tells so",
        value_type(Exempt).schema,
    ),
    Keyword(
        "x-group",
        "table",
        "`all`: the fields that are missing are one finding; `each`: one each",
        {"enum": ["all", "each"]},
    ),
)

KEYWORDS: Final[Mapping[str, Keyword]] = {keyword.name: keyword for keyword in _KEYWORDS}


def meta_schema() -> dict[str, Any]:
    """The published meta-schema: JSON Schema 2020-12 and our keywords, and no other `x-` word."""
    return {
        "$schema": DIALECT,
        "$id": IDENTITY,
        "$dynamicAnchor": "meta",
        "title": "JSON Schema 2020-12 with the vocabulary of seed-validator",
        "$comment": "Generated from validator/metadata/schema/vocabulary.py.",
        "allOf": [{"$ref": DIALECT}],
        "propertyNames": {
            "anyOf": [{"not": {"pattern": "^x-"}}, {"enum": [*KEYWORDS]}],
        },
        "properties": {
            keyword.name: {"description": keyword.doc, **keyword.schema} for keyword in _KEYWORDS
        },
    }
