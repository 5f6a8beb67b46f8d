"""A file is written anew as a whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from validator.file.replacing import (
    PREFIX,
    RefusedError,
    original,
    replace_file,
    replacement,
    sweep_folder,
)

MOST = 1 << 30


def litter(folder: Path) -> list[str]:
    """Files that are not yet what they should be."""
    return [name for name in os.listdir(folder) if name.startswith(os.fsdecode(PREFIX))]


def test_mode_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    replace_file(original(os.fsencode(path), MOST), [b"ne", b"w"])
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
    assert not litter(tmp_path)


def test_times_are_kept_where_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for keep_times in (True, False):
        path.write_bytes(b"old")
        os.utime(path, ns=(10**18, 10**18))
        replacement(original(os.fsencode(path), MOST), [b"new"], keep_times=keep_times).finish()
        assert (path.stat().st_mtime_ns == 10**18) is keep_times


def test_a_link_stays_one(tmp_path: Path) -> None:
    target = tmp_path / "inner" / "a.txt"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to("inner/a.txt")
    replace_file(original(os.fsencode(link), MOST), [b"new"])
    assert link.is_symlink()
    assert os.readlink(link) == "inner/a.txt"
    assert target.read_bytes() == b"new"


def test_attributes_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    try:
        os.setxattr(path, b"user.origin", b"scan 7")
    except OSError:
        pytest.skip("the file system keeps no attributes")
    replace_file(original(os.fsencode(path), MOST), [b"new"])
    assert os.getxattr(path, b"user.origin") == b"scan 7"


@pytest.mark.parametrize("new", [b"longer than before", b"abc"])
def test_what_has_changed_meanwhile_is_not_overwritten(tmp_path: Path, new: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    old = original(os.fsencode(path), MOST)
    path.write_bytes(new)
    os.utime(path, ns=(old.stamp.modified, old.stamp.modified))
    with pytest.raises(RefusedError, match="it has changed since it was read"):
        replace_file(old, [b"new"])
    assert path.read_bytes() == new
    assert not litter(tmp_path)


def test_what_is_gone_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    old = original(os.fsencode(path), MOST)
    path.unlink()
    with pytest.raises(RefusedError):
        replace_file(old, [b"new"])
    assert not path.exists()
    assert not litter(tmp_path)


def test_a_directory_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    path = folder / "a.txt"
    path.write_bytes(b"old")
    old = original(os.fsencode(path), MOST)
    path.unlink()
    folder.rmdir()
    with pytest.raises(RefusedError):
        replace_file(old, [b"new"])


def test_read_only_files_are_left(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(RefusedError, match="it is read-only"):
        replace_file(original(os.fsencode(path), MOST), [b"new"])
    assert path.read_bytes() == b"old"


def test_where_there_is_no_room(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old" * 1000)
    old = original(os.fsencode(path), MOST)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(RefusedError, match="it cannot be written: File too large"):
            replace_file(old, [b"new" * 1000])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert path.read_bytes() == b"old" * 1000
    assert not litter(tmp_path)


WRITER = """
import os, sys
from validator.file.replacing import original, replace_file
path = os.fsencode(sys.argv[1])
print("begun", flush=True)
letters = [b"a" * 300_000, b"b" * 300_000]
while True:
    old = original(path, 1 << 30)
    assert old.data in letters
    replace_file(old, [letters[old.data == letters[0]]])
"""


def test_a_process_that_is_killed_leaves_one_or_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 300_000)
    for wait in (0.0, 0.003, 0.011, 0.02):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            time.sleep(wait)
            writer.kill()
        assert path.read_bytes() in (b"a" * 300_000, b"b" * 300_000)
        sweep_folder(os.fsencode(tmp_path))
        assert os.listdir(tmp_path) == ["a.txt"]


def test_what_is_being_written_is_not_swept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def blocks() -> object:
        yield b"ne"
        sweep_folder(os.fsencode(tmp_path))
        assert len(litter(tmp_path)) == 1
        yield b"w"

    replace_file(original(os.fsencode(path), MOST), blocks())  # type: ignore[arg-type]
    assert path.read_bytes() == b"new"


def test_what_only_looks_like_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    link = tmp_path / f"{os.fsdecode(PREFIX)}link"
    link.symlink_to("a")
    sweep_folder(os.fsencode(tmp_path))
    assert link.is_symlink()
    assert (tmp_path / "a").read_bytes() == b"text"
