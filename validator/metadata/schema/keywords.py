"""The keywords that a schema may have, and suggestions for unknown ones.

By JSON Schema, unknown keywords are ignored. A misspelt one would check nothing, and all documents
would pass; so it is an error here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ...errors import MisplacedError, did_you_mean
from .checks import named
from .formats import FORMATS
from .judging import shown
from .violation import Path
from .vocabulary import KEYWORDS

_CORE: Final = "$schema $vocabulary $id $anchor $dynamicAnchor $ref $dynamicRef $defs $comment"
_APPLIED: Final = (
    "allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties "
    "patternProperties additionalProperties propertyNames unevaluatedItems unevaluatedProperties"
)
_ASKED: Final = (
    "type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength "
    "minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties "
    "minProperties required dependentRequired"
)
_NOTES: Final = (
    "title description default deprecated readOnly writeOnly examples format contentEncoding "
    "contentMediaType contentSchema"
)
_FORMER: Final = "definitions dependencies"
_OF_EDITORS: Final = (
    "markdownDescription enumDescriptions markdownEnumDescriptions deprecationMessage errorMessage "
    "patternErrorMessage defaultSnippets doNotSuggest suggestSortText allowComments "
    "allowTrailingCommas tsType tsEnumNames javaType meta:enum"
)

STANDARD: Final = frozenset(f"{_CORE} {_APPLIED} {_ASKED} {_NOTES} {_FORMER} {_OF_EDITORS}".split())
"""The keywords of JSON Schema 2020-12 (core and validation), two former ones that are still read,
and those that editors of schemas use. Notes and keywords of editors check nothing."""

_ELSEWHERE: Final = {
    "required": "mandatory require requires needed",
    "properties": "fields props keys attributes",
    "additionalProperties": "extra allowExtra strict",
    "enum": "values choices options oneof allowed in",
    "const": "equals value equal",
    "pattern": "regex regexp match matches re",
    "minimum": "min ge gte minValue",
    "maximum": "max le lte maxValue",
    "exclusiveMinimum": "gt",
    "exclusiveMaximum": "lt",
    "minLength": "min_length minlen minSize",
    "maxLength": "max_length maxlen maxSize length",
    "uniqueItems": "unique distinct",
    "examples": "example",
    "items": "item each elements additionalItems",
    "type": "types kind",
    "x-split": "split separator",
    "x-date": "date-format dateFormat date",
    "x-message": "message",
    "x-help": "help",
    "x-severity": "severity",
    "x-except": "except exempt",
    "x-vocabulary": "vocabulary words",
    "x-alias": "alias aliases",
}
_ADVICE: Final = {
    "nullable": 'write `type = ["string", "null"]`',
    "optional": "a field is optional unless `required` names it",
    "id": "it is written `$id`",
    "schema": "it is written `$schema`",
    "ref": "it is written `$ref`",
    "defs": "it is written `$defs`",
}

TYPES: Final = ("string", "integer", "number", "boolean", "array", "object", "null")
"""The types of JSON."""


def known(path: Path, table: Mapping[str, Any]) -> None:
    """Raises MisplacedError for an unknown keyword in `table`, the part of a schema at `path`."""
    for word in table:
        if word in STANDARD or word in KEYWORDS:
            continue
        what = f" in {named(path)}" if path else ""
        near = meant(word, table[word])
        raise MisplacedError(f"has an unknown keyword `{shown(word)}`{what}{near}", (*path, word))


def meant(word: str, value: object = None) -> str:
    """The end of a sentence: what the unknown keyword `word` with this value may mean."""
    if isinstance(value, str) and value in {*TYPES, *FORMATS}:
        return f"; a field is written `properties.{shown(word)}`"
    if word in _ADVICE:
        return f"; {_ADVICE[word]}"
    for ours, names in _ELSEWHERE.items():
        if word.lower() in names.lower().split():
            return f"; did you mean `{ours}`?"
    known = [*KEYWORDS] if word.startswith("x-") else [*STANDARD]
    return (
        did_you_mean(word, sorted(known))
        or "; it is no keyword of JSON Schema 2020-12, nor one of docs/schema.md"
    )


_BOUNDS: Final = (
    ("minLength", "maxLength"),
    ("minimum", "maximum"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("minContains", "maxContains"),
)


def possible(path: Path, table: Mapping[str, Any]) -> None:
    """Raises MisplacedError for a part of a schema, `table` at `path`, that no value can fit."""
    for word, words in _impossible(table):
        raise MisplacedError(f"{words}{f'; it is in {named(path)}' if path else ''}", (*path, word))


def _impossible(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if table.get("enum") == []:
        yield "enum", "has an empty `enum`, which no value fits"
    for least, most in _BOUNDS:
        low, high = table.get(least), table.get(most)
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            yield least, f"has a `{least}` of {low}, which is more than its `{most}` of {high}"
    free = {"patternProperties", "allOf", "anyOf", "oneOf", "$ref", "if"} & table.keys()
    fields = _fields(table)
    for name in table.get("required", ()):
        if table.get("additionalProperties") is False and not free and name not in fields:
            near = did_you_mean(str(name), fields)
            what = f"has `{shown(str(name))}` in `required`, which is none of its `properties`"
            yield "required", f"{what}, and `additionalProperties` allows no others{near}"


def _fields(table: Mapping[str, Any]) -> list[str]:
    properties = table.get("properties", {})
    aliases = [
        alias
        for one in properties.values()
        if isinstance(one, Mapping)
        for alias in one.get("x-alias", ())
    ]
    return [*properties, *aliases]
