"""What a file costs on its way, in counts: nothing is done twice, and a clean file is cheap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks.ways import WAYS, Cost, Way, cost_of
from validator import load_profile
from validator.check.plan import Part, Plan
from validator.check.screens import screens
from validator.check.worker import Engine
from validator.run.assemble import bind

CLEAN = 30
"""Calls for a clean text in a warm worker. A change that needs more has a reason to give. (The last
one: is it UTF-7? No bytes that are sought with all others tell.)"""

CLEAN_TEXT = b"A title\nSome words.\n"
DIRTY = b"A title\xe2\x80\x8b\nSome words.\n"


@pytest.fixture(scope="module")
def costs() -> dict[str, Cost]:
    """What each way costs."""
    return {way.name.strip(): cost_of(way) for way in WAYS}


def test_a_clean_text_costs_a_handful_of_calls(costs: dict[str, Cost]) -> None:
    assert costs["clean text"].calls <= CLEAN


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name.strip())
def test_a_file_is_divided_once(way: Way, costs: dict[str, Cost]) -> None:
    cost = costs[way.name.strip()]
    again = cost.findings if way.whole else 0  # what the corpus speaks of is read once more
    files = len(way.files) * (1 + bool(again))
    assert cost.watched["divided"] <= files
    assert cost.watched["YAML read"] <= 2 * len(way.files)  # quickly, and exactly where in doubt


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name.strip())
def test_a_set_of_rules_is_compiled_once(way: Way, costs: dict[str, Cost]) -> None:
    assert costs[way.name.strip()].watched["compiled"] == int(way.whole)


@pytest.mark.parametrize(("name", "findings"), [("a doubtful word", 1), ("4 findings", 4)])
def test_these_ways_end_as_they_are_called(
    name: str, findings: int, costs: dict[str, Cost]
) -> None:
    assert costs[name].findings == findings


@pytest.mark.parametrize(
    ("texts", "times"),
    [
        ([CLEAN_TEXT], 1),
        ([DIRTY], 1),
        ([CLEAN_TEXT, CLEAN_TEXT], 1),
        ([CLEAN_TEXT, DIRTY], 3),  # together, then each: which one is it?
        ([b"caf\xe9\n"], 1),
    ],
)
def test_a_text_is_searched_for_all_clues_once(
    texts: list[bytes], times: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = bind(load_profile("text"), [])
    every, asked = screens(bound).suspicious, []

    class Counted:
        def any(self, *words: Any) -> bool:
            asked.append(words)
            return every.any(*words)

    monkeypatch.setattr(screens(bound), "suspicious", Counted())
    names = [b"%d.txt" % number for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        (tmp_path / name.decode()).write_bytes(text)
    Engine(Plan((bound,)))(Part(0, os.fsencode(tmp_path) + b"/", tuple(names)))
    assert len(asked) == times
