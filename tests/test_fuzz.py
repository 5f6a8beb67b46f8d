"""A small run of what `python -m tests.fuzz` does at length."""

from __future__ import annotations

from random import Random

import pytest

from .fuzz.laws import checker, holds
from .fuzz.splicer import fixtures, spliced
from .fuzz.targets import TARGETS, input_for

RUNS = 60


@pytest.mark.parametrize("name", TARGETS)
def test_random_input_breaks_no_law(name: str) -> None:
    for number in range(RUNS):
        data = input_for(name, Random(f"{name} {number}"))
        try:
            TARGETS[name](data)
        except Exception as error:
            error.add_note(f"{name}({data[:4096]!r})")
            raise


FOUND = (
    ("jsonl", b'{"text": "\x1b$B5D;vO?\x1b(B in the book"}\n'),  # rejected, and no document
    ("dolma", b"\x1b$)A\x0e;aRiJ.5c?*J<\x0f.\n"),
    ("text", b"ET\x8d\x01\x00("),  # a letter of an encoding that no candidate is in
    ("text", "\u1112\u1161\u11ab".encode() * 400 + b"1\n"),  # two to the power of 400 ways
)
"""What it found once, and the profile that it did so under."""


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_it_found_is_mended(name: str, data: bytes) -> None:
    for all_rules in (False, True):
        holds(checker(name, all_rules).check(data), len(data))


def test_a_splice_is_the_same_again() -> None:
    assert spliced(Random(7)) == spliced(Random(7))
    assert len({spliced(Random(number))[1] for number in range(50)}) > 45
    assert len(fixtures()) > 1000


def test_the_law_sees_what_is_wrong() -> None:
    result = checker("text", False).check(b"Title\nText \x00.\n")
    holds(result, 14)
    for wrong in (13, 15):
        with pytest.raises(AssertionError):
            holds(result, wrong)
