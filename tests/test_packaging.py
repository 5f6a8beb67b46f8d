"""What is installed: complete, and understandable where another project took our name."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from .support import ROOT

STARTS = [
    pytest.param("from validator.__main__ import main; main()", id="command"),
    pytest.param("import runpy; runpy.run_module('validator', run_name='__main__')", id="module"),
]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("theirs", ["def validate(): ...\n", None], ids=["installed", "removed"])
def test_another_package_of_our_name_is_told_in_a_line(
    tmp_path: Path, start: str, theirs: str | None
) -> None:
    shutil.copytree(ROOT / "validator", tmp_path / "validator")
    if theirs is None:
        (tmp_path / "validator/__init__.py").unlink()
    else:
        (tmp_path / "validator/__init__.py").write_text(theirs, "utf-8")
    elsewhere = "[p for p in sys.path if not os.path.exists(os.path.join(p, 'validator'))]"
    path = f"import os, sys; sys.path[:] = ['.', *{elsewhere}]"
    done = subprocess.run(
        [sys.executable, "-c", f"{path}; {start}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "another project of this name was installed over it" in done.stderr


def test_the_source_distribution_holds_all_that_its_tests_read() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    included = set(written["tool"]["hatch"]["build"]["targets"]["sdist"]["include"])
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    tracked = {line.partition("/")[0] for line in listed.splitlines()}
    # the build adds these by itself
    assert tracked - included <= {"pyproject.toml", ".gitignore", ".gitattributes"}
