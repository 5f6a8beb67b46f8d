"""One mutant at a time, in a copy of the tree, against the tests that may see it."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final

from msgspec import Struct

from .mapping import ROOT, Measured
from .mutants import Mutant

FIRST: Final = 25
"""Tests that are tried before the others: pytest collects a few modules only."""

KILLED, SURVIVED, TIMED_OUT = "killed", "survived", "timed out"


class Verdict(Struct, frozen=True):
    """What became of a mutant: by which test it was killed, or how many have passed."""

    mutant: Mutant
    end: str
    test: str = ""
    passed: int = 0


class Bench:
    """A copy of the tree in `folder`, with one mutant or none in it."""

    def __init__(self, folder: Path, limit: int, most: int) -> None:
        """A mutant may take `limit` seconds of the processor twice, and `most` tests at most."""
        self._tree, self._limit, self._most = folder / "tree", limit, most
        self._list = folder / "tests.json"
        apart = shutil.ignore_patterns(".git", ".venv", ".mutation", ".*_cache", "__pycache__")
        shutil.copytree(ROOT, self._tree, ignore=apart)
        kept = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--collect-only",
        ]  # what pytest makes of tests
        subprocess.run(kept, cwd=self._tree, stdout=subprocess.DEVNULL, check=True)
        # by content: two mutants may have one size, and be written in one second
        compileall.compile_dir(
            self._tree / "validator",
            quiet=1,
            force=True,
            invalidation_mode=PycInvalidationMode.CHECKED_HASH,
        )

    def verdict(self, mutant: Mutant, tests: Sequence[Measured]) -> Verdict:
        """What becomes of a mutant."""
        module = self._tree / mutant.path
        source = module.read_bytes()
        module.write_bytes(mutant.applied(source))
        try:
            return self._verdict(mutant, tests[: self._most])
        finally:
            module.write_bytes(source)

    def _verdict(self, mutant: Mutant, tests: Sequence[Measured]) -> Verdict:
        passed = 0
        for some in (tests[:FIRST], tests[FIRST:]):
            if not some:
                continue
            said = self._list.with_suffix(".said")
            said.unlink(missing_ok=True)
            self._list.write_text(json.dumps([test.name for test in some]), "utf-8")
            code = self._run(sorted({test.name.partition("::")[0] for test in some}))
            if code in (-signal.SIGXCPU, -signal.SIGKILL):
                return Verdict(mutant, TIMED_OUT)
            told = json.loads(said.read_text("utf-8")) if said.exists() else {}
            if code:
                return Verdict(mutant, KILLED, told.get("failed") or "as it is imported")
            passed += told["passed"]
        return Verdict(mutant, SURVIVED, passed=passed)

    def _run(self, words: Sequence[str]) -> int:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=no", "-p", "no:cacheprovider"]
        names = {"MUTATION_TESTS": str(self._list), "MUTATION_LIMIT": str(self._limit)}
        done = subprocess.Popen(
            [*command, "-p", f"{__package__}.chosen", *words],
            cwd=self._tree,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **names},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return done.wait(20 * self._limit)  # one that waits for ever takes no processor
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            try:
                os.killpg(done.pid, signal.SIGKILL)  # also workers that are left
            except ProcessLookupError:
                pass
            done.wait()
