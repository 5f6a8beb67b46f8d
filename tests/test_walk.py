"""What is walked, what is passed by, and the files that no checkout can hold."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import UsageError
from validator.file.name_fields import name_reader, names_reader
from validator.file.passed_by import PassedBy
from validator.file.portable import all_folded, folded
from validator.file.reading import Unreadable
from validator.file.walk import Walk, roots_of
from validator.settings.options import Settings

from .support import run_cli, write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files or rights")


def paths(*roots: str) -> tuple[list[str], PassedBy]:
    """The paths of a walk, and what it passed by."""
    skipped = PassedBy()
    found = [
        os.fsdecode(listing.path + name)
        for listing in Walk(roots_of(roots), skipped)
        for name in listing.names
    ]
    return found, skipped


def test_whole_paths_are_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["a.txt", "a/b.txt", "a/c/d.txt", "a-b.txt", "a0.txt", "b/x.txt", "z.txt"]
    write(tmp_path, dict.fromkeys(names, b"x"))
    found, skipped = paths(".")
    assert found == sorted(names)
    assert not skipped


def test_nothing_is_walked_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, dict.fromkeys(["a/b/c.txt", "a/d.txt", "ab/e.txt"], b"x"))
    assert paths("a", "a/b", "./a/d.txt", "ab", "a")[0] == ["a/b/c.txt", "a/d.txt", "ab/e.txt"]


def test_hidden_files_and_our_own_are_passed_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [".hidden", ".git/config", "seed-validator.toml", ".seed-validator.toml", "a.txt"]
    write(tmp_path, dict.fromkeys(names, b""))
    found, skipped = paths(".")
    assert found == ["a.txt"]
    assert skipped == {"hidden": 2}


def test_what_git_ignores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(
        tmp_path,
        {
            ".git/HEAD": b"",
            ".gitignore": b"*.log\nbuild/\n/top.txt\n",
            "top.txt": b"x",
            "sub/top.txt": b"x",
            "a.log": b"x",
            "build/b.txt": b"x",
            "sub/.gitignore": b"!keep.log\n",
            "sub/keep.log": b"x",
            "sub/other.log": b"x",
        },
    )
    found, skipped = paths(".")
    assert found == ["sub/keep.log", "sub/top.txt"]
    assert skipped["ignored by git"] == 4
    assert paths("sub")[0] == ["sub/keep.log", "sub/top.txt"]
    assert paths("a.log")[0] == ["a.log"]  # named, so checked


@POSIX
def test_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(
        tmp_path,
        {
            "outside.txt": b"Title\nText.\n",
            "corpus/a.txt": b"Title\nText.\n",
            "corpus/inside.txt": b"-> a.txt",
            "corpus/broken.txt": b"-> gone.txt",
            "corpus/outside.txt": b"-> ../outside.txt",
            "corpus/loop": b"-> .",
        },
    )
    monkeypatch.chdir(tmp_path)
    code, out, _ = run_cli(
        "corpus", profile="seed", ignore=["FIL101", "COR"], output_format="concise"
    )
    assert code == 1
    assert out.splitlines()[:2] == [
        "corpus/broken.txt:1:1: FIL002 the symbolic link points to `gone.txt`, which is not there",
        (
            "corpus/outside.txt:1:1: FIL003 the symbolic link leads out of `corpus`, to "
            "`../outside.txt`; it was not followed"
        ),
    ]
    assert "Skipped: 1 linked directory." in out
    assert "Not checked to the end: 2 files." in out


@POSIX
def test_pipes_and_sockets_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket")
    server.close()
    for words in (".",), ("pipe", "socket"):
        out = run_cli(*words, profile="seed", ignore=["FIL101"], output_format="concise")[1]
        assert "pipe:1:1: FIL004 this is a named pipe, not a regular file" in out
        assert "socket:1:1: FIL004 this is a socket, not a regular file" in out


@POSIX
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"a.txt": b"Title\nText.\n", "b.txt": b"Title\nText.\n"})
    Path("a.txt").chmod(0)
    out = run_cli(".", profile="seed", ignore=["FIL101"], output_format="concise")[1]
    assert "a.txt:1:1: FIL001 the file cannot be read: Permission denied" in out


def test_a_file_that_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": b"Title\nText.\n", "b.txt": b"Title\nMore.\n"})
    from validator.file import reading

    def gone(path: bytes, flags: int, *, dir_fd: int | None = None) -> int:
        if path.endswith(b"a.txt"):
            raise FileNotFoundError(2, "No such file or directory")
        return os.open(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(reading, "_open", gone)
    out = run_cli(str(tmp_path), profile="seed", ignore=["FIL101", "COR"], output_format="concise")[
        1
    ]
    assert "a.txt:1:1: FIL001 the file cannot be read: No such file or directory" in out
    assert "2 files, 2 documents (1 valid, 1 rejected)" in out


@pytest.mark.parametrize("looks_up", [True, False], ids=["by names", "by paths"])
def test_files_are_read_by_names_in_a_directory_or_by_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks_up: bool
) -> None:
    from validator.file import reading

    if looks_up and not reading._LOOKS_UP_NAMES:
        pytest.skip("this system opens files by paths alone")
    write(tmp_path, {"a.txt": b"Title\nText.\n", "d/b.txt": b"Title\nMore.\xff\n"})
    monkeypatch.setattr(reading, "_LOOKS_UP_NAMES", looks_up)
    monkeypatch.chdir(tmp_path)
    for root, below in ((".", ""), (str(tmp_path), f"{tmp_path}/"), ("d/..", "d/../")):
        out = run_cli(root, profile="text", output_format="concise")[1]
        assert f"{below}d/b.txt:2:6: ENC" in out
        assert "2 files, 2 documents (1 valid, 1 rejected)" in out


@POSIX
@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"what?.txt", "Windows does not allow `?`"),
        (b"con.txt", "Windows keeps it for a device"),
        (b"dot.", "Windows drops the blank or the dot at its end"),
        (b"caf\xe9.txt", "it is not UTF-8"),
        ("cafe\u0301.txt".encode(), "it is not NFC"),
        (b"bell\x07.txt", "Windows does not allow `\u2407`"),
    ],
)
def test_names_that_do_not_travel(
    name: bytes, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(os.fsdecode(name)).write_bytes(b"Title\nText.\n")
    Path("console.txt").write_bytes(b"Title\nMore.\n")
    config = tmp_path / "seed-validator.toml"
    config.write_text("[profiles.plain]\n")
    code, out, _ = run_cli(".", output_format="concise")
    assert code == 0
    assert why in out
    assert out.count("FIL104 (warning)") == 1


NAMES = st.lists(st.sampled_from([b"a.md", b"b.md", b"A.md", b"\xff.md", b"a\nb.md", b"", b".md"]))


@given(st.sampled_from([r"[a-z]+\.md", r"[^x]*", r"a|b\.md", r"(?s:.+)", "a$", r"\C+"]), NAMES)
def test_names_that_all_fit_are_found_so_at_once(written: str, names: list[bytes]) -> None:
    settings = Settings({"file.name": written})
    fit, all_fit = name_reader(settings), names_reader(settings)
    assert fit is not None
    assert all_fit is not None
    if all_fit(names):
        assert None not in map(fit, names)


def test_clean_names_are_not_asked_one_by_one() -> None:
    all_fit = names_reader(Settings({"file.name": r"[a-z]+\.md"}))
    assert all_fit is not None
    assert all_fit([b"a.md", b"bc.md"])
    assert not all_fit([b"a.md", b"B.md"])


@POSIX
def test_however_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python calls nothing in itself more than a thousand times."""
    monkeypatch.chdir(tmp_path)
    depth = 1500
    for _ in range(depth):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_bytes(b"Text. \n")
    os.chdir(tmp_path)
    Path("z.txt").write_bytes(b"Text.\n")
    try:
        keys = "[profiles.a]\ntext.trailing-blanks = 'forbid'\n"
        Path("seed-validator.toml").write_text(keys)
        code, out, _ = run_cli(".", output_format="concise", ignore=("FIL113",), quiet=True)
        assert (code, out) == (
            1,
            f"{'d/' * depth}a.txt:1:6: TXT101 a blank at the end of the line\n",
        )
    finally:
        for _ in range(depth):
            os.chdir("d")
        os.unlink("a.txt")
        for _ in range(depth):
            os.chdir("..")
            os.rmdir("d")


@POSIX
def test_a_path_that_is_too_long_for_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "d" * 200
    for _ in range(25):
        os.mkdir(name)
        os.chdir(name)
    os.chdir(tmp_path)
    try:
        code, out, _ = run_cli(".", isolated=True, profile="text", output_format="concise")
        assert code == 1
        assert "FIL001 the file cannot be read: File name too long" in out
    finally:
        for _ in range(25):
            os.chdir(name)
        for _ in range(25):
            os.chdir("..")
            os.rmdir(name)


def test_what_may_not_be_looked_at_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is where a directory may not be entered, by all but root."""

    def refused(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("validator.file.walk.os.stat", refused)
    (root,) = roots_of([str(tmp_path / "closed" / "a.txt")])
    monkeypatch.undo()
    flaw = root.flaw()
    assert isinstance(flaw, Unreadable)
    assert flaw.reason == "Permission denied"


@POSIX
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may enter all")
def test_a_file_in_a_directory_that_may_not_be_entered(tmp_path: Path) -> None:
    write(tmp_path, {"closed/a.txt": b"Text.\n"})
    (tmp_path / "closed").chmod(0)
    try:
        _, out, _ = run_cli(str(tmp_path / "closed/a.txt"), isolated=True, profile="text")
        assert "the file cannot be read: Permission denied" in out
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_path_that_is_none() -> None:
    with pytest.raises(UsageError, match="is no path"):
        roots_of(["a\0b"])


def found_in(
    folder: Path, files: Mapping[str, bytes], *chosen: str, profile: str | None = None
) -> list[str]:
    """What is said of the paths of files, in a directory or of those that are named."""
    write(folder, files)
    _, out, _ = run_cli(
        *(chosen or (".",)),
        isolated=True,
        profile=profile,
        output_format="concise",
        select=("FIL104", "FIL112", "FIL113"),
        quiet=True,
    )
    return out.splitlines()


@POSIX
@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("aux", "Windows keeps it for a device"),
        ("com1.d", "Windows keeps it for a device"),
        ("a:b", "Windows does not allow `:`"),
        ("end.", "Windows drops the blank or the dot"),
        ("end ", "Windows drops the blank or the dot"),
        ("a\u200bb", "U+200B ZERO WIDTH SPACE, which nobody sees"),
        ("e\u0301", "not NFC"),
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
    ],
)
def test_every_part_of_a_path_is_judged_once(
    folder: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = [f"x/{folder}/{name}" for name in ("a.txt", "b.txt", "c/d.txt", "c/e/f.txt")]
    lines = found_in(tmp_path, dict.fromkeys([*names, "x/y.txt"], b"Text.\n"))
    assert len(lines) == 1
    assert "FIL104 (warning) the directory name" in lines[0]
    assert why in lines[0]
    assert "/a.txt:1:1" in lines[0]
    named = found_in(tmp_path, {}, names[1], names[3])
    assert [line.count("FIL104") for line in named] == [1]


@POSIX
def test_the_directory_that_is_checked_has_the_name_that_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert found_in(tmp_path, {"aux/b:c/a.txt": b"Text.\n"}, "aux/b:c") == []


@POSIX
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A/Readme.txt", "A/readme.txt"),
        ("Stra\u00dfe.txt", "strasse.txt"),
        ("caf\u00e9.txt", "cafe\u0301.txt"),
        ("A/x.txt", "a/x.txt"),
        ("A/b/x.txt", "a/c/x.txt"),
        ("a.txt", "a.txt."),
        ("x/A/1.txt", "x/a/2.txt"),
        ("b.txt", "b.txt./x.txt"),
    ],
)
def test_names_that_are_one_elsewhere(
    first: str, second: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = dict.fromkeys([first, second, "other.txt", "A.md/a"], b"Text.\n")
    lines = found_in(tmp_path, files, profile="text")
    clashes = [line for line in lines if "FIL112" in line]
    assert len(clashes) == 1
    assert "only one of them is there" in clashes[0]


@POSIX
def test_names_in_two_directories_do_not_clash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ["a/Readme.txt", "b/readme.txt", "b/a/A.txt", "b/c/a.txt", "c.txt", "a/c.txt"]
    assert found_in(tmp_path, dict.fromkeys(files, b"Text.\n")) == []


@POSIX
def test_a_clash_of_directories_is_told_where_files_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    files = ["A/x.png", "B/a.txt", "a/x.png", "b/x.png", "b/y/a.txt"]
    (line,) = found_in(tmp_path, dict.fromkeys(files, b"Text.\n"))
    assert line.startswith("b/y/a.txt:1:1: FIL112 `b/` and `B/` are one directory")


def test_folded_names_agree_one_by_one_and_together() -> None:
    names = [b"A.md", b"b. ", b"\xff", "É".encode(), "e\u0301".encode(), b"x"]
    for some in (names, names[:1], names[5:], [b"A", b"B."]):
        assert all_folded(some) == [*map(folded, some)]
