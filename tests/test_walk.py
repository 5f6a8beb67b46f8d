"""What is walked, what is passed by, and the files that no checkout can hold."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validator.errors import UsageError
from validator.file.name_fields import name_reader, names_reader
from validator.file.passed_by import PassedBy
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
    assert "Passed by: 1 linked directory." in out
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

    real = reading.read_head

    def gone(path: bytes) -> bytes:
        if path.endswith(b"a.txt"):
            raise FileNotFoundError(2, "No such file or directory")
        return real(path)

    monkeypatch.setattr(reading, "read_head", gone)
    out = run_cli(str(tmp_path), profile="seed", ignore=["FIL101", "COR"], output_format="concise")[
        1
    ]
    assert "a.txt:1:1: FIL001 the file cannot be read: No such file or directory" in out
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
        code, out, _ = run_cli(".", output_format="concise", quiet=True)
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
