"""ruff and mypy say nothing; what `-m quick` names is there."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conftest import QUICK
from .support import ROOT


@pytest.mark.parametrize(
    "words",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=["ruff check", "ruff format", "mypy --strict"],
)
def test_tools_are_content(words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_quick_modules_are_there() -> None:
    assert not {name for name in QUICK if not (ROOT / "tests" / f"{name}.py").exists()}
