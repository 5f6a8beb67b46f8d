"""The manual of a configuration: a page for each table of a profile, and the keys beside them.

All is made from the types that read the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..settings.annotations import Key, TableOf, table_type
from ..settings.options import Option
from ..settings.value_types import Either, ListOf, MapOf, Table, ValueType
from .plain_values import toml_value
from .rule_pages import chapter, code_span


def option_page(family: str) -> str:
    """All options of a family, in Markdown: `## encoding.newline`, and what is to be said of it."""
    code = next(code for code, name in FAMILIES.items() if name == family)
    return f"# `{family}`\n\n{chapter(code).capitalize()}\n\n" + "\n".join(_parts(family)) + "\n"


def key_table(record: type[Table]) -> str:
    """The keys of a configuration or of a profile, beside the options."""
    return "\n".join(_keys(table_type(record))) + "\n"


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
        yield f"- Values: {option.value_type.called()}"
        yield f"- Default: {_default(option)}"
        rules = [rule for rule in catalog().rules.values() if option in rule.options]
        if rules:
            told = (f"[{rule.code} {rule.name}](../rules/{rule.name}.md)" for rule in rules)
            yield f"- Rules: {', '.join(told)}"
        for table in _tables(option.value_type):
            yield ""
            yield from _keys(table)


def _own(option: Option[Any]) -> str:
    return option.key.partition(".")[2]


def _sentence(words: str) -> str:
    """A description as a sentence of its own."""
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _default(option: Option[Any]) -> str:
    text = toml_value(option.default)
    return "none" if text == "none" or len(text) > 80 or "=" in text else code_span(text)


def _tables(kind: ValueType) -> Iterator[TableOf]:
    """The tables that a value may be or hold, not those within them."""
    if isinstance(kind, TableOf):
        yield kind
    elif isinstance(kind, ListOf | MapOf):
        yield from _tables(kind.item)
    elif isinstance(kind, Either):
        for one in kind.types:
            yield from _tables(one)


def _keys(table: TableOf) -> Iterator[str]:
    """The keys of a table, each with what it is and what it is for."""
    yield "| key | is | for |"
    yield "|---|---|---|"
    yield from (_row(key, about) for key, about in table.keys.items())


def _row(key: str, about: Key) -> str:
    cells = (f"`{key}`", about.type.called(), about.doc)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
