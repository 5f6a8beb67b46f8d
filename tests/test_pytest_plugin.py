"""`pytest --seed-validator`: a test for each file, and nothing where it is not asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .support import write

TREE = {
    "seed-validator.toml": b"""
exclude = ["vendor/"]
[profiles.notes]
files = ["docs/"]
text.trailing-blanks = "forbid"
[profiles.notes.corpus]
content = "unique"
""",
    "docs/good.txt": b"A title\nText.\n",
    "docs/bad.txt": b"A title\nA blank \n",
    "docs/twin.txt": b"A title\nText.\n",
    "docs/vendor/x.txt": b"A blank \n",
    "test_own.py": b"def test_own(): pass\n",
}


@pytest.fixture(autouse=True)
def _tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TREE)
    monkeypatch.chdir(tmp_path)


def run_pytest(*arguments: str) -> tuple[int, str]:
    """The exit code and the output of pytest in this directory.

    It is as a user has it, but that it does not write the asserts of all our modules anew.
    """
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"]
    command += ["--assert=plain"]
    if "validator.pytest_plugin" not in entry_points():
        command += ["-p", "validator.pytest_plugin"]  # not installed since it has the plugin
    root = os.path.dirname(os.path.dirname(sys.modules["validator"].__file__ or ""))
    environ = {**os.environ, "PYTHONPATH": root, "COLUMNS": "100"}
    done = subprocess.run(
        [*command, "-rA", "--color=no", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environ,
    )
    return done.returncode, done.stdout + done.stderr


def entry_points() -> set[str]:
    """The plugins that pytest loads by itself."""
    from importlib.metadata import entry_points

    return {one.value for one in entry_points(group="pytest11")}


def test_each_file_is_a_test() -> None:
    code, out = run_pytest("--seed-validator", ".")
    assert code == 1
    assert "PASSED test_own.py::test_own" in out
    assert "PASSED docs/good.txt::seed-validator" in out
    assert "FAILED docs/bad.txt::seed-validator" in out
    assert "FAILED docs/twin.txt::seed-validator" in out  # what the corpus as a whole says
    assert "error[TXT101]" in out
    assert " --> docs/bad.txt:2:8" in out
    assert "x.txt" not in out
    assert "Traceback" not in out
    assert "2 failed, 3 passed" in out  # its own, a good one, and that of the corpus


def test_paths_are_those_of_pytest() -> None:
    code, out = run_pytest("--seed-validator", "docs/good.txt")
    assert (code, "2 passed" in out) == (0, True)
    code, out = run_pytest("--seed-validator", "test_own.py::test_own")
    assert (code, "1 passed" in out) == (0, True)


def test_a_document_that_is_named_is_no_doctest() -> None:
    Path("docs/bad.txt").write_bytes(b"A title\n>>> 1 + \xff\n")
    code, out = run_pytest("--seed-validator", "docs/bad.txt")
    assert (code, "1 failed, 1 passed" in out) == (1, True)
    assert "error[ENC" in out
    code, out = run_pytest("--seed-validator", "--doctest-glob=*.txt", "docs/bad.txt")
    assert "UnicodeDecodeError" in out


def test_what_stands_at_no_file_is_not_lost() -> None:
    Path("seed-validator.toml").write_text(
        '[profiles.notes]\nfiles = ["docs/"]\ncorpus.files = 7\n', "utf-8"
    )
    code, out = run_pytest("--seed-validator", "docs")
    assert code == 1
    assert "COR" in out


def test_a_wrong_configuration_is_told() -> None:
    Path("seed-validator.toml").write_text("[profiles.notes]\nfils = []\n", "utf-8")
    code, out = run_pytest("--seed-validator", ".")
    assert code != 0
    assert "unknown key `profiles.notes.fils`" in out


def test_without_the_option_nothing_is_collected_or_imported() -> None:
    code, out = run_pytest(".")
    assert (code, "1 passed" in out) == (0, True)
    probe = (
        "import sys, validator.pytest_plugin\n"
        "print([one for one in sys.modules if one.startswith('validator.')])"
    )
    root = os.path.dirname(os.path.dirname(sys.modules["validator"].__file__ or ""))
    done = subprocess.run(
        [sys.executable, "-c", probe],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": root},
    )
    assert done.stdout == "['validator.pytest_plugin']\n"
