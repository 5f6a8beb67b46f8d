"""The page about hostile input names tests that are there."""

from __future__ import annotations

import ast
import re

from .support import ROOT

PAGE = ROOT / "docs/hostile-input.md"


def test_each_attempt_has_a_test_that_is_there() -> None:
    attempts = PAGE.read_text("utf-8").partition("## Growth")[0]
    rows = [line for line in attempts.splitlines() if line.startswith("| ")]
    assert len(rows) > 30
    for row in rows:
        named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", row)
        assert named or re.match(r"\| (attempt|fault) \|", row), row
        for file, name in named:
            tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
            there = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
            assert name in there, f"{file}::{name}"
