"""`init`: what stands in a directory becomes a configuration that checks just that."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from validator import UsageError
from validator.cli.init import configuration_for, findings
from validator.cli.init import write as write_configuration
from validator.file.walk import roots_of
from validator.profile.configuration import configuration
from validator.run.survey import survey

from .support import run_cli, write

BLOG = {
    "content/a.md": b"---\ntitle: A\n---\nText.\n",
    "content/deep/b.md": b"# B\n\nText.\n",
    "data/train.jsonl": b'{"text": "a"}\n',
    "data/old.JSONL": b'{"text": "b"}\n',
    "logo.png": b"\x89PNG\r\n\x1a\n",
    "notes/c.txt": b"A note.\n",
}


def test_a_configuration_checks_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, BLOG)
    monkeypatch.chdir(tmp_path)
    before = run_cli(".", show_files=True)[1]
    path, text = configuration_for(".")
    assert path == "seed-validator.toml"
    write_configuration(path, text)
    after = run_cli(".", show_files=True)[1]
    assert [line.partition(":")[0] for line in before.splitlines()] == [
        line.partition(":")[0] for line in after.splitlines()
    ]
    assert [line for line in before.splitlines() if "without a profile" in line] == [
        line for line in after.splitlines() if "without a profile" in line
    ]
    table = tomllib.loads(text)["profiles"]
    assert table["content"] == {"extends": "markdown", "files": ["content/**/*.md"]}
    assert table["data"]["files"] == ["data/**/*.JSONL", "data/**/*.jsonl"]
    assert "1 .png" in text
    assert configuration(".").own


def test_what_check_finds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, BLOG | {"notes/d.txt": b"caf\xe9 and more\nNo\n"})
    monkeypatch.chdir(tmp_path)
    write_configuration(*configuration_for("."))
    told = "".join(findings(".", None))
    found, out, _ = run_cli(".")
    assert found == 1
    assert "`seed-validator check` finds there:" in told
    told, _, after = told.partition("\nNext: ")
    assert out.splitlines()[-1] == told.splitlines()[-1]
    assert "`seed-validator baseline create`" in after
    assert "ENC0" in told


def test_a_clean_directory_passes(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"# A\n\nText.\n"})
    path, text = configuration_for(str(tmp_path))
    write_configuration(path, text)
    assert "All checks passed!" in "".join(findings(str(tmp_path), None))


def test_names_are_those_of_gitignore(tmp_path: Path) -> None:
    """What means something else in a pattern is escaped; what is no text is told by its suffix."""
    write(tmp_path, {"[a]/x.md": b"# A\n", "!b c/y.md": b"# B\n", "ok/z.txt": b"Z\n"})
    found = {one.profile: one.patterns for one in survey(roots_of([str(tmp_path)])[0]).found}
    assert found["markdown"] == ("\\!b\\ c/**/*.md", "\\[a\\]/**/*.md".replace("\\]", "]"))
    write_configuration(*configuration_for(str(tmp_path)))
    own = configuration(str(tmp_path))
    assert [profile.name for profile in own.own] == ["own-markdown", "ok"]
    assert run_cli(str(tmp_path), show_files=True)[1].count("own-markdown") == 2


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "there are no files"),
        ({"a.png": b"\x89PNG"}, "(1 .png): write a profile with `files` of your own"),
        ({"seed-validator.toml": b"", "a.md": b"# A\n"}, "is a configuration already"),
        ({"pyproject.toml": b"[tool.seed-validator]\n", "a.md": b"#\n"}, "is a configuration"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, files: dict[str, bytes], words: str) -> None:
    write(tmp_path, files)
    with pytest.raises(UsageError) as error:
        configuration_for(str(tmp_path))
    assert words in str(error.value)


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": b"# A\n"})
    with pytest.raises(UsageError, match="is not a directory"):
        configuration_for(str(tmp_path / "a.md"))


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": b"kept\n"})
    with pytest.raises(UsageError, match="cannot be written: File exists"):
        write_configuration(str(tmp_path / "seed-validator.toml"), "new\n")
    assert (tmp_path / "seed-validator.toml").read_bytes() == b"kept\n"


def test_many_directories_are_told_by_suffix(tmp_path: Path) -> None:
    write(tmp_path, {f"d{n}/a.md": b"# A\n" for n in range(6)})
    (found,) = survey(roots_of([str(tmp_path)])[0]).found
    assert found.patterns == ("*.md",)


def test_files_that_are_known_by_content_are_named_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their suffix would claim what no profile is for: a package.json is no JSON Lines."""
    records = b'{"text": "a"}\n{"text": "b"}\n'
    files = {"data/a b.json": records, "data/in/c.json": records, "data/d.jsonl": records}
    write(tmp_path, {**files, "data/package.json": b'[\n  {"name": "x"}\n]\n'})
    monkeypatch.chdir(tmp_path)
    before = run_cli(".", output_format="json")[1]
    path, text = configuration_for(".")
    (table,) = tomllib.loads(text)["profiles"].values()
    assert table["files"] == ["data/**/*.jsonl", "/data/a\\ b.json", "/data/in/c.json"]
    write_configuration(path, text)
    after = run_cli(".", output_format="json")[1]
    assert json.loads(before)["summary"]["documents"] == json.loads(after)["summary"]["documents"]


def test_a_suffix_that_two_profiles_share_is_told_by_directory(tmp_path: Path) -> None:
    """Else the first of them would take all such files, and the other be written for nothing."""
    page = b"---\ntitle: Sea\n---\n# Sea\n\nText.\n"
    write(tmp_path, {f"notes/{at}.txt": page for at in range(3)})
    write(tmp_path, {"page.md": page, "words.txt": b"Plain words.\n"})
    _, text = configuration_for(str(tmp_path))
    written = tomllib.loads(text)["profiles"]
    files = {one["extends"]: one["files"] for one in written.values()}
    assert files == {"markdown": ["*.md", "notes/**/*.txt"], "text": ["/*.txt"]}
