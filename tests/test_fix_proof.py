"""A small part of the proof of fixes at scale (`python -m tests.fix_proof` makes all of it)."""

from __future__ import annotations

from pathlib import Path

from .fix_proof.corpus import KINDS, files
from .fix_proof.proof import Proof


def test_a_killed_run_and_the_next_one(tmp_path: Path) -> None:
    proof = Proof(tmp_path, seed=7, documents=400)
    assert proof.dirty > 40
    assert proof.kill_halfway() > 0
    assert proof.finish().startswith("Fixed ")


def test_all_kinds_are_made() -> None:
    made = [*files(7, 300)]
    assert {one.path.partition("/")[0] for one in made} == {*KINDS}
    assert any(one.dirty == one.clean for one in made)
