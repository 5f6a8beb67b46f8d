"""The page about the library: its examples run, one after the other, and print what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Compare
from .support import ROOT

PAGE = ROOT / "docs" / "library.md"
BLOCK = re.compile(r"(?s)```python\n(.*?)```(\n<!-- prints -->\n```text\n)?")
PRINTED = re.compile(r"(?s)(<!-- prints -->\n```text\n).*?(```)")


@pytest.fixture
def outputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """What the examples print that say so."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    found = []
    for example, tells in BLOCK.findall(PAGE.read_text("utf-8")):
        exec(compile(example, "library.md", "exec"), names)
        out = capsys.readouterr().out
        assert bool(out) == bool(tells), example
        if tells:
            found.append(out)
    return found


def test_the_examples_print_what_the_page_says(outputs: list[str], compare: Compare) -> None:
    waiting = iter(outputs)
    text = PAGE.read_text("utf-8")
    compare(PAGE, PRINTED.sub(lambda one: one.group(1) + next(waiting) + one.group(2), text))


def test_the_examples_are_typed(tmp_path: Path) -> None:
    """As `mypy --strict` sees them from a project of a user."""
    examples = [example for example, _ in BLOCK.findall(PAGE.read_text("utf-8"))]
    (tmp_path / "page.py").write_text("".join(examples), "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
