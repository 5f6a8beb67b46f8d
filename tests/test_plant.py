"""What `python -m tests.plant` plants is found where it stands, in a page of ours."""

from __future__ import annotations

import random

import pytest

from validator import Checker

from .plant import KINDS, Planted, is_found

PAGE = """# The harbour

Most of the boats had gone when we came, and the market was closing.

We bought bread, cheese and a bag of apples — “for the children”, as she said.

Nobody knew whether the ferry would leave. The café was open until nine.

The captain shook hands and explained what he expected: wind from the north.
""".encode()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_found(kind: str, seed: int) -> None:
    checker = Checker("markdown")
    assert not checker.check(PAGE).diagnostics
    planted = KINDS[kind](PAGE, random.Random(seed))
    assert planted is not None
    said = checker.check(planted.data).diagnostics
    assert is_found(planted, said)
    assert len(said) == 1


def test_what_is_not_said_is_not_found() -> None:
    said = Checker("markdown").check(PAGE.replace(b"market", b"mar\xe2\x80\x8bket")).diagnostics
    assert is_found(Planted(b"", (3,)), said)
    assert not is_found(Planted(b"", (4,)), said)
    assert not is_found(Planted(b"", (3,)), ())
