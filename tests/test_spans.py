"""The law of spans (`spans.py`), for every rule, example and fixture, also in other encodings."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from validator import check_paths
from validator.model import Diagnostic
from validator.rules.catalog import catalog
from validator.rules.rule import Rule
from validator.settings.options import Settings

from .conftest import Examples
from .spans import broken, hold
from .support import profile, write
from .test_fixtures import cases, found_in, name_of, profile_of

RULES = [rule for rule in catalog().rules.values() if rule.bad]


@pytest.mark.parametrize("case", cases("bad"), ids=name_of)
def test_of_fixtures(case: Path) -> None:
    hold(found_in(case), profile_of(case).settings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_of_examples(rule: Rule, examples: Examples) -> None:
    hold(examples(rule.name), profile(rule.profile).settings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_in_another_encoding_and_compressed(rule: Rule, tmp_path: Path) -> None:
    tables = {family: dict(keys) for family, keys in rule.profile.items()}
    if "charset" in tables.get("encoding", {}):
        return  # it is about encodings, and done above
    tables["encoding"] = {**tables.get("encoding", {}), "charset": "utf-16"}
    files = {}
    for name, data in rule.bad.items():
        there = name.endswith(".gz") or data.startswith(b"-> ")
        text = data.decode("utf-8", "replace").encode("utf-16")
        files[name if there else f"{name}.gz"] = data if there else gzip.compress(text, mtime=0)
    write(tmp_path, files)
    hold(check_paths([str(tmp_path)], profile(tables)).diagnostics(), profile(tables).settings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_law_sees_what_is_wrong(rule: Rule, examples: Examples) -> None:
    settings = profile(rule.profile).settings
    for one in examples(rule.name):
        for fault, wrong in () if one.whole_file else broken(one):
            assert not holds(wrong, settings), fault


def holds(one: Diagnostic, settings: Settings) -> bool:
    """Whether the law is content with a finding."""
    try:
        hold([one], settings)
    except AssertionError:
        return False
    return True
