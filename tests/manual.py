"""What pages of the documentation are made of: tables of options, profiles, formats, fixes.

All is made from the records that the program itself goes by; `pytest --update` writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from validator.cli.plain_values import toml_value
from validator.cli.profile_pages import built_in_summaries
from validator.cli.rule_pages import chapter, code_span
from validator.cli.tables import rows_of
from validator.delimiters.kinds import KINDS
from validator.fix.invariants import named, names
from validator.metadata.syntax.table import SYNTAXES
from validator.model import Applicability
from validator.profile.toml_file import built_in, built_in_names
from validator.render import format_named, formats
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.rules.rule import Repair, Rule
from validator.settings.annotations import TableOf, table_type
from validator.settings.options import Option
from validator.settings.value_types import Either, ListOf, MapOf, Table, ValueType


def option_page(family: str) -> str:
    """All options of a family, in Markdown: `## encoding.newline`, and what is to be said of it."""
    code = next(code for code, name in FAMILIES.items() if name == family)
    return f"# `{family}`\n\n{chapter(code).capitalize()}\n\n" + "\n".join(_parts(family)) + "\n"


def key_table(record: type[Table]) -> str:
    """The keys of a configuration or of a profile, beside the options."""
    return _keys(table_type(record))


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
            yield _keys(table).rstrip("\n")


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


def _keys(table: TableOf) -> str:
    """The keys of a table, each with what it is and what it is for."""
    rows = (
        [cell.replace("|", "\\|") for cell in (f"`{key}`", about.type.called(), about.doc)]
        for key, about in table.keys.items()
    )
    return rows_of(("key", "is", "for"), rows)


def format_table() -> str:
    """The formats of output, one row each."""
    found = map(format_named, formats())
    return rows_of(("format", "is"), ((f"`{one.name}`", one.summary) for one in found))


def kind_table() -> str:
    """The ways to divide files, one row each."""
    rows = ((f"`{one.name}`", one.document, one.needs) for one in KINDS.values())
    return rows_of(("`kind`", "a document is", "and needs"), rows)


def syntax_table() -> str:
    """The syntaxes of metadata, one row each."""
    rows = (
        (
            f"`{one.name}`",
            "; ".join(way.how for way in (one.front_matter, one.head) if way),
            ", ".join(f"`.{suffix}`" for suffix in one.suffixes),
            "yes" if one.in_code else "",
        )
        for one in SYNTAXES.values()
    )
    return rows_of(("syntax", "in the document", "in a file beside it", "in code"), rows)


def profile_table() -> str:
    """The built-in profiles, one row each."""
    rows = ((f"`{name}`", words.replace("|", "\\|")) for name, words in built_in_summaries())
    return rows_of(("profile", "for"), rows)


def content_table() -> str:
    """What the built-in profiles know by content, one row each."""
    rows = []
    for name, written in ((name, _built_in(name)) for name in built_in_names()):
        if written.get("detect-content"):
            within = ", ".join(f"`{one}`" for one in written["detect-within"])
            rows.append((f"`{name}`", within, str(written["detect-form"])))
    return rows_of(("profile", "of", "if"), rows)


def grammars(proved: Callable[[str], str]) -> str:
    """The table `delimiters` of each built-in profile that divides, as it is written.

    `proved` tells of a profile who reads its documents, and how far that is proved.
    """
    parts = []
    for name in built_in_names():
        found = built_in(name)
        table = _built_in(name).get("delimiters", {})
        if found is None or not table.keys() & {"kind", "block"} or table.get("kind") == "whole":
            continue
        lines = found.text.split("\n")
        starts = [at for at, line in enumerate(lines) if line.startswith(("[delimiters", "[[deli"))]
        written: list[str] = []
        for start in starts:
            ends = (at for at in range(start + 1, len(lines)) if lines[at].startswith("["))
            written += lines[start : next(ends, len(lines))]
        body = "\n".join(written).strip()
        words = f"{_built_in(name)['summary']}\n\n{proved(name)}"
        parts.append(f"### {name}\n\n{words}```toml\n{body}\n```\n\n")
    return "".join(parts)


def _built_in(name: str) -> Mapping[str, Any]:
    found = built_in(name)
    return found.table if found else {}


def repairs(applicability: Applicability) -> Iterator[tuple[Rule, Repair]]:
    """The rules that have a fix of this kind, in the order of their codes."""
    for rule in catalog().rules.values():
        repair = rule.repair(applicability)
        if repair is not None:
            yield rule, repair


def safe_fixes() -> str:
    """The safe fixes as a table."""
    return _fixes(Applicability.SAFE)


def unsafe_fixes() -> str:
    """The unsafe fixes as a table."""
    return _fixes(Applicability.UNSAFE)


def _fixes(applicability: Applicability) -> str:
    rows = (
        (f"[{rule.code} {rule.name}](rules/{rule.name}.md)", one.words, f"`{one.keeps}`")
        for rule, one in repairs(applicability)
    )
    return rows_of(("rule", "what is done", "what is kept"), rows)


def invariants() -> str:
    """The invariants as a table, each with the number of rules whose fixes keep it."""
    kept: dict[str, set[str]] = {name: set() for name in names()}
    for applicability in Applicability:
        for rule, one in repairs(applicability):
            kept[one.keeps].add(rule.code)
    rows = ((f"`{name}`", named(name).statement, str(len(kept[name]))) for name in names())
    return rows_of(("invariant", "what is proved before anything is written", "rules"), rows)
