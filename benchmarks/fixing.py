"""Prints what it costs to fix files beside finding what is wrong with them, as whole processes.

    python -m benchmarks.fixing -n 10000

Files of one trailing blank each are checked, and fixed; then as many that are clean. Each pair runs
in turn, under one worker and under two; what is printed is the median of processor seconds and of
seconds on the clock, with the least and the most, and the median of the ratios of a pair.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple

from .corpus import words

SETTINGS: Final = """[profiles.text]
files = ["**/*.txt"]
text.trailing-blanks = "forbid"
encoding.final-newline = "require"
"""
OF_A_FOLDER: Final = 1000


class Cost(NamedTuple):
    """Seconds of a process and of its workers: on processors, and on the clock."""

    cpu: float
    wall: float


def main() -> None:
    """Make the files, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fixing", description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=10_000, help="files with a fault")
    parser.add_argument("-c", "--clean", type=int, default=20_000, help="clean files")
    parser.add_argument("-r", "--rounds", type=int, default=5, help="pairs of runs")
    parser.add_argument("-j", "--jobs", type=int, nargs="+", default=[1, 2], help="workers")
    parser.add_argument("-d", "--directory", help="where they are made: on the disk of interest")
    options = parser.parse_args()
    print(f"{'':27}{'jobs':>5}{'check':>22}{'check --fix':>22}{'times':>22}")
    for label, number, dirty in (
        ("one blank each", options.number, True),
        ("clean", options.clean, False),
    ):
        if not number:
            continue
        with tempfile.TemporaryDirectory(dir=options.directory) as folder:
            make(Path(folder, "made"), number, dirty=dirty)
            for jobs in options.jobs:
                compare(f"{number} {label}", Path(folder), jobs, options.rounds)


def make(folder: Path, number: int, *, dirty: bool) -> None:
    """Files of about 1 KB, of 20 lines, in directories of a thousand."""
    source = random.Random(20261130)
    vocabulary = words(source, 800)
    for at in range(number):
        lines = [" ".join(source.choices(vocabulary, k=9)) + "." for _ in range(20)]
        if dirty:
            lines[at % 20] += " "
        path = folder / f"{at // OF_A_FOLDER}" / f"{at}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="ascii")
    (folder / "seed-validator.toml").write_text(SETTINGS, encoding="ascii")


def compare(label: str, folder: Path, jobs: int, rounds: int) -> None:
    """Check and fix in turn; every run that fixes gets files of its own."""
    found: list[Cost] = []
    fixed: list[Cost] = []
    for at in range(rounds + 1):
        copy = folder / f"{jobs}-{at}"  # what is removed meanwhile would be of weight
        shutil.copytree(folder / "made", copy)
        os.sync()
        pair = run(copy, jobs), run(copy, jobs, "--fix")
        if at:  # the first pair reads everything for the first time
            found.append(pair[0])
            fixed.append(pair[1])
    for unit in ("cpu", "wall"):
        of_check, of_fix = ([getattr(one, unit) for one in costs] for costs in (found, fixed))
        times = [more / less for less, more in zip(of_check, of_fix, strict=True)]
        columns = "".join(map(_told, (of_check, of_fix, times)))
        print(f"{label + ', ' + unit:27}{jobs:5}{columns}")
    sys.stdout.flush()


def _told(seconds: Sequence[float]) -> str:
    return f"{median(seconds):8.2f} ({min(seconds):.2f}-{max(seconds):.2f})".rjust(22)


def run(folder: Path, jobs: int, *more: str) -> Cost:
    """What one process costs that checks a directory, with its workers."""
    command = [sys.executable, "-m", "validator", "check", "-q", "--jobs", str(jobs), *more]
    command += ["--output-file", os.devnull, os.fspath(folder)]
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
    wall, after = time.perf_counter() - started, os.times()
    assert done.returncode in (0, 1), done.stderr
    cpu = after.children_user + after.children_system
    return Cost(cpu - before.children_user - before.children_system, wall)


if __name__ == "__main__":
    main()
