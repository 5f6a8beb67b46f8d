"""No kind of text takes more than its size asks for: work is counted in calls, not timed.

`python -m benchmarks.growth` measures time, which sees what C does, too, and larger texts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

from benchmarks.growth import CORPORA, COUNTS, HIGHEST, exponent
from benchmarks.growth_kinds import HOSTILE, Kind, kinds
from tests.support import profile, write
from validator import check_bytes, check_paths

KINDS = [*kinds()]
HOSTILE_KINDS = [one for one in KINDS if one.label.partition(":")[0] in {h.named for h in HOSTILE}]
SMALL, LARGE = 1000, 4000
"""Bytes of a text; the large one is four times the small one."""
FEW = 2000
"""Calls that any text may take: most of them are made once."""


def calls(kind: Kind, size: int) -> int:
    """Calls of Python and of C that it takes to check a text of a kind."""
    text, profile, count = kind.made(size), kind.profile(), 0
    other = kind.made(size - size // 10)  # not the same text, whose answers may be remembered
    check_bytes(other, profile, name=kind.name)  # what is imported and compiled

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        check_bytes(text, profile, name=kind.name)
    finally:
        sys.setprofile(None)
    return count


def grows_too_fast(small: int, large: int) -> bool:
    return large > FEW and large > (LARGE / SMALL) ** HIGHEST * max(small, FEW // 10)


@pytest.mark.parametrize("kind", HOSTILE_KINDS, ids=lambda kind: kind.label)
def test_four_times_the_text_is_about_four_times_the_work(kind: Kind) -> None:
    small, large = calls(kind, SMALL), calls(kind, LARGE)
    assert not grows_too_fast(small, large), f"{small} calls, then {large}"


ONE = ("one file", "one document")
IN_ONE = [(tables, made) for label, tables, made in CORPORA if label.startswith(ONE)]


@pytest.mark.parametrize(("tables", "made"), IN_ONE)
def test_a_document_is_not_taken_apart_for_each_of_its_references(
    tables: dict[str, dict[str, object]], made: Callable[..., dict[str, str]], tmp_path: Path
) -> None:
    """Its references are one fact, and what takes that apart is as long as there are many."""
    called: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        called[frame.f_code.co_name] += event == "call"

    write(tmp_path, {name: text.encode() for name, text in made(0, 300).items()})
    sys.setprofile(count)
    try:
        run = check_paths(str(tmp_path), profile(tables), today=date(2026, 1, 1), jobs=1)
        found = list(run.diagnostics())
    finally:
        sys.setprofile(None)
    assert len(found) == 50
    assert called["items_of"] < 50
    assert called["_paths"] < 5 * 300


def test_there_are_many_kinds() -> None:
    assert len(KINDS) >= 200
    assert len({one.label for one in KINDS}) == len(KINDS)
    assert len(COUNTS) == 4


@pytest.mark.parametrize(("power", "sizes"), [(1.0, (1, 2, 4, 8)), (2.0, (100, 200, 400, 800))])
def test_an_exponent_is_that_of_the_size(power: float, sizes: Sequence[int]) -> None:
    assert exponent(sizes, [3e-3 * size**power for size in sizes]) == pytest.approx(power)
    assert grows_too_fast(3000, 48000)
    assert not grows_too_fast(3000, 12000)
