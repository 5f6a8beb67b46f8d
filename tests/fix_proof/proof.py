"""The runs of the proof, and what must be true after each."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import zstandard

from .corpus import CONFIG, files
from .kinds import Made

_CHECK: Final = ("check", "--fix-only", "--jobs", "2", "--no-progress", ".")
_PATIENCE: Final = 600

_UNPACK: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": lambda data: zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data)).read(),
}


class Proof:
    """A corpus in a directory that is fixed, killed and fixed again.

    It is made of the files from the number `first` on that have so many documents.
    """

    def __init__(self, folder: Path, seed: int, first: int, documents: int) -> None:
        self._folder, self._kept = folder / "corpus", folder / "kept"
        self._folder.mkdir()
        (self._folder / "seed-validator.toml").write_text(CONFIG, "utf-8")
        self.files: dict[str, Made] = {}
        for made in files(seed, first, documents):
            path = self._folder / made.path
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

    def kill(self, share: float) -> int:
        """Kill a run when this share of what is left is done; how many files were fixed by then.

        Raises AssertionError where a file is neither what it was nor what it must be.
        """
        left = sorted(
            path
            for path, made in self.files.items()
            if _is_dirty(made) and self._inode(path) == self._inodes[path]
        )
        waited = left[int(len(left) * share)]
        run = subprocess.Popen(
            self._command(*_CHECK),
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=self._environ(),
        )
        until = time.monotonic() + _PATIENCE
        while self._inode(waited) == self._inodes[waited] and run.poll() is None:
            assert time.monotonic() < until, "nothing was fixed"
            time.sleep(0.002)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        time.sleep(0.5)  # a worker of another session ends by itself
        return sum(map(self._is_fixed, self.files.values()))

    def _is_fixed(self, made: Made) -> bool:
        held = self._held(made)
        assert held in (made.dirty, made.clean), f"{made.path} is a mixture"
        return _is_dirty(made) and held == made.clean

    def finish(self) -> str:
        """Run again, and once more; take that back, and run; what the first run said of itself.

        Raises AssertionError where a byte is not as it must be.
        """
        before = self._bytes()
        said = self._run(*_CHECK, "--backup", str(self._kept))
        self._hold_against_what_must_be()
        for made in self.files.values():
            if not _is_dirty(made):
                same = self._inode(made.path) == self._inodes[made.path]
                assert same, f"{made.path} was written without a reason"
        fixed = self._bytes()
        again = self._run(*_CHECK)
        assert again.startswith("No fixes were made."), again
        assert self._bytes() == fixed, "a second run changed something"
        self._run("undo", str(self._kept))
        assert self._bytes() == before, "`undo` did not put back every byte"
        self._run(*_CHECK)
        self._hold_against_what_must_be()
        return said

    def _hold_against_what_must_be(self) -> None:
        for made in self.files.values():
            assert self._held(made) == made.clean, f"{made.path} is not as it must be"
        found = {path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*")}
        left = {path for path in found if (self._folder / path).is_file()}
        assert left == {*self.files, "seed-validator.toml"}, "something was left over"

    def _bytes(self) -> dict[str, bytes]:
        return {path: (self._folder / path).read_bytes() for path in self.files}

    def _command(self, *words: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "validator", *words)

    def _environ(self) -> Mapping[str, str]:
        return {**os.environ, "PYTHONPATH": os.getcwd()}

    def _run(self, *words: str) -> str:
        """What a run says on standard error."""
        done = subprocess.run(
            self._command(*words),
            cwd=self._folder,
            capture_output=True,
            check=False,
            text=True,
            env=self._environ(),
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
    unpack = _UNPACK.get(Path(path).suffix)
    return unpack(data) if unpack else data


def _is_dirty(made: Made) -> bool:
    """Whether a file holds something to fix."""
    return made.clean != _inside(made.path, made.dirty)
