"""The demonstration finds what was planted, at that file, and nothing else."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

import pytest

from validator import UsageError
from validator.cli.demo import demo
from validator.cli.outputs import Streams
from validator.demo.clean_files import sentences
from validator.demo.corpus import corpus, write
from validator.demo.planted import FAULTS
from validator.run.request import RunRequest, prepare

from .conftest import Compare
from .support import ROOT


def test_what_is_found_is_what_was_planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    planted = write("messy")
    run = prepare(RunRequest(paths=("messy",), limit=0)).run(1, None, None)
    found = {(one.path.removeprefix("messy/"), one.code) for one in run.diagnostics()}
    assert found == {(one.path, one.code) for one in planted}
    assert Counter(one.code for one in planted) == {one.code: one.count for one in FAULTS}


def test_the_corpus_is_the_same_each_time() -> None:
    assert corpus() == corpus()
    files, _ = corpus()
    assert sum(file.documents for file in files) == 2000
    assert len({file.folder for file in files}) == 5
    assert len(sentences()) == 12


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(UsageError, match="is not empty"):
        write(str(tmp_path))
    with pytest.raises(UsageError, match="cannot be written"):
        write(str(tmp_path / "kept.txt"))
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_the_readme_shows_it(
    compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording of the terminal, without the middle of its tables."""
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    assert demo("seed-validator-demo", Streams(out, io.StringIO(), {})) == 0
    assert (tmp_path / "seed-validator-demo" / "report.html").stat().st_size > 50_000
    shown = []
    for block in out.getvalue().split("\n\n"):
        lines = block.split("\n")
        shown.append("\n".join([*lines[:7], "…"] if len(lines) > 12 else lines))
    text = "$ seed-validator demo\n" + "\n\n".join(shown)
    readme = ROOT / "README.md"
    expected = re.sub(
        "(?s)(<!-- demo -->\n```text\n).*?(```\n<!-- end demo -->)",
        lambda match: match.group(1) + text + match.group(2),
        readme.read_text("utf-8"),
    )
    assert text in expected
    compare(readme, expected)
