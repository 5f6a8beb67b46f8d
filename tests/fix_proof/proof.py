"""The runs of the proof, and what must be true after each."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from .corpus import CONFIG, Made, files

_CHECK: Final = ("-m", "validator", "check", "--fix-only", "--jobs", "2", "--no-progress", ".")
_PATIENCE: Final = 600


class Proof:
    """A corpus in a directory that is fixed, killed and fixed again."""

    def __init__(self, folder: Path, seed: int, documents: int) -> None:
        self._folder = folder
        (folder / "seed-validator.toml").write_text(CONFIG, "utf-8")
        self.files: dict[str, Made] = {}
        for made in files(seed, documents):
            path = folder / made.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(made.dirty)
            self.files[made.path] = made
        self._inodes = {path: self._inode(path) for path in self.files}

    @property
    def count(self) -> int:
        """How many documents there are."""
        return sum(made.documents for made in self.files.values())

    @property
    def dirty(self) -> int:
        """How many files hold something to fix."""
        return sum(map(_is_dirty, self.files.values()))

    def kill_halfway(self) -> int:
        """Kill a run when a part of it is done; how many files were fixed by then.

        Raises AssertionError where a file is neither what it was nor what it must be.
        """
        dirty = [made for made in self.files.values() if _is_dirty(made)]
        waited = sorted(made.path for made in dirty)[len(dirty) // 2]
        run = subprocess.Popen(
            [sys.executable, *_CHECK],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        until = time.monotonic() + _PATIENCE
        while self._inode(waited) == self._inodes[waited] and run.poll() is None:
            assert time.monotonic() < until, "nothing was fixed"
            time.sleep(0.005)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        time.sleep(0.5)  # a worker of another session ends by itself
        done = 0
        for made in self.files.values():
            held = self._held(made)
            assert held in (made.dirty, made.clean), f"{made.path} is a mixture"
            done += _is_dirty(made) and held == made.clean
        return done

    def finish(self) -> str:
        """Run again, and once more; what the run said of itself.

        Raises AssertionError where a byte is not as it must be.
        """
        said = self._run()
        for made in self.files.values():
            assert self._held(made) == made.clean, f"{made.path} is not as it must be"
            if not _is_dirty(made):
                same = self._inode(made.path) == self._inodes[made.path]
                assert same, f"{made.path} was written without a reason"
        found = {path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*.*")}
        left = {path for path in found if (self._folder / path).is_file()}
        assert left == {*self.files, "seed-validator.toml"}, "something was left over"
        again = self._run()
        assert again.startswith("No fixes were made."), again
        return said

    def _run(self) -> str:
        done = subprocess.run(
            [sys.executable, *_CHECK],
            cwd=self._folder,
            capture_output=True,
            check=False,
            text=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stderr.strip()

    def _held(self, made: Made) -> bytes:
        """What a file holds now; of a compressed one that was written anew, what is inside."""
        data = (self._folder / made.path).read_bytes()
        return data if data == made.dirty and _is_dirty(made) else _inside(made.path, data)

    def _inode(self, path: str) -> int:
        return (self._folder / path).stat().st_ino


def _inside(path: str, data: bytes) -> bytes:
    return gzip.decompress(data) if path.endswith(".gz") else data


def _is_dirty(made: Made) -> bool:
    """Whether a file holds something to fix."""
    return made.clean != _inside(made.path, made.dirty)
