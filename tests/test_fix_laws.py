"""Laws of fixes that hold for all rules, present and future.

1. What comes of a text does not depend on the order of the rules.
2. A second run changes nothing.
3. Nothing is found afterwards that was not found before, but for what a fix reveals.
4. Each fix has a repair of its rule, which names an invariant that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from validator import fixes
from validator.check.plan import Bound, Named
from validator.fix.choosing import chosen
from validator.fix.invariants import named, names
from validator.fix.rounds import Mended, Mender
from validator.model import Diagnostic, Edit, Fix
from validator.rules.catalog import catalog
from validator.rules.index import FAMILIES
from validator.rules.rule import Rule
from validator.run.assemble import bind

from .conftest import Examples
from .support import FIXTURES, profile
from .test_laws import CRUMBS

MENDING = [rule for rule in catalog().rules.values() if rule.repairs]
TODAY = date(2026, 11, 30)


def words_of(rule: Rule) -> list[bytes]:
    """What a rule's examples are made of."""
    return [
        piece
        for example in rule.examples
        for data in example.files.values()
        for piece in (data, *data.splitlines(keepends=True))
    ]


def merged(rules: list[Rule]) -> Mapping[str, Mapping[str, object]] | None:
    """The options of the bad examples of several rules; None where they contradict each other."""
    tables: dict[str, dict[str, object]] = {}
    for rule in rules:
        for family, keys in rule.profile.items():
            table = tables.setdefault(family, {})
            if any(table.get(key, value) != value for key, value in keys.items()):
                return None
            table.update(keys)
    return tables


@cache
def mender(names: tuple[str, ...]) -> Mender | None:
    """What fixes under the options of these rules; None where they contradict each other."""
    tables = merged([catalog().find(name) for name in names])
    if tables is None:
        return None
    return Mender(bind(profile(tables), []), TODAY, unsafe=True)


def mend(one: Mender, data: bytes, name: str = "a.txt") -> Mended:
    """What comes of a text in a file of this name."""
    return one.mend(Named(name, name.encode()), name.encode(), data)


@given(data=st.data())
def test_of_texts(data: st.DataObject) -> None:
    """The first three, of texts in the words of several rules."""
    chosen = st.sampled_from([rule.name for rule in MENDING])
    drawn = data.draw(st.lists(chosen, min_size=1, max_size=4, unique=True))
    rules = [catalog().find(name) for name in drawn]
    one = mender((*drawn,))
    assume(one is not None)
    assert one is not None
    words = [word for rule in rules for word in words_of(rule)]
    pieces = st.lists(st.sampled_from([*words, *words, *CRUMBS]), min_size=1, max_size=8)
    text = b"".join(data.draw(pieces))
    assume(text)
    name = data.draw(st.sampled_from(["a.txt", "a.md", "a.jsonl"]))
    found = mend(one, text, name)
    again = mend(one, found.data, name)
    assert (again.data, again.counts) == (found.data, {})
    seed = data.draw(st.integers(0, 1000))
    other = Mender(_shuffled(rules, seed), TODAY, unsafe=True)
    shuffled = mend(other, text, name)
    assert (shuffled.data, shuffled.counts) == (found.data, found.counts)
    assert shuffled.refused == found.refused


_SPANS = st.tuples(st.integers(0, 9), st.integers(0, 3), st.sampled_from([b"", b"x"]))


@given(data=st.data())
def test_which_fixes_are_made_does_not_depend_on_their_order(data: st.DataObject) -> None:
    """Of findings of several rules whose fixes overlap, at random places."""
    rules = st.sampled_from([rule for rule in MENDING if len(rule.repairs) == 1])
    drawn = data.draw(st.lists(st.tuples(rules, st.lists(_SPANS, min_size=1, max_size=2))))
    findings = [_finding(rule, spans) for rule, spans in drawn]
    taken = chosen(findings, "a.txt", (), unsafe=True)
    shuffled = data.draw(st.permutations(findings))
    other = chosen(shuffled, "a.txt", (), unsafe=True)
    assert [(one.code, one.fix) for one in other] == [(one.code, one.fix) for one in taken]
    assert bool(taken) == bool(findings)


def _finding(rule: Rule, spans: list[tuple[int, int, bytes]]) -> Diagnostic:
    edits = tuple(Edit(start, start + size, new) for start, size, new in spans)
    fix = Fix("", edits, rule.repairs[0].applicability)
    return replace(_any_finding(), code=rule.code, path="a.txt", of="", fix=fix)


@cache
def _any_finding() -> Diagnostic:
    return next(fixes(b"\xef\xbb\xbfText.\n", profile({})))


def _shuffled(rules: list[Rule], seed: int) -> Bound:
    tables = merged(rules)
    assert tables is not None
    bound = bind(profile(tables), [])
    order = sorted(bound.rules)
    Random(seed).shuffle(order)
    return replace(bound, rules={code: bound.rules[code] for code in order})


@pytest.mark.parametrize("rule", MENDING, ids=lambda rule: rule.name)
def test_repairs_name_invariants(rule: Rule) -> None:
    assert {one.keeps for one in rule.repairs} <= {*names()}
    kinds = [one.applicability for one in rule.repairs]
    assert len(kinds) == len({*kinds})
    for one in rule.repairs:
        assert named(one.keeps).statement


def test_every_invariant_is_kept_by_a_rule() -> None:
    assert {one.keeps for rule in MENDING for one in rule.repairs} == {*names()}


@pytest.mark.parametrize("name", sorted(rule.name for rule in catalog().rules.values()))
def test_each_fix_has_a_repair(name: str, examples: Examples) -> None:
    for found in examples(name):
        if found.fix is not None:
            repair = catalog().rules[found.code].repair(found.fix.applicability)
            assert repair is not None, f"{found.code} has no {found.fix.applicability} repair"
            assert len(found.fix.how) in (0, len(found.fix.edits))


ELSEWHERE = {"stray-end-marker", "empty-document", "ambiguous-scalar"}
"""Rules whose fix needs another profile than their fixtures have; `tests/test_fixes.py` has it."""


@pytest.mark.parametrize("name", sorted(rule.name for rule in MENDING))
def test_each_rule_that_fixes_has_a_fixed_case(name: str) -> None:
    folder = FIXTURES / FAMILIES[catalog().find(name).family] / name
    assert any(folder.glob("bad/*.fixed")) != (name in ELSEWHERE)
