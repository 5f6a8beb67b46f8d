"""Pages that have a copy in another directory, one for each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from validator.cli.commands import cli

from .support import write

CONFIG = """
[profiles.en]
extends = "markdown"
files = ["en/*.md"]
corpus.sidecar = { of = "{stem}.md", name = "../%s/{stem}.md" }
[profiles.ko]
extends = "markdown"
files = ["ko/*.md"]
corpus.sidecar = { of = "{stem}.md", name = "../en/{stem}.md" }
"""


def told(folder: Path, *paths: str, led_to: str = "ko") -> list[str]:
    """What is found in a folder with a copy of each page, but for the paths of the folder."""
    (folder / "seed-validator.toml").write_text(CONFIG % led_to)
    result = CliRunner().invoke(cli, ["check", "--output-format", "concise", *paths])
    return [line for line in result.output.splitlines() if "COR" in line]


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    names = ("en/both.md", "en/new.md", "ko/both.md", "ko/old.md")
    write(tmp_path, dict.fromkeys(names, b"# A page\n"))
    return tmp_path


def test_pages_without_a_copy(pages: Path) -> None:
    first, second = told(pages, ".")
    assert first.startswith("en/new.md:1:1: COR030 ../ko/new.md is not there")
    assert second.startswith("ko/old.md:1:1: COR030 ../en/old.md is not there")


def test_one_folder_is_asked_alone(pages: Path) -> None:
    (one,) = told(pages, "en")
    assert "../ko/new.md" in one


def test_a_name_in_another_case_is_told(pages: Path) -> None:
    (pages / "ko" / "NEW.md").write_bytes(b"# A page\n")
    assert "; there is NEW.md" in told(pages, "en")[0]


def test_no_copy_is_sought_outside_of_the_corpus(pages: Path) -> None:
    outside = pages.parent / "elsewhere"
    outside.mkdir(exist_ok=True)
    for name in ("both.md", "new.md"):
        (outside / name).write_bytes(b"# A page\n")
    assert len(told(pages, "en", led_to="../elsewhere")) == 2
    (pages / "out").symlink_to(outside)
    assert len(told(pages, "en", led_to="out")) == 2
