"""What a configuration says to no effect: when it is told, and when nobody can be sure.

The lines themselves are in `wrong_configurations.txt`.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from validator.errors import UsageError
from validator.run import unused

from .support import run_cli, write

DEAD = b"[profiles.pages]\nfiles = ['*.md']\n[profiles.dead]\nfiles = ['*.xyz']\n"
HEADING = b"[profiles.p]\nfiles = ['*.md*']\nbody.lines.classes.heading = '# .*'\n"


def warned(*paths: str, **options: object) -> list[str]:
    """The warnings of a run, without what they all begin with."""
    lines = run_cli(*paths, **options)[2].splitlines()
    return [line.removeprefix("seed-validator: warning: ") for line in lines]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_run_over_a_part_tells_nothing_of_profiles(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": DEAD, "a.md": b"A\n", "sub/b.md": b"B\n"})
    told = ["seed-validator.toml:3:11: the profile `dead` gets no file: none matches its `files`"]
    assert warned(".") == told
    assert warned(str(tmp_path)) == told
    for paths in (["a.md"], ["sub"], ["a.md", "sub"]):
        assert warned(*paths) == []
    assert warned(".", profile="pages") == []


def test_they_stand_beside_the_findings_and_do_not_count(tmp_path: Path) -> None:
    write(tmp_path, {"seed-validator.toml": DEAD, "a.md": b"A\n"})
    code, out, err = run_cli(".", output_format="json", fail_on="info")
    assert code == 0
    assert json.loads(out)["summary"]["files"]["checked"] == 1
    assert err.count("\n") == 1
    for option in ("quiet", "silent"):
        assert run_cli(".", **{option: True})[2] == ""


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("doc/*.md", "; there is no directory `doc`"),
        ("./a.md", "; they count from the directory of this file: write `a.md`"),
        ("HERE/a.md", "; they count from the directory of this file: write `a.md`"),
        ("../x/a.md", "; they reach nothing above the directory of this file"),
        (r"in\a.md", "; write `in/a.md`: a backslash parts nothing"),
        ("b.md", ""),
    ],
)
def test_a_run_in_which_no_profile_gets_a_file_says_which_and_why(
    tmp_path: Path, pattern: str, words: str
) -> None:
    here = tmp_path.resolve().as_posix()
    line = f"files = ['{pattern.replace('HERE', here)}']"
    write(tmp_path, {"seed-validator.toml": f"[profiles.p]\n{line}\n".encode(), "a.md": b"A\n"})
    place = "seed-validator.toml:1:11: the profile `p` gets no file: none matches its `files`"
    with pytest.raises(UsageError) as caught:
        run_cli(".")
    why = "no file matched in `.` (1 without a profile: 1 .md)"
    assert str(caught.value) == f"{why}; {place}{words}"


def test_a_profile_for_files_of_several_formats_is_doubted(tmp_path: Path) -> None:
    write(tmp_path, {"a.conllu": b"", "b.CONLLU.gz": b"", "README.md": b"A\n", "x.xml": b"<x/>\n"})
    told = (
        "the profile `conllu-ud` was asked for all files, and by their names 2 `conllu` and 1 "
        "`markdown` are among them: name the files, or give the profile `files` in a configuration"
    )
    assert warned(".", profile="conllu-ud") == [told]
    assert warned("a.conllu", "README.md", profile="conllu-ud") == []
    Path("README.md").unlink()
    assert warned(".", profile="conllu-ud") == []


def test_a_profile_to_be_extended_needs_no_files(tmp_path: Path) -> None:
    text = b"[profiles.md]\nextends = 'base'\nfiles = ['*.md']\n[profiles.base]\nfiles = ['*.x']\n"
    write(tmp_path, {"seed-validator.toml": text, "a.md": b"A\n"})
    assert warned(".") == []


def test_a_profile_is_used_where_any_directory_uses_it(tmp_path: Path) -> None:
    outer = b"[profiles.a]\nfiles = ['*.md']\n[profiles.b]\nfiles = ['*.txt']\n"
    inner = b"extends = '../seed-validator.toml'\n"
    files = {"seed-validator.toml": outer, "in/seed-validator.toml": inner, "in/b.txt": b"B\n"}
    write(tmp_path, {**files, "a.md": b"A\n"})
    assert warned(".") == []


def test_a_class_is_sought_in_lines_of_any_end(tmp_path: Path) -> None:
    for end in (b"\n", b"\r\n"):
        write(tmp_path, {"seed-validator.toml": HEADING, "a.md": b"Text." + end + b"# A" + end})
        assert warned(".") == []
    write(tmp_path, {"a.md": b"Text # A\n"})
    told = "lines of the class `heading` are in no file of the profile `p`"
    assert told in "".join(warned("."))


@pytest.mark.parametrize("more", ["compressed", "many", "large"])
def test_what_is_not_sure_is_not_said(
    tmp_path: Path, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"seed-validator.toml": HEADING, "a.md": b"Text.\n", "b.md": b"Text.\n"})
    assert warned(".") != []
    if more == "compressed":
        write(tmp_path, {"c.md.gz": gzip.compress(b"# A\n")})
    else:
        monkeypatch.setattr(unused, "MOST" if more == "many" else "LARGEST", 1)
    assert warned(".") == []


def test_rules_of_the_invocation(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": b"Text. \n", "b.jsonl": b'{"a": 1}\n'})
    said = (
        "--select: `trailing-blanks` can find nothing under `text`: add `--set "
        "text.trailing-blanks=forbid`"
    )
    assert warned("a.txt", isolated=True, select=["trailing-blanks"]) == [said]
    options = ["text.trailing-blanks=forbid"]
    assert warned("a.txt", isolated=True, select=["trailing-blanks"], set=options) == []
    # under one of the profiles it can
    assert warned(".", isolated=True, select=["mixed-field-types"]) == []
    for words in (["TXT"], ["ALL"], ["invalid-utf8"], ["unportable-name"]):
        assert warned("a.txt", isolated=True, select=words) == []
    said = "--select: `COR` can find nothing under `text`: no option asks for it"
    assert warned("a.txt", isolated=True, extend_select=["COR"]) == [said]


def test_of_many_profiles_without_files_few_are_told_one_by_one(tmp_path: Path) -> None:
    many = b"".join(b"[profiles.p%d]\nfiles = ['x%d*']\n" % (at, at) for at in range(30))
    write(tmp_path, {"seed-validator.toml": many + b"[profiles.all]\n", "a.md": b"A\n"})
    told = warned(".")
    assert len(told) == 11
    assert told[0].startswith("seed-validator.toml:1:11: the profile `p0` gets no file")
    assert told[-1].endswith("seed-validator.toml: 20 more profiles get no file")
