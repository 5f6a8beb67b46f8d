"""The manual, made from the rules: a page a rule, the table, the configuration's schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any, Final

from msgspec import to_builtins

from .. import rules
from ..delimiters.kinds import KINDS
from ..fix.invariants import named
from ..metadata.syntax.table import SYNTAXES
from ..profile.keys import ConfigKeys, ProfileKeys
from ..profile.resolve import Configuration, Profile, find_profile, source_of
from ..profile.selection import enabled_rules
from ..profile.toml_file import built_in, built_in_names
from ..readers.options import READERS
from ..render import format_named, formats
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..rules.rule import Example, Rule
from ..settings.annotations import value_type
from ..settings.options import Option
from ..settings.value_types import Rows, Table
from ..text.lines import Window
from ..text.visible import escaped, visible_bytes

NAMES: Final = 34
"""Columns of the names in a list."""


def page(rule: Rule) -> str:
    """Everything about a rule, as Markdown that reads well on a terminal."""
    return "\n".join(_page(rule)) + "\n"


def _page(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield ""
    yield rule.summary
    yield ""
    yield f"Severity: {rule.severity.value}. {'On' if rule.default else 'Off'} by default."
    for repair in rule.repairs:
        yield f"Fix ({repair.applicability.value}): {repair.words}"
    if rule.covers:
        names = ", ".join(f"`{name}`" for name in rule.covers)
        yield f"Where it speaks, these are silent: {names}."
    yield ""
    yield "## Why"
    yield ""
    yield rule.explanation
    if rule.options:
        yield ""
        yield "## Options"
        yield ""
        for option in rule.options:
            default = toml_value(option.default)
            yield f"- `{option.key}` (default `{default}`): {option.doc}"
    for title, example in (("Found", rule.bad), ("Not found", rule.ok)):
        if example.files:
            yield ""
            yield f"## {title}"
            yield ""
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    keys = [
        code_span(f"{family}.{key} = {toml_value(value)}".lstrip("."))
        for family, table in example.profile.items()
        for key, value in table.items()
    ]
    if keys:
        yield f"With {' and '.join(keys)}:"
        yield ""
    for number, (name, data) in enumerate(example.files.items()):
        if number:
            yield ""
        if data.startswith(b"-> "):
            yield f"    {name} {visible_bytes(data)}"
            continue
        yield f"    {name}{'' if data else ' (0 bytes)'}"
        window = Window(data)
        for start, end, after in window.lines():
            yield f"    | {visible_bytes(_dotted(data[start:end]) + data[end:after])}"


def code_span(text: str) -> str:
    """A span of code in Markdown, of more backticks than the text has (CommonMark 6.1)."""
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (1 + max(map(len, re.findall("`+", text))))
    return f"{fence} {text} {fence}"


def _dotted(line: bytes) -> bytes:
    """The line with the blanks at its end as dots: they are what an example may be about."""
    text = line.rstrip(b" ")
    return text + "·".encode() * (len(line) - len(text))


def table(family: str = "") -> str:
    """The rules of a family, or all, as a Markdown table."""
    rows = []
    for rule in catalog().rules.values():
        if rule.code.startswith(family):
            grade = rule.severity.value + ("" if rule.default else ", off")
            rows.append((rule.code, rule.name, grade, rule.summary))
    return _rows(("code", "name", "severity", "what it finds"), rows)


def chapter(family: str) -> str:
    """The first line of a family's chapter: its question."""
    text = import_module(f"{rules.__name__}.{FAMILIES[family]}").__doc__ or ""
    return text.strip().partition(": ")[2]


def describe(rule: Rule) -> dict[str, Any]:
    """A rule as data, for `rule --output-format json`."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": FAMILIES[rule.family],
        "summary": rule.summary,
        "why": rule.explanation,
        "severity": rule.severity.value,
        "default": rule.default,
        "fix": " ".join(dict.fromkeys(one.words for one in rule.repairs)) or None,
        "fixes": [
            {
                "applicability": one.applicability.value,
                "description": one.words,
                "keeps": one.keeps,
                "invariant": named(one.keeps).statement,
            }
            for one in rule.repairs
        ],
        "covers": list(rule.covers),
        "options": [
            {
                "key": option.key,
                "description": option.doc,
                "default": _plain(option.default),
                "schema": option.schema,
            }
            for option in rule.options
        ],
    }


def config_schema() -> dict[str, Any]:
    """JSON Schema (draft 7, as SchemaStore wants it) of `seed-validator.toml`."""
    profile = value_type(ProfileKeys).schema
    for code, family in FAMILIES.items():
        options = [option for option in catalog().options.values() if option.family == family]
        profile["properties"][family] = {
            "type": "object",
            "description": chapter(code),
            "additionalProperties": False,
            "properties": {
                option.key.partition(".")[2]: {
                    **option.schema,
                    "description": option.doc,
                    "default": _plain(option.default),
                }
                for option in options
            },
        }
    profile["properties"]["extends"]["examples"] = built_in_names()
    top = value_type(ConfigKeys).schema
    top["properties"]["profiles"]["additionalProperties"] = {"$ref": "#/definitions/profile"}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "seed-validator configuration",
        **top,
        "definitions": {"profile": profile},
    }


def effective(config: Configuration, name: str | None) -> dict[str, Any]:
    """The configuration as it counts, or one profile with every option and rule, as plain data.

    A profile is shown as it might be written; read again it means the same.
    """
    if name is None:
        shown: dict[str, Any] = {"read-from": config.origin or "nothing: built-in profiles only"}
        if config.chosen:
            shown["profile"] = config.chosen
        shown["fail-on"] = config.fail_on
        shown["respect-gitignore"] = config.respect_gitignore
        shown["unclaimed"] = "detect" if config.detects else "pass-by"
        if config.documentation:
            shown["documentation"] = config.documentation
        if config.exclude:
            shown["exclude"] = [line for one in config.exclude for line in one.lines]
        shown["profiles"] = {one.name: _profile(one, config) for one in config.profiles}
        if config.chosen:
            chosen = find_profile(config.chosen, config)
            shown["profiles"].setdefault(chosen.name, _profile(chosen, config))
        return shown
    return _profile(find_profile(name, config), config)


def built_in_summaries() -> Iterator[tuple[str, str]]:
    """The built-in profiles, each with what it is for."""
    return ((name, str(_built_in(name).get("summary", ""))) for name in built_in_names())


def rule_lines(columns: int) -> Iterator[str]:
    """All rules by family, a line each in so many columns."""
    for code, family in FAMILIES.items():
        yield f"{code}: {chapter(code)} (`{family}`)\n"
        rules = [one for one in catalog().rules.values() if one.family == code]
        for one in rules:
            off = "" if one.default else ", off by default"
            yield _line(f"  {one.code} {one.name}", f"{one.summary.rstrip('.')}{off}", columns)
    yield "\n`seed-validator rule CODE` tells why a rule is there, and what to do.\n"


def profile_lines(config: Configuration, columns: int) -> Iterator[str]:
    """All profiles, a line each in so many columns: those that are written, then the built-in."""
    if config.own:
        yield f"In {config.origin}:\n"
        for one in config.own:
            yield _line(f"  {one.name}", one.summary, columns)
    yield "Built in:\n"
    for name, summary in built_in_summaries():
        yield _line(f"  {name}", summary, columns)
    yield "\n`seed-validator profile NAME` shows one as it is written, `config NAME` all of it.\n"


def _line(name: str, words: str, columns: int) -> str:
    """A name and what it means, cut to so many columns."""
    line = f"{name:{NAMES}}  {words}"
    return f"{line if len(line) <= columns else line[: columns - 1] + '…'}\n"


def profile_text(name: str, config: Configuration) -> str:
    """A profile as it is written, in TOML. Raises UsageError if there is none of this name."""
    import tomli_w

    find_profile(name, config)
    source, keys = source_of(name, config.written)
    if not keys:
        return source.text
    table: Mapping[str, Any] = source.table
    for key in keys:
        table = table[key]
    return tomli_w.dumps({"profiles": {name: table}})


def profile_table() -> str:
    """The built-in profiles, one row each."""
    rows = ((f"`{name}`", words.replace("|", "\\|")) for name, words in built_in_summaries())
    return _rows(("profile", "for"), rows)


def content_table() -> str:
    """What the built-in profiles know by content, one row each."""
    rows = []
    for name, written in ((name, _built_in(name)) for name in built_in_names()):
        if written.get("detect-content"):
            within = ", ".join(f"`{one}`" for one in written["detect-within"])
            rows.append((f"`{name}`", within, str(written["detect-form"])))
    return _rows(("profile", "of", "if"), rows)


def format_table() -> str:
    """The formats of output, one row each."""
    found = map(format_named, formats())
    return _rows(("format", "is"), ((f"`{one.name}`", one.summary) for one in found))


def kind_table() -> str:
    """The ways to divide files, one row each."""
    rows = ((f"`{one.name}`", one.document, one.needs) for one in KINDS.values())
    return _rows(("`kind`", "a document is", "and needs"), rows)


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
    return _rows(("syntax", "in the document", "in a file beside it", "in code"), rows)


def _rows(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    head, *lines = (f"| {' | '.join(line)} |\n" for line in (titles, *rows))
    return "".join((head, "|---" * len(titles), "|\n", *lines))


def grammars() -> str:
    """The table `delimiters` of each built-in profile that divides, as it is written."""
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
        parts.append(f"### {name}\n\n{_built_in(name)['summary']}\n\n```toml\n{body}\n```\n\n")
    return "".join(parts)


def _built_in(name: str) -> Mapping[str, Any]:
    found = built_in(name)
    return found.table if found else {}


def _profile(profile: Profile, config: Configuration) -> dict[str, Any]:
    shown: dict[str, Any] = {"summary": profile.summary}
    shown.update(_claim(profile, any(profile is one for one in config.own)))
    rules = {
        catalog().rules[code].name: severity.value
        for code, severity in enabled_rules([config.selection, profile.selection]).items()
    }
    shown["select"] = [*rules]
    shown["severity"] = rules
    shown[READERS.key] = [*profile.settings[READERS]]
    for option in catalog().options.values():
        family, _, key = option.key.partition(".")
        if not key:
            continue  # a key of the profile itself
        value = profile.settings[option]
        plain = _plain(value)
        given = profile.written.get(option.key)
        of_file = isinstance(given, str) and isinstance(value, Mapping)
        if given is not None and not of_file:
            shown.setdefault(family, {})[key] = _plain(given)
        elif given is not None or _may_be_written(option, plain, value):
            shown.setdefault(family, {})[key] = plain
    return shown


def _claim(profile: Profile, is_own: bool) -> dict[str, Any]:
    """What a profile is for, by the keys that say so.

    One that says nothing is for all files, if it is written in the configuration (`is_own`).
    """
    shown: dict[str, Any] = {}
    content = profile.content
    if profile.files or not (profile.names or content):
        shown["files"] = list(profile.files.lines) or ["*"] * is_own
    else:
        shown["detect"] = list(profile.names)
        if content:
            shown["detect-within"] = list(content.within)
            shown["detect-content"] = content.pattern
            shown["detect-form"] = content.form
    shown["exclude"] = [line for one in profile.exclude for line in one.lines]
    return {key: value for key, value in shown.items() if value}


def _may_be_written(option: Option[Any], plain: Any, value: object) -> bool:
    """Whether a value can be said in a profile; that there is no marker, for one, cannot."""
    try:
        return plain is not None and bool(option.read(plain) == value)
    except ValueError:
        return False


def _plain(value: object) -> Any:
    """A value of an option as plain data, as it may be written."""
    value = value.rows if isinstance(value, Rows) else value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Table):
        return {key: one for key, one in to_builtins(value).items() if one}
    return value


def toml_value(value: object) -> str:
    """A value of an option as it is written in TOML; `none` where it has none."""
    value = _plain(value)
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        if not value.isprintable():
            return escaped(json.dumps(value, ensure_ascii=False))
        return f"'{value}'" if "\\" in value else f'"{value}"'
    if isinstance(value, tuple | list):
        return "[" + ", ".join(toml_value(item) for item in value) + "]"
    if isinstance(value, Mapping):
        pairs = (f"{_key(key)} = {toml_value(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    return str(value)


def _key(key: str) -> str:
    """A key of TOML, in quotes where it must be."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else toml_value(key)
