"""Which files are checked, under what, and what is said of the others."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import zstandard

from validator import ConfigError, UsageError
from validator.cli.effective import effective
from validator.profile.configuration import configuration

from .support import run_cli, write

GOOD_MARKDOWN = b"---\ntitle: A\n---\n\nText.\n"
BROKEN_MARKDOWN = b"---\ntitle: A\n\nText.\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "written",
    [
        "",
        'exclude = ["vendor/"]\n',
        'ignore = ["TXT505"]\n',
        'fail-on = "warning"\n',
        "respect-gitignore = false\n",
        'severity.trailing-blanks = "warning"\n',
    ],
)
@pytest.mark.parametrize("name", ["seed-validator.toml", "pyproject.toml"])
def test_a_configuration_without_a_profile_leaves_detection_on(
    tmp_path: Path, name: str, written: str
) -> None:
    head = "[tool.seed-validator]\n" if name == "pyproject.toml" else ""
    write(tmp_path, {name: f"{head}{written}".encode(), "a.md": GOOD_MARKDOWN})
    assert run_cli(".", output_format="concise")[0] == 0
    write(tmp_path, {"a.md": BROKEN_MARKDOWN})
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 1
    assert "a.md:1:1: DEL" in out


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.MD", BROKEN_MARKDOWN, "a.MD:1:1: DEL"),
        ("a.md.gz", gzip.compress(BROKEN_MARKDOWN, mtime=0), "a.md.gz:1:1: DEL"),
        ("a.MD.GZ", gzip.compress(BROKEN_MARKDOWN, mtime=0), "a.MD.GZ:1:1: DEL"),
        ("a.jsonl.zst", zstandard.compress(b'{"a": 1}\n' * 99)[:-4], "a.jsonl.zst:"),
        ("a.jsonl.gz", b'{"a": 1}\n', "a.jsonl.gz:"),
        ("a.warc.wet.gz", gzip.compress(b"WARC/1.0\r\nx", mtime=0), "a.warc.wet.gz:"),
        ("a.ndjson", b'{"a": 1\n', "a.ndjson:1:"),
        ("a.mdx", BROKEN_MARKDOWN, "a.mdx:1:1: DEL"),
        ("a.qmd", BROKEN_MARKDOWN, "a.qmd:1:1: DEL"),
        ("a.Rmd", BROKEN_MARKDOWN, "a.Rmd:1:1: DEL"),
        ("a.rst", b"caf\xe9\n", "a.rst:1:4: ENC"),
        ("a.adoc", b"caf\xe9\n", "a.adoc:1:4: ENC"),
        ("a.text", b"caf\xe9\n", "a.text:1:4: ENC"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_names_in_any_case_and_through_compression(
    tmp_path: Path, name: str, data: bytes, told: str
) -> None:
    write(tmp_path, {name: data, "good.txt": b"Text.\n"})
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 1
    assert told in out


def test_what_no_profile_is_for_is_told_with_its_suffixes(tmp_path: Path) -> None:
    files = ["a.txt", "b.png", "c.PNG", "d.tar.gz", "e", *(f"f.{n}" for n in range(5))]
    write(tmp_path, dict.fromkeys(files, b"x\n"))
    code, out, _ = run_cli(".")
    assert code == 0
    assert out.splitlines()[-1] == (
        "All checks passed! 1 file, 1 document, 2 bytes; 9 files skipped, without a profile "
        "(2 .png, 1 without a suffix, 1 .0, 1 .1, 1 .2, 3 others)."
    )


UNCLAIMED = b'[profiles.seeds]\nfiles = ["seeds/"]\n'


def test_what_no_own_profile_is_for_is_passed_by_or_detected(tmp_path: Path) -> None:
    files = {"seeds/a.txt": b"x\n", "b.md": BROKEN_MARKDOWN, "seed-validator.toml": UNCLAIMED}
    write(tmp_path, files)
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 0
    assert out.endswith("1 file skipped, without a profile (1 .md).\n")
    write(tmp_path, {"seed-validator.toml": b'unclaimed = "detect"\n' + UNCLAIMED})
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 1
    assert "b.md:1:1: DEL" in out


def test_a_profile_without_files_takes_the_names_of_what_it_extends(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": GOOD_MARKDOWN, "b.jsonl": b"{\n", "c.md.gz": b"x"})
    write(tmp_path, {"seed-validator.toml": b'[profiles.posts]\nextends = "markdown"\n'})
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 1
    assert "c.md.gz:" in out
    assert out.endswith("1 file skipped, without a profile (1 .jsonl).\n")
    write(tmp_path, {"seed-validator.toml": b'[profiles.all]\ntext.tabs = "forbid"\n'})
    assert "Checked 3 files" in run_cli(".", output_format="concise")[1]


def test_hidden_files_that_a_profile_names_are_read(tmp_path: Path) -> None:
    hidden = [".meta/config.json", ".meta/other.json", ".git/HEAD", ".x.json", "a/.y.json"]
    write(tmp_path, dict.fromkeys(hidden, b"caf\xe9\n"))
    write(tmp_path, {"a.json": b"{}\n"})
    files = '[".meta/config.json", "a/.*", "*.json"]'
    write(tmp_path, {"seed-validator.toml": f"[profiles.p]\nfiles = {files}\n".encode()})
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 1
    assert [line.partition(":")[0] for line in out.splitlines()[:2]] == [
        ".meta/config.json",
        "a/.y.json",
    ]
    assert "Skipped: 3 hidden." in out
    assert "Checked 3 files" in out


FORBID = b'[profiles.p]\nfiles = ["*.txt"]\ntext.trailing-blanks = "forbid"\n'
ALLOW = b'[profiles.p]\nfiles = ["*.txt"]\n'


def findings(*paths: str, **options: object) -> list[str]:
    """`path:row` of each finding, in order."""
    out = run_cli(*paths, output_format="concise", quiet=True, **options)[1]
    return [":".join(line.split(":")[:2]) for line in out.splitlines()]


@pytest.mark.parametrize("paths", [("a", "b"), (".",), ("a/x.txt", "b/x.txt"), ("a",), ("b", "a")])
def test_the_nearest_configuration_counts_for_each_file(
    tmp_path: Path, paths: tuple[str, ...]
) -> None:
    write(tmp_path, {"a/seed-validator.toml": FORBID, "b/seed-validator.toml": ALLOW})
    write(tmp_path, dict.fromkeys(["a/x.txt", "a/c/d/x.txt", "b/x.txt", "x.txt"], b"x \n"))
    told = {"a/x.txt:1", "a/c/d/x.txt:1"} if "a/x.txt" not in paths else {"a/x.txt:1"}
    assert set(findings(*paths)) == told


def test_one_below_counts_alone_unless_it_extends_the_one_above(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": b'exclude = ["z.txt"]\n' + FORBID})
    write(tmp_path, {"a/seed-validator.toml": b'exclude = ["y.txt"]\n'})
    write(tmp_path, dict.fromkeys(["x.txt", "z.txt", "a/x.txt", "a/y.txt", "a/z.txt"], b"x \n"))
    assert findings(".") == ["x.txt:1"]
    write(
        tmp_path,
        {"a/seed-validator.toml": b'extends = "../seed-validator.toml"\nexclude = ["y.txt"]\n'},
    )
    assert findings(".") == ["a/x.txt:1", "x.txt:1"]


def test_a_profile_extends_one_of_the_configuration_above(tmp_path: Path) -> None:
    own = b'[profiles.q]\nextends = "p"\nfiles = ["*.md"]\n'
    write(
        tmp_path,
        {
            "seed-validator.toml": FORBID,
            "a/seed-validator.toml": b'extends = "../seed-validator.toml"\n' + own,
            "a/x.md": b"x \n",
            "a/x.txt": b"x \n",
        },
    )
    assert findings("a") == ["a/x.md:1", "a/x.txt:1"]


def test_each_configuration_says_what_makes_the_run_fail(tmp_path: Path) -> None:
    warn = b'severity.trailing-blanks = "warning"\n'
    write(
        tmp_path,
        {
            "a/seed-validator.toml": warn + b'fail-on = "warning"\n' + FORBID,
            "b/seed-validator.toml": warn + FORBID,
            "a/x.txt": b"x\n",
            "b/x.txt": b"x \n",
        },
    )
    assert run_cli(".")[0] == 0
    write(tmp_path, {"a/x.txt": b"x \n"})
    assert run_cli(".")[0] == 1
    assert run_cli(".", fail_on="error")[0] == 0


def test_a_wrong_one_below_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"x\0\n", "z/seed-validator.toml": b"exclud = []\n"})
    with pytest.raises(ConfigError, match=r"z/seed-validator.toml:1:1: unknown key `exclud`"):
        run_cli(".")
    write(tmp_path, {"seed-validator.toml": b'exclude = ["z/"]\n'})
    code, out, _ = run_cli(".")
    assert code == 1
    assert "Skipped: 1 excluded." in out


@pytest.mark.parametrize(
    ("extends", "words"),
    [
        ("'../b/seed-validator.toml'", "must lead to this directory or to one above it"),
        ("'/etc/passwd'", "must lead to this directory or to one above it"),
        ("'../no.toml'", "where no configuration is"),
        ("'seed-validator.toml'", "goes in a circle"),
        ("3", "must be the path of a configuration"),
    ],
)
def test_what_a_configuration_may_extend(tmp_path: Path, extends: str, words: str) -> None:
    write(tmp_path, {"a/seed-validator.toml": f"extends = {extends}\n".encode()})
    write(tmp_path, {"b/seed-validator.toml": b"", "a/x.txt": b"x\n"})
    with pytest.raises(ConfigError, match=words) as caught:
        run_cli("a")
    assert str(caught.value).startswith("a/seed-validator.toml:1:1: ")


def test_show_files_lists_each_file_with_its_profile_or_why_not(tmp_path: Path) -> None:
    files = ["a.md", "b.png", ".hidden", "c/d.jsonl", "c/e", "out/x.txt", "w.txt", "z/y.md"]
    write(tmp_path, {**dict.fromkeys(files, b"\0"), ".git/HEAD": b"", ".gitignore": b"w.txt\n"})
    write(tmp_path, {"seed-validator.toml": b'exclude = ["out/"]\n'})
    write(tmp_path, {"z/seed-validator.toml": b'[profiles.own]\nfiles = ["*.md"]\n'})
    code, out, _ = run_cli(".", show_files=True)
    assert code == 0
    assert out.splitlines() == [
        ".git/: - hidden",
        ".gitignore: - hidden",
        ".hidden: - hidden",
        "a.md: markdown",
        "b.png: - without a profile",
        "out/: - excluded",
        "w.txt: - ignored by git",
        "c/d.jsonl: jsonl",
        "c/e: - without a profile",
        "z/y.md: own",
    ]


def test_exclude_for_one_run_counts_from_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"a/b.txt": b"caf\xe9\n", "a/c.txt": b"caf\xe9\n", "d/b.txt": b"caf\xe9\n"})
    assert findings(".", exclude=["a/b.txt"]) == ["a/c.txt:1", "d/b.txt:1"]
    assert findings(".", exclude=["b.txt", "d/"]) == ["a/c.txt:1"]
    monkeypatch.chdir(tmp_path / "a")
    assert findings("..", exclude=["/b.txt"]) == ["../a/c.txt:1", "../d/b.txt:1"]


def test_an_option_is_set_for_one_run(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"x \n", "b.md": b"x \n"})
    assert findings(".") == []
    assert findings(".", set=["text.trailing-blanks=forbid"]) == ["a.txt:1", "b.md:1"]
    assert findings(".", set=['text.trailing-blanks = "forbid"'], profile="text") == [
        "a.txt:1",
        "b.md:1",
    ]
    write(tmp_path, {"seed-validator.toml": FORBID})
    assert findings(".") == ["a.txt:1"]
    assert findings(".", set=["text.trailing-blanks=allow"]) == []


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("text.trailing-blank=forbid", "there is no option `text.trailing-blank`; did you mean"),
        ("trailing-blanks", "--set wants KEY=VALUE, such as text.tabs=forbid"),
        ("text.trailing-blanks=no", "`text.trailing-blanks` must be one of"),
        ("text.max-line=long", "`text.max-line` must be"),
        ("delimiters.begin=x", "under the profile"),
    ],
)
def test_options_that_cannot_be_set(tmp_path: Path, word: str, words: str) -> None:
    write(tmp_path, {"a.txt": b"x\n"})
    with pytest.raises(UsageError, match=words):
        run_cli(".", set=[word])


def test_config_says_what_becomes_of_files(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": b""})
    shown = effective(configuration("."), None)
    assert shown["unclaimed"] == "detect"
    mbox = shown["profiles"]["mbox"]
    assert mbox["detect"] == ["*.mbox"]
    assert mbox["detect-within"] == ["*.txt", "*.text"]
    assert mbox["detect-content"].startswith("\\AFrom ")
    own = b'exclude = ["vendor/"]\n[profiles.all]\n[profiles.notes]\nextends = "markdown"\n'
    write(tmp_path, {"seed-validator.toml": own})
    shown = effective(configuration("."), None)
    assert (shown["unclaimed"], shown["exclude"]) == ("pass-by", ["vendor/"])
    assert shown["profiles"]["all"]["files"] == ["*"]  # it takes whatever there is
    assert "files" not in shown["profiles"]["notes"]
    assert "*.md" in shown["profiles"]["notes"]["detect"]
    own = b'unclaimed = "detect"\n[profiles.all]\nfiles = ["*.x"]\n'
    write(tmp_path, {"seed-validator.toml": own})
    assert effective(configuration("."), None)["unclaimed"] == "detect"
