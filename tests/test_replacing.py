"""A file is written anew as a whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from validator.file.originals import Original, RefusedError, original, plain_original
from validator.file.replacing import (
    PREFIX,
    Replacement,
    finish_all,
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
from validator.file.originals import original
from validator.file.replacing import replace_file
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


def begun(folder: Path, count: int) -> list[Replacement]:
    """Replacements of so many files, filled and not finished."""
    paths = [folder / f"{number}.txt" for number in range(count)]
    for path in paths:
        path.write_bytes(b"old")
    return [replacement(original(os.fsencode(path), MOST), [b"new"]) for path in paths]


def test_many_are_finished_side_by_side_each_by_itself(tmp_path: Path) -> None:
    new, before = begun(tmp_path, 40), threading.active_count()
    (tmp_path / "21.txt").write_bytes(b"ours")
    whys = finish_all(new)
    assert [at for at, why in enumerate(whys) if why] == [21]
    assert whys[21] == "it has changed since it was read"
    assert [(tmp_path / f"{at}.txt").read_bytes() for at in (0, 21, 39)] == [
        b"new",
        b"ours",
        b"new",
    ]
    assert not litter(tmp_path)
    assert threading.active_count() == before  # with more, no worker could be forked
    assert finish_all([]) == []


def test_what_breaks_one_off_is_raised_and_no_more_are_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether that happens in a thread or not."""
    new, before = begun(tmp_path, 100), threading.active_count()
    finish = Replacement.finish

    def broken(self: Replacement) -> None:
        if self.old.path.endswith((b"/3.txt", b"/4.txt")):
            raise ZeroDivisionError
        time.sleep(0.01)
        finish(self)

    monkeypatch.setattr(Replacement, "finish", broken)
    with pytest.raises(ZeroDivisionError):
        finish_all(new)
    assert threading.active_count() == before
    for one in new:
        one.drop()
    held = [(tmp_path / f"{at}.txt").read_bytes() for at in range(100)]
    assert held.count(b"old") > 50
    assert not litter(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there every file is read again")
def test_a_plain_file_needs_not_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    assert plain_original(os.fsencode(path), b"old") == original(os.fsencode(path), MOST)


def test_a_file_that_is_not_plain_is_read_again(tmp_path: Path) -> None:
    path, link, other = tmp_path / "a.txt", tmp_path / "link.txt", tmp_path / "other.txt"
    path.write_bytes(b"old")

    def plain(path: Path, data: bytes = b"old") -> Original | None:
        return plain_original(os.fsencode(path), data)

    assert plain(path, b"older") is None
    assert plain(tmp_path) is None
    assert plain(tmp_path / "gone.txt") is None
    link.symlink_to("a.txt")
    assert plain(link, b"a.txt") is None
    os.link(path, other)
    assert plain(path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there every file is read again")
def test_a_file_that_changed_before_its_stamp_was_taken_is_left(tmp_path: Path) -> None:
    """Its stamp is that of the change; its bytes are not those that were read."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"our")
    old = plain_original(os.fsencode(path), b"old")
    assert old is not None
    with pytest.raises(RefusedError, match="it has changed since it was read"):
        replace_file(old, [b"new"])
    assert path.read_bytes() == b"our"
    assert not litter(tmp_path)
