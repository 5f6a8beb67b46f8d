"""The pages of the documentation: each command in them is run, each output is real."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Compare
from .support import ROOT

BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
PAGES = [
    path for path in sorted((ROOT / "docs").rglob("*.md")) if BLOCK.search(path.read_text("utf-8"))
]


def commands(block: str) -> Iterator[str]:
    """The commands of a block, each with the lines of its here-document."""
    lines = iter(block.split("\n"))
    for line in lines:
        if not line.startswith("$ "):
            continue
        command = line[2:]
        end = re.search(r"<<'(\w+)'", command)
        if end:
            for more in lines:
                command += f"\n{more}"
                if more == end[1]:
                    break
        yield command


def ran(command: str, folder: Path) -> str:
    """What a shell prints for a command."""
    program = f"{shlex.quote(sys.executable)} -m validator"
    done = subprocess.run(
        ["bash", "-c", f'seed-validator() {{ {program} "$@"; }}\n{command}'],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=[path.stem for path in PAGES])
def test_a_page_is_real(page: Path, compare: Compare, tmp_path: Path) -> None:
    def again(match: re.Match[str]) -> str:
        told = [f"$ {one}\n{ran(one, tmp_path)}" for one in commands(match[1])]
        return f"```console\n{''.join(told)}```"

    compare(page, BLOCK.sub(again, page.read_text("utf-8")))


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="mkdocs is in the extra `dev`")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "tutorials" / "blog.html").exists()
