"""A small part of the proof of fixes at scale (`python -m tests.fix_proof` makes all of it)."""

from __future__ import annotations

from pathlib import Path

from .fix_proof.corpus import files
from .fix_proof.kinds import KINDS
from .fix_proof.proof import Proof


def test_a_killed_run_and_the_next_one(tmp_path: Path) -> None:
    proof = Proof(tmp_path, seed=7, first=0, documents=300)
    assert proof.dirty > 40
    assert proof.kill(0.5) > 0
    assert proof.finish().startswith("Fixed ")


def test_all_kinds_are_made() -> None:
    made = [*files(7, 0, 300)]
    assert {one.path.partition("/")[0] for one in made} == {*KINDS}
    assert any(one.dirty == one.clean for one in made)


def test_a_piece_begins_where_another_one_ends() -> None:
    first = [*files(7, 0, 150)]
    both = [*first, *files(7, len(first), 150)]
    assert [*files(7, 0, sum(one.documents for one in both))] == both
