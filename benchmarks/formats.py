"""Prints what a finding costs in each format, in microseconds beyond the making of the finding.

The findings are those of the broken seeds, again and again, in as many files as there would be.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from validator import Summary, Totals, check_paths, load_profile
from validator.cli.outputs import about
from validator.model import Diagnostic
from validator.render import Look, formats, renderer
from validator.render._held import held

TOGETHER = ("full", "grouped")
"""Formats that tell findings of one cause together."""

BROKEN = Path(__file__).resolve().parent.parent / "fixtures" / "seeds" / "broken"


def main() -> None:
    """Make the findings, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.formats", description=__doc__)
    parser.add_argument("-n", "--findings", type=int, default=100_000, help="findings to write")
    parser.add_argument("-r", "--rounds", type=int, default=3, help="rounds; the best one counts")
    options = parser.parse_args()
    found = many(options.findings)
    print(f"{len(found)} findings, best of {options.rounds}, microseconds a finding")
    for name in formats():
        report(name, found, Look(about=about), options.rounds)
        if name in TOGETHER:
            report(name, found, Look(group=True), options.rounds)
    seconds = best(lambda: sum(1 for _ in held(iter(found))), options.rounds)
    print(f"{'held for a second output':32}{seconds / len(found) * 1e6:8.1f}")


def many(count: int) -> list[Diagnostic]:
    """So many findings, by path."""
    run = check_paths([str(BROKEN)], load_profile("seed"))
    some = list(run.diagnostics())
    found = []
    for number in range(1 + count // len(some)):
        folder = f"corpus/{number:06}/"
        found += [replace(one, path=folder + one.path.rpartition("/")[2]) for one in some]
    return found[:count]


def report(name: str, found: Sequence[Diagnostic], look: Look, rounds: int) -> None:
    """One line: the format, and what it costs."""
    summary = Summary(Totals(len(found), len(found), errors=len(found)), len(found), {})
    render = renderer(name)
    size = 0

    def work() -> None:
        nonlocal size
        size = sum(map(len, render(iter(found), lambda: summary, look)))

    seconds = best(work, rounds)
    label = f"{name}, causes together" if look.group else name
    print(f"{label:32}{seconds / len(found) * 1e6:8.1f}{size / len(found):10.0f} characters")


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest time of some rounds, in seconds of this process."""
    times = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


if __name__ == "__main__":
    main()
