"""Generated texts are what the rules say; `pytest --update` writes them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable

import jsonschema_rs
import pytest

from validator.cli import config_schema, rule_pages
from validator.profile.keys import ConfigKeys, ProfileKeys
from validator.profile.toml_file import built_in, built_in_names
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.rules.rule import Each, Local, Rule, Series, Whole
from validator.settings.options import Settings

from . import manual
from .conftest import Compare
from .readers.results import proved
from .support import ROOT, profile

DOCS = ROOT / "docs"


def test_rule_table(compare: Compare) -> None:
    chapters = "".join(
        f"\n## {code}: `{family}`\n\n{rule_pages.chapter(code).capitalize()}\n\n"
        f"{rule_pages.table(code)}"
        for code, family in FAMILIES.items()
    )
    text = "# Rules\n\nGenerated from the rules; `seed-validator rule CODE` prints a page.\n"
    compare(DOCS / "rules.md", text + chapters)


@pytest.mark.parametrize("name", [rule.name for rule in catalog().rules.values()])
def test_rule_page(name: str, compare: Compare) -> None:
    compare(DOCS / "rules" / f"{name}.md", rule_pages.page(catalog().find(name)))


def test_no_page_without_a_rule() -> None:
    names = {rule.name for rule in catalog().rules.values()}
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == names


@pytest.mark.parametrize("family", FAMILIES.values())
def test_option_page(family: str, compare: Compare) -> None:
    compare(DOCS / "options" / f"{family}.md", manual.option_page(family))


def test_every_option_is_on_a_page() -> None:
    pages = "".join(path.read_text("utf-8") for path in (DOCS / "options").glob("*.md"))
    for key in catalog().options:
        assert f"\n## {key}\n" in pages or "." not in key  # a key of the profile itself


def test_config_schema(compare: Compare) -> None:
    text = json.dumps(config_schema.config_schema(), indent=2) + "\n"
    compare(DOCS / "seed-validator.schema.json", text)


@pytest.mark.parametrize(
    ("page", "name", "made"),
    [
        ("docs/fixes.md", "invariants", manual.invariants),
        ("docs/fixes.md", "safe", manual.safe_fixes),
        ("docs/fixes.md", "unsafe", manual.unsafe_fixes),
        ("docs/delimiters.md", "grammars", lambda: manual.grammars(proved)),
        ("docs/delimiters.md", "kinds", manual.kind_table),
        ("docs/delimiters.md", "syntaxes", manual.syntax_table),
        ("docs/configuration.md", "configuration", lambda: manual.key_table(ConfigKeys)),
        ("docs/configuration.md", "profile", lambda: manual.key_table(ProfileKeys)),
        ("docs/detection.md", "contents", manual.content_table),
        ("README.md", "profiles", manual.profile_table),
        ("README.md", "formats", manual.format_table),
    ],
)
def test_table_of_a_page(page: str, name: str, made: Callable[[], str], compare: Compare) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = f"<!-- {name} -->\n{made()}<!-- end {name} -->"
    text = re.sub(f"(?s)<!-- {name} -->.*?<!-- end {name} -->", lambda _: shown, text)
    assert shown in text
    compare(ROOT / page, text)


@pytest.mark.parametrize("name", built_in_names())
def test_built_in_profiles_fit_the_schema(name: str) -> None:
    written = built_in(name)
    assert written
    schema = jsonschema_rs.validator_for(config_schema.config_schema())
    schema.validate({"profiles": {name: written.table}})
    with pytest.raises(jsonschema_rs.ValidationError):
        schema.validate({"profiles": {name: {**written.table, "encodings": {}}}})


def test_what_is_off_by_default_is_listed_with_its_reason() -> None:
    """Each rule that has nothing to say without a word in the profile stands on the page."""
    page = (DOCS / "defaults.md").read_text("utf-8")
    defaults = profile({}).settings
    for rule in catalog().rules.values():
        if (
            rule.code in DECLARED
            or rule.code[:3] in ("BOD", "COR")
            or not _is_silent(rule, defaults)
        ):
            continue
        assert f"`{rule.name}` {rule.code}" in page, rule.name
    for name, code in re.findall(r"`([a-z0-9-]+)` ([A-Z]{3}\d{3})", page):
        assert catalog().find(code).name == name


DECLARED = {f"MET{number}" for number in range(100, 113)}


def _is_silent(rule: Rule, settings: Settings) -> bool:
    check = rule.check
    if isinstance(check, Local | Whole):
        return not [*check.clues(settings)]
    if isinstance(check, Each):
        return not check.wanted(settings)
    return isinstance(check, Series) and check.begin(settings) is None


def test_options_on_the_page_of_defaults_are_right() -> None:
    page = (DOCS / "defaults.md").read_text("utf-8")
    written = re.findall(r"`(([a-z]+)\.([a-z-]+) = ([^`]+))`", page)
    assert len(written) > 15
    for line, family, key, _ in written:
        profile({family: {key: tomllib.loads(line)[family][key]}})
