"""A page of the manual for each table of a profile: its options, their values, their rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.options import Option
from .manual import chapter, code_span, toml_value


def option_page(family: str) -> str:
    """All options of a family, in Markdown: `## encoding.newline`, and what is to be said of it."""
    code = next(code for code, name in FAMILIES.items() if name == family)
    return f"# `{family}`\n\n{chapter(code).capitalize()}\n\n" + "\n".join(_parts(family)) + "\n"


def _parts(family: str) -> Iterator[str]:
    options = [one for one in catalog().options.values() if one.family == family]
    yield "Generated from the options; the JSON Schema for editors is printed by `schema config`.\n"
    yield "| key | default |"
    yield "|---|---|"
    for option in options:
        anchor = option.key.replace(".", "")
        yield f"| [`{_own(option)}`](#{anchor}) | {_default(option)} |"
    for option in options:
        yield f"\n## {option.key}\n"
        yield f"{_sentence(option.doc)}\n"
        values = _values(option.schema)
        if values:
            yield f"- Values: {values}"
        yield f"- Default: {_default(option)}"
        rules = [rule for rule in catalog().rules.values() if option in rule.options]
        if rules:
            told = (f"[{rule.code} {rule.name}](../rules/{rule.name}.md)" for rule in rules)
            yield f"- Rules: {', '.join(told)}"
        yield from _keys(option.schema)


def _own(option: Option[Any]) -> str:
    return option.key.partition(".")[2]


def _sentence(words: str) -> str:
    """A description as a sentence of its own."""
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _default(option: Option[Any]) -> str:
    text = toml_value(option.default)
    return "none" if text == "none" or len(text) > 80 or "=" in text else code_span(text)


def _values(schema: Mapping[str, Any]) -> str:
    """What may be written, in words; empty where the description says it better."""
    if "enum" in schema:
        return ", ".join(code_span(toml_value(value)) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(filter(None, map(_values, schema["anyOf"]))))
    kind = str(schema.get("type"))
    if kind == "array":
        inner = _values(schema.get("items", {}))
        return f"a list of: {inner}" if inner else "a list"
    if kind == "integer":
        least = schema.get("minimum")
        return "a number" if least is None else f"a number from {least} on"
    return {"string": "text", "boolean": "`true` or `false`", "object": "a table"}.get(kind, "")


def _keys(schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys of the tables that an option takes, each with what it means."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in _tables(schema):
        found.update(one.get("properties", {}))
    told = [(key, value) for key, value in found.items() if value.get("description")]
    if not told:
        return
    yield "\n| key of the table | means | values |"
    yield "|---|---|---|"
    for key, value in told:
        words = str(value["description"]).replace("|", "\\|").replace("\n", " ")
        yield f"| `{key}` | {words} | {_values(value).replace('|', chr(92) + '|')} |"


def _tables(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schemas of tables within a schema, not within these."""
    if schema.get("type") == "object":
        yield schema
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        if isinstance(inner, Mapping):
            yield from _tables(inner)
