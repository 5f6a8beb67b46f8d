"""Generated texts are what the rules say; `pytest --update` writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import jsonschema_rs
import pytest

from validator.cli import manual
from validator.profile.toml_file import built_in, built_in_names
from validator.rules.catalog import FAMILIES, catalog

from .conftest import Compare
from .support import ROOT

DOCS = ROOT / "docs"


def test_rule_table(compare: Compare) -> None:
    chapters = "".join(
        f"\n## {code}: `{family}`\n\n{manual.chapter(code).capitalize()}\n\n{manual.table(code)}"
        for code, family in FAMILIES.items()
    )
    text = "# Rules\n\nGenerated from the rules; `seed-validator rule CODE` prints a page.\n"
    compare(DOCS / "rules.md", text + chapters)


@pytest.mark.parametrize("name", [rule.name for rule in catalog().rules.values()])
def test_rule_page(name: str, compare: Compare) -> None:
    compare(DOCS / "rules" / f"{name}.md", manual.page(catalog().find(name)))


def test_no_page_without_a_rule() -> None:
    names = {rule.name for rule in catalog().rules.values()}
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == names


def test_config_schema(compare: Compare) -> None:
    text = json.dumps(manual.config_schema(), indent=2) + "\n"
    compare(DOCS / "seed-validator.schema.json", text)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("grammars", manual.grammars),
        ("kinds", manual.kind_table),
        ("syntaxes", manual.syntax_table),
    ],
)
def test_page_of_delimiters(name: str, made: Callable[[], str], compare: Compare) -> None:
    page = DOCS / "delimiters.md"
    shown = f"<!-- {name} -->\n{made()}<!-- end {name} -->"
    text = re.sub(
        f"(?s)<!-- {name} -->.*?<!-- end {name} -->", lambda _: shown, page.read_text("utf-8")
    )
    assert shown in text
    compare(page, text)


@pytest.mark.parametrize("name", built_in_names())
def test_built_in_profiles_fit_the_schema(name: str) -> None:
    written = built_in(name)
    assert written
    schema = jsonschema_rs.validator_for(manual.config_schema())
    schema.validate({"profiles": {name: written.table}})
    with pytest.raises(jsonschema_rs.ValidationError):
        schema.validate({"profiles": {name: {**written.table, "encodings": {}}}})
