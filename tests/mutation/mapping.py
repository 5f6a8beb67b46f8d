"""The map: which tests execute which lines of the package.

It is made by the suite under coverage.py, a module of tests at a time, and kept. This module is
also the plugin of pytest that writes such a part, to the file that `MUTATION_MAP` names.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import settings
from msgspec import Struct

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "validator"
KEPT = ROOT / ".mutation"
APART = {"test_layers.py", "test_manual.py", "test_mutation.py", "test_readme.py", "test_style.py"}
"""Tests of the text of the tree, not of what it does."""


def digest(source: bytes) -> str:
    """What tells whether a module is the one that was mapped."""
    return hashlib.sha256(source).hexdigest()[:16]


class Measured(Struct, frozen=True):
    """A test, the seconds of the processor that it takes, and the lines that it executes."""

    name: str
    seconds: float
    lines: int


class Module(Struct):
    """A module: the tests of each line, and of each test how many of the lines it executes."""

    tests: dict[int, set[int]]
    lines: dict[int, int]


class Map(Struct):
    """What the suite executes."""

    tests: list[Measured]
    modules: dict[str, Module]

    def of(self, path: str, line: int) -> list[Measured]:
        """The tests that execute a line; those come first that do little else than the module does.

        Of a line that is new, or is executed on import, those of all lines of its module.
        """
        module = self.modules.get(path)
        if module is None:
            return []
        found = module.tests.get(line) or module.lines.keys()

        def unlikely(number: int) -> float:
            test = self.tests[number]
            return -module.lines[number] / test.lines / (0.02 + test.seconds)

        return [self.tests[number] for number in sorted(found, key=unlikely)]


def read(parts: Sequence[Path], root: Path = ROOT) -> Map:
    """The map that is in these files, for the modules as they are now."""
    found = Map([], {})
    for part in parts:
        written = json.loads(part.read_text("utf-8"))
        base = len(found.tests)
        found.tests += [Measured(*test) for test in written["tests"]]
        for path, (known, lines) in written["modules"].items():
            if not (root / path).exists():
                continue
            now = _lines_now(part.parent / known, (root / path).read_bytes())
            module = found.modules.setdefault(path, Module({}, {}))
            for line, numbers in lines.items():
                tests = module.tests.setdefault(now.get(int(line), 0), set())
                for number in numbers:
                    tests.add(base + number)
                    module.lines[base + number] = module.lines.get(base + number, 0) + 1
    return found


@cache
def _lines_now(mapped: Path, source: bytes) -> dict[int, int]:
    """The lines of a module as it was mapped, and those that they are now; without lines lost."""
    before = mapped.read_bytes() if mapped.exists() else b""
    if before == source:
        return {line: line for line in range(1, source.count(b"\n") + 2)}
    blocks = SequenceMatcher(None, before.split(b"\n"), source.split(b"\n"), autojunk=False)
    return {
        block.a + at + 1: block.b + at + 1
        for block in blocks.get_matching_blocks()
        for at in range(block.size)
    }


def make(jobs: int) -> list[Path]:
    """Run the modules of tests that are new or have changed; the files that the map is then in."""
    KEPT.mkdir(exist_ok=True)
    modules = sorted(path for path in ROOT.glob("tests/test_*.py") if path.name not in APART)
    parts = {KEPT / f"{path.stem}.{digest(path.read_bytes())}.json": path for path in modules}
    for old in {*KEPT.glob("*.json")} - parts.keys():
        old.unlink()

    def one(part: Path) -> None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", __name__, "-p", "no:cacheprovider"]
        done = subprocess.run(
            [*command, str(parts[part])],
            cwd=ROOT,
            env={**os.environ, "MUTATION_MAP": str(part)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            part.unlink(missing_ok=True)
            raise SystemExit(f"the suite must pass before it can be mapped:\n{done.stdout}")

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, [part for part in parts if not part.exists()]))
    return list(parts)


class Recorder:
    """The plugin: a context of coverage.py for each test; a law is tried a few times only."""

    def __init__(self, target: Path) -> None:
        import coverage

        self._coverage: Any = coverage.Coverage(
            data_file=None, config_file=False, include=[f"{PACKAGE}/*"]
        )
        # A module whose tests only start processes executes none of these lines.
        self._coverage.set_option("run:disable_warnings", ["no-data-collected"])
        self._target = target
        self._seconds: dict[str, float] = {}
        self._coverage.start()
        settings.register_profile("few", settings.default, max_examples=10)
        settings.load_profile("few")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Record a test."""
        self._coverage.switch_context(item.nodeid)
        began = process_time()
        result = yield
        self._seconds[item.nodeid] = round(process_time() - began, 3)
        self._coverage.switch_context("")
        return result

    def pytest_sessionfinish(self) -> None:
        """Write what was recorded."""
        self._coverage.stop()
        data = self._coverage.get_data()
        names = list(self._seconds)
        numbers = {name: number for number, name in enumerate(names)}
        counts = [0] * len(names)
        modules = {}
        for file in sorted(data.measured_files()):
            lines = {}
            for line, contexts in data.contexts_by_lineno(file).items():
                tests = sorted(numbers[name] for name in contexts if name)
                if tests:
                    lines[line] = tests
                for test in tests:
                    counts[test] += 1
            path = Path(file)
            source = path.read_bytes()
            (KEPT / digest(source)).write_bytes(source)
            modules[path.relative_to(ROOT).as_posix()] = (digest(source), lines)
        seconds = self._seconds.values()
        told = [*zip(names, seconds, (max(1, count) for count in counts), strict=True)]
        self._target.write_text(json.dumps({"tests": told, "modules": modules}), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Record, where this is the plugin."""
    if "MUTATION_MAP" in os.environ:
        config.pluginmanager.register(Recorder(Path(os.environ["MUTATION_MAP"])))
