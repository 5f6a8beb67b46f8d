"""Prints files/s and MB/s of `check` beside the loop that only opens, reads and closes.

Both run in this process on the same files, in turn, so that a noisy machine troubles both; the
best of the rounds counts. Start-up is measured apart, as whole processes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import validator

from .corpus import seeds


def main() -> None:
    """Make the corpus, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("-n", "--files", type=int, default=20_000, help="seed-like files to make")
    parser.add_argument("-r", "--rounds", type=int, default=5, help="rounds; the best one counts")
    parser.add_argument("--no-startup", action="store_true", help="leave out the start-up times")
    options = parser.parse_args()
    for label, accents in (("ASCII", 0), ("one file in four beyond ASCII", 4)):
        with tempfile.TemporaryDirectory() as folder:
            paths = seeds(Path(folder) / "seeds", options.files, accents)
            throughput(label, paths, options.rounds)
    if not options.no_startup:
        startup(options.rounds)


def throughput(label: str, paths: Sequence[Path], rounds: int) -> None:
    """The reading loop and `check` under two profiles, side by side."""
    total = sum(path.stat().st_size for path in paths)
    names = [os.fsencode(path) for path in paths]
    works: dict[str, Callable[[], None]] = {"open, read, close": lambda: read_loop(names)}
    for name in ("text", "seed"):  # bytes and characters; names, titles and the corpus besides
        works[f"check --profile {name}"] = partial(check, paths, validator.load_profile(name))
    times = best(list(works.values()), rounds)
    print(f"{len(paths)} seeds, {label}, {total / 1e6:.1f} MB, one process, best of {rounds}")
    print(f"{'':24}{'us/file':>9}{'files/s':>10}{'MB/s':>8}{'ratio':>7}")
    for work, seconds in zip(works, times, strict=True):
        per_file = seconds / len(paths) * 1e6
        rate, volume = len(paths) / seconds, total / seconds / 1e6
        print(f"{work:24}{per_file:9.2f}{rate:10.0f}{volume:8.0f}{seconds / times[0]:7.2f}")


def check(paths: Sequence[Path], profile: validator.Profile) -> None:
    """The check, which finds nothing."""
    run = validator.check_paths([str(paths[0].parent)], profile)
    assert not list(run.diagnostics())
    assert run.summary.totals.files == len(paths)


def read_loop(names: Sequence[bytes]) -> None:
    """What no checker can do without."""
    for name in names:
        fd = os.open(name, os.O_RDONLY)
        os.read(fd, 1 << 16)
        os.close(fd)


def best(works: Sequence[Callable[[], None]], rounds: int) -> list[float]:
    """The shortest time of each, taken in turn."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for own, work in zip(times, works, strict=True):
            started = time.perf_counter()
            work()
            own.append(time.perf_counter() - started)
    return list(map(min, times))


def startup(rounds: int) -> None:
    """Whole processes: bare Python, `version`, one clean file."""
    with tempfile.TemporaryDirectory() as folder:
        path = seeds(Path(folder), 1)[0]
        run = [sys.executable, "-m", "validator"]
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "version": [*run, "version"],
            "check, one clean file": [*run, "check", "--profile", "seed", "--jobs", "1", str(path)],
        }
        # An installed package has its bytecode; a checkout should be allowed to write it, too.
        environ = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
        print("whole process, best of", rounds)
        for label, command in commands.items():
            times = []
            for _ in range(rounds):
                started = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environ)
                times.append(time.perf_counter() - started)
            print(f"{label:24}{min(times) * 1e3:6.0f} ms")


main()
