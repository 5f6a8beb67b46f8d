"""The output of `rule`: a page for one rule, a table, or a line for each rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from .. import rules
from ..fix.invariants import named
from ..rules.catalog import catalog
from ..rules.index import FAMILIES
from ..rules.rule import Example, Rule
from ..text.lines import Window
from ..text.visible import visible_bytes
from .plain_values import plain, toml_value
from .tables import list_line, rows_of


def page(rule: Rule) -> str:
    """Everything about a rule, as Markdown that is easy to read on a terminal."""
    return "\n\n".join(_paragraphs(rule)) + "\n"


def _paragraphs(rule: Rule) -> Iterator[str]:
    yield f"# {rule.code} {rule.name}"
    yield rule.summary
    yield "\n".join(_terms(rule))
    yield "## Why"
    yield rule.explanation
    if rule.options:
        yield "## Options"
        yield "\n".join(
            f"- `{one.key}` (default `{toml_value(one.default)}`): {one.doc}"
            for one in rule.options
        )
    for title, example in zip(("Found", "Not found"), rule.examples, strict=True):
        if example.files:
            yield f"## {title}"
            yield from _example(example)


def _terms(rule: Rule) -> Iterator[str]:
    """A line each: its severity and kind, its fixes, the rules that it covers."""
    state = "On" if rule.default else "Off"
    yield f"Severity: {rule.severity.value}. Kind: {rule.kind.value}. {state} by default."
    for repair in rule.repairs:
        yield f"Fix ({repair.applicability.value}): {repair.words}"
    if rule.covers:
        names = ", ".join(f"`{name}`" for name in rule.covers)
        yield f"Where it speaks, these are silent: {names}."


def _example(example: Example) -> Iterator[str]:
    keys = [
        code_span(f"{family}.{key} = {toml_value(value)}".lstrip("."))
        for family, table in example.profile.items()
        for key, value in table.items()
    ]
    if keys:
        yield f"With {' and '.join(keys)}:"
    for name, data in example.files.items():
        yield "\n".join(_file(name, data))


def _file(name: str, data: bytes) -> Iterator[str]:
    if data.startswith(b"-> "):
        yield f"    {name} {visible_bytes(data)}"
        return
    yield f"    {name}{'' if data else ' (0 bytes)'}"
    for start, end, after in Window(data).lines():
        yield f"    | {visible_bytes(_dotted(data[start:end]) + data[end:after])}"


def code_span(text: str) -> str:
    """A code span in Markdown, with more backticks than the text has in a row (CommonMark 6.1)."""
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (1 + max(map(len, re.findall("`+", text))))
    return f"{fence} {text} {fence}"


def _dotted(line: bytes) -> bytes:
    """The line with the blanks at its end as dots: an example may be about these."""
    text = line.rstrip(b" ")
    return text + "·".encode() * (len(line) - len(text))


def table(family: str = "") -> str:
    """The rules of a family (its prefix of codes), or all, as a Markdown table."""
    rows = []
    for rule in catalog().rules.values():
        if rule.code.startswith(family):
            grade = rule.severity.value + ("" if rule.default else ", off")
            rows.append((rule.code, rule.name, rule.kind.value, grade, rule.summary))
    return rows_of(("code", "name", "kind", "severity", "what it finds"), rows)


def chapter(family: str) -> str:
    """The question that a family of rules answers: the first line of its chapter."""
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
        "kind": rule.kind.value,
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
                "default": plain(option.default),
                "schema": option.schema,
            }
            for option in rule.options
        ],
    }


def rule_lines(columns: int) -> Iterator[str]:
    """All rules by family, a line of at most `columns` for each."""
    for code, family in FAMILIES.items():
        yield f"{code}: {chapter(code)} (`{family}`)\n"
        rules = [one for one in catalog().rules.values() if one.family == code]
        for one in rules:
            off = "" if one.default else ", off by default"
            yield list_line(f"  {one.code} {one.name}", f"{one.summary.rstrip('.')}{off}", columns)
    yield "\n`seed-validator rule CODE` tells why a rule is there, and what to do.\n"
