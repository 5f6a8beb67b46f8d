"""The rules as a population: each is complete, and its own examples are true."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from validator import load_profile
from validator.check.plan import Bound, Plan
from validator.profile.toml_file import built_in_names
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES, PATH
from validator.rules.indexing import made, works
from validator.rules.rule import Explain, Local, Rule, Whole
from validator.settings.options import Settings
from validator.text.screen.screen import Ask, Clue

from .conftest import Compare, Examples
from .support import check_example, codes, profile

RULES = list(catalog().rules.values())


@pytest.fixture(params=RULES, ids=[rule.name for rule in RULES])
def rule(request: pytest.FixtureRequest) -> Rule:
    """Each rule."""
    assert isinstance(request.param, Rule)
    return request.param


def test_code_and_name(rule: Rule) -> None:
    assert re.fullmatch("(FIL|ENC|TXT|DEL|MET|BOD|COR)[0-9]{3}", rule.code)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert not rule.name.startswith(("no-", "disallow-", "use-"))


def test_the_module_is_in_the_room_of_the_family(rule: Rule) -> None:
    assert rule.module.startswith(f"validator.rules.{FAMILIES[rule.family]}.")


def test_words(rule: Rule) -> None:
    assert rule.summary.endswith(".")
    assert len(rule.summary) < 80
    assert len(rule.explanation) > 40
    for option in rule.options:
        assert option.doc
        assert option.family in {*FAMILIES.values(), "readers"}
    for name in rule.covers:
        assert catalog().find(name)


def test_bad_example_is_found(rule: Rule, examples: Examples) -> None:
    if rule.bad:
        assert rule.code in codes(examples(rule.name))


def test_ok_example_is_silent(rule: Rule, tmp_path: Path) -> None:
    assert not check_example(tmp_path, rule.examples[1])


def test_a_plan_pickles() -> None:
    bound = Bound("x", profile({}).settings, {rule.code: rule.severity for rule in RULES})
    again = pickle.loads(pickle.dumps(Plan((bound,))))
    assert again.profiles[0].rules == bound.rules


def test_the_index_is_what_the_rules_say(compare: Compare) -> None:
    """What is known of a rule before it is imported: it is left alone where it has no work."""
    lines = [msgspec.json.encode(entry).decode() for entry in made().rules]
    misfits = msgspec.json.encode(made().misfits).decode()
    text = '{"rules": [\n' + ",\n".join(lines) + f'\n], "misfits": {misfits}}}\n'
    compare(Path(PATH), text)


@pytest.mark.parametrize("name", built_in_names())
def test_no_rule_with_work_is_left_alone(name: str) -> None:
    settings = load_profile(name).settings
    awake = {entry.code for entry in catalog().awake(catalog().entries, settings)}
    assert not [
        code for code in {*catalog().entries} - awake if works(catalog().rules[code], settings)
    ]


@pytest.mark.parametrize("name", built_in_names())
def test_the_clues_that_are_written_down_are_those_of_the_rules(name: str) -> None:
    settings = load_profile(name).settings
    for code, entry in catalog().entries.items():
        if entry.clues is not None:
            assert data(catalog().clues(entry, settings)) == clues(catalog().rules[code], settings)


def test_the_clues_of_a_bad_example_are_those_of_the_rule(rule: Rule) -> None:
    entry, settings = catalog().entries[rule.code], profile(rule.profile).settings
    if entry.clues is not None:
        assert data(catalog().clues(entry, settings)) == clues(rule, settings)


def clues(rule: Rule, settings: Settings) -> list[object]:
    assert isinstance(rule.check, Local | Whole | Explain)
    assert rule.check.clues is not None
    return data(rule.check.clues(settings))


def data(clues: Iterable[Clue]) -> list[object]:
    """Clues as they compare; a function is made anew each time."""
    return [type(one) if isinstance(one, Ask) else one for one in clues]


def test_a_rule_has_work_in_its_bad_example(rule: Rule) -> None:
    settings = profile(rule.profile).settings
    assert catalog().awake([rule.code], settings) or not works(rule, settings)
    assert catalog().rules[rule.code] is rule


def test_where_the_index_is_of_other_rules_they_are_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    older = Path(PATH).read_text().replace("trailing-blanks", "blanks-that-trail")
    catalog.cache_clear()
    monkeypatch.setattr("validator.rules.index.read_whole", lambda path, most: older.encode())
    try:
        assert [*catalog().entries.values()] == [*made().rules]
    finally:
        catalog.cache_clear()
