"""`--files-from`, `-0` and `--no-error-on-unmatched`: what git and hooks hand over."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from validator import UsageError
from validator.cli.commands import cli

from .support import run_cli, write


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of its own, with three files, two of them bad."""
    monkeypatch.chdir(tmp_path)
    bad = b"Title \n"
    write(tmp_path, {"docs/a.md": bad, "docs/b.md": bad, "docs/c.md": b"# Title\n\nText.\n"})
    Path("seed-validator.toml").write_text(
        '[profiles.docs]\nextends = "markdown"\ntext.trailing-blanks = "forbid"\n', "utf-8"
    )
    return tmp_path


def places(*paths: str, **options: object) -> list[str]:
    """The files in which something is found."""
    out = run_cli(*paths, output_format="json", **options)[1]
    return sorted({found["path"] for found in json.loads(out)["diagnostics"]})


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
def test_a_path_a_line(end: bytes) -> None:
    text = b"\n".join([b"docs/a.md", b"docs/c.md"]) + end
    Path("list").write_bytes(text)
    assert places(files_from="list") == ["docs/a.md"]
    assert places(files_from="-", stdin=text) == ["docs/a.md"]


def test_nul_ends_a_path_and_any_name_is_possible() -> None:
    names = [
        b"docs/new\nline.md",
        b'docs/"quoted".md',
        b"docs/ blank .md",
        b"docs/\xff.md",
        b"-.md",
    ]
    for name in names:
        Path(os.fsdecode(name)).write_bytes(b"Title \n")
    listed = b"\0".join(names) + b"\0"
    assert len(places(files_from="-", nul=True, stdin=listed)) == len(names)


def test_paths_of_the_line_count_besides() -> None:
    assert places("docs/b.md", files_from="-", stdin=b"docs/a.md\n") == ["docs/a.md", "docs/b.md"]
    assert places("docs", files_from="-", stdin=b"docs/a.md\n") == ["docs/a.md", "docs/b.md"]


def test_what_the_configuration_excludes_stays_out() -> None:
    stdin = b"docs/a.md\ndocs/b.md\nseed-validator.toml\n"
    assert places(files_from="-", stdin=stdin, exclude=["b.md"]) == ["docs/a.md"]
    _, out, _ = run_cli(files_from="-", stdin=stdin, profile="text", output_format="json")
    assert json.loads(out)["summary"]["files"]["matched"] == 2  # our configuration is none


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"files_from": "gone"}, "`gone`, the list of files, cannot be read: No such file"),
        ({"files_from": "docs"}, "`docs`, the list of files, cannot be read: "),
        ({"files_from": "pipe"}, "it is a named pipe, not a file"),
        ({"files_from": "a\0b"}, "cannot be read: embedded null byte"),
        ({"files_from": "-"}, "no path is given to check"),
        ({"files_from": "-", "stdin": b"docs/z.md\n"}, "`docs/z.md` is not there"),
        ({"files_from": "-", "stdin": b"docs/a.md\0docs/b.md\0"}, "give -0 for a list"),
        ({"files_from": "-", "stdin": b'"docs/\\303\\244.md"\n'}, "give git -z, and -0 here"),
        ({"files_from": "-", "stdin": b"-\n"}, "write `./-`"),
        (
            {"files_from": "-", "stdin": b"seed-validator.toml\n"},
            "no file matched in `seed-validator.toml`: there",
        ),
        (
            {"files_from": "-", "stdin": b"seed-validator.toml\n" * 7},
            "`seed-validator.toml`, `seed-validator.toml` and 2 more: there are no files",
        ),
        ({"nul": True}, "-0 is about the list of --files-from"),
    ],
)
def test_what_cannot_be_is_told(options: dict[str, object], said: str) -> None:
    os.mkfifo("pipe")
    with pytest.raises(UsageError) as caught:
        run_cli(**options)
    assert said in str(caught.value)


def test_standard_input_is_read_once() -> None:
    with pytest.raises(UsageError, match="is one document, and stands alone"):
        run_cli("-", files_from="-")


def test_a_list_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("validator.cli.file_list.LONGEST", 10)
    Path("list").write_bytes(b"docs/a.md\n" * 2)
    for source in ("-", "list"):
        with pytest.raises(UsageError, match="has more than 10 bytes"):
            run_cli(files_from=source, stdin=b"docs/a.md\n" * 2)


@pytest.mark.parametrize("stdin", [b"", b"image.png\n", b"seed-validator.toml\n"])
def test_nothing_to_check_may_be_right(stdin: bytes) -> None:
    Path("image.png").write_bytes(b"\x89PNG")
    with pytest.raises(UsageError, match=r"no file matched|no path is given"):
        run_cli(files_from="-", stdin=stdin)
    code, out, _ = run_cli(files_from="-", stdin=stdin, may_be_empty=True, output=["sarif:a.sarif"])
    assert code == 0
    assert out.startswith("There was nothing to check: 0 files")
    assert json.loads(Path("a.sarif").read_bytes())["runs"][0]["results"] == []


def test_a_path_that_is_not_there_stays_an_error() -> None:
    with pytest.raises(UsageError, match="is not there"):
        run_cli("gone.md", may_be_empty=True)


def test_the_command_line_knows_them() -> None:
    call = CliRunner().invoke
    listed = call(cli, ["check", "--files-from", "-", "-0"], input=b"docs/a.md\0")
    assert listed.exit_code == 1
    assert "docs/a.md:1:6" in listed.output
    assert call(cli, ["check", "--files-from", "-"], input=b"").exit_code == 2
    none = call(cli, ["check", "--files-from", "-", "--no-error-on-unmatched"], input=b"")
    assert none.exit_code == 0


def test_what_git_lists_is_taken() -> None:
    name = "docs/ä b.md"
    Path(name).write_bytes(b"Title \n")
    git = ["git", "-c", "init.defaultBranch=main"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    staged = subprocess.run(
        [*git, "diff", "--cached", "--name-only", "--diff-filter=d", "-z"],
        check=True,
        capture_output=True,
    ).stdout
    assert places(files_from="-", nul=True, stdin=staged) == ["docs/a.md", "docs/b.md", name]
