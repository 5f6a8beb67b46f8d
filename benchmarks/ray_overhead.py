"""Prints what the engine of Ray costs beside worker processes, in CPU seconds, which noise spares.

    python -m benchmarks.ray_overhead -r 7 /dev/shm/x

100,000 small files and 200 MB of JSON Lines, in one file and in eight, are checked in turn by `--jobs
2` and by two workers of a Ray cluster of this machine, which is made for each run. `driver` is the
process that hands out tasks, from when it looks for files on, without the start of Ray; `ray` are the
processes of Ray beside the workers, in the same time.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

import msgspec

from validator.model import Summary
from validator.run.request import RunRequest, prepare, run_of
from validator.run.workers import Workers

from .cores import records
from .corpus import seeds

FILES: Final = 100_000
MEGABYTES: Final = 200
WAYS: Final = {"--jobs 2": Workers(2), "Ray, 2": Workers(2, cluster="")}
CORPORA: Final = {
    "small files": "markdown",
    "one file": "jsonl",
    "eight files": "jsonl",
}
TICK: Final = 1 / os.sysconf("SC_CLK_TCK")


class Cost(msgspec.Struct, frozen=True):
    """CPU seconds of a run: its driver, its workers, what Ray does beside; those of the start.

    `found` are the figures of the summary, which all ways must have in common.
    """

    driver: float
    workers: float
    ray: float
    start: float
    found: dict[str, int]


def main() -> None:
    """Make the files if they are not there, measure in turn, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ray_overhead", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files are made, and kept")
    parser.add_argument("-r", "--rounds", type=int, default=5, help="runs of each")
    parser.add_argument("--only", choices=CORPORA, help="one of the corpora")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        sys.stdout.buffer.write(msgspec.json.encode(measured(asked.folder, asked.only, asked.way)))
        return
    print(f"{'':12} {'way':9} {'n':>2}  driver         workers        ray            more")
    for name in [asked.only] if asked.only else CORPORA:
        _make(asked.folder, name)
        _compare(asked.folder, name, asked.rounds)


def _make(folder: Path, name: str) -> None:
    """The files of a corpus."""
    place = folder / name.replace(" ", "-")
    if place.exists():
        return
    place.mkdir(parents=True)
    if name == "small files":
        for part in range(FILES // 1000):
            seeds(place / f"{part:03}", 1000, seed=part)
        return
    count = 1 if name == "one file" else 8
    for number in range(count):
        with open(place / f"{number}.jsonl", "wb") as file:
            file.writelines(records(number, MEGABYTES * 1_000_000 // count, 1000))


def _compare(folder: Path, name: str, rounds: int) -> None:
    """Runs in turn, and a line for each way: medians, and the least and the most."""
    found: dict[str, list[Cost]] = {way: [] for way in WAYS}
    for _ in range(rounds):
        for way, costs in found.items():
            command = [sys.executable, "-m", "benchmarks.ray_overhead", str(folder)]
            told = subprocess.run(
                [*command, "--only", name, "--way", way], check=True, stdout=subprocess.PIPE
            ).stdout
            costs.append(msgspec.json.decode(told, type=Cost))
    first, *others = (cost.found for costs in found.values() for cost in costs)
    assert all(other == first for other in others), (first, others)
    local = median(_whole(cost) for cost in found["--jobs 2"])
    for way, costs in found.items():
        columns = [[getattr(cost, key) for cost in costs] for key in ("driver", "workers", "ray")]
        more = median(_whole(cost) for cost in costs) / local - 1
        spread = "  ".join(_spread(column) for column in columns)
        start = (
            f"  start {_spread([cost.start for cost in costs])}" if WAYS[way].cluster == "" else ""
        )
        print(f"{name:12} {way:9} {len(costs):2}  {spread}  {more:+.1%}{start}", flush=True)


def _whole(cost: Cost) -> float:
    return cost.driver + cost.workers + cost.ray


def _spread(values: list[float]) -> str:
    return f"{median(values):5.2f} {min(values):.2f}-{max(values):.2f}"


def measured(folder: Path, name: str, way: str) -> Cost:
    """A run in this process."""
    workers = WAYS[way]
    request = RunRequest(
        paths=[str(folder / name.replace(" ", "-"))], profile=CORPORA[name], isolated=True
    )
    samples: list[tuple[float, float, float]] = []
    gc.set_threshold(200_000)  # as the command does
    made, parts = prepare(request).begin()
    if workers.cluster is not None:
        _sample(lambda: samples.append(_now()))
    else:
        samples.append(_now())
    run = run_of(made.plan, parts, made.skipped, workers)
    for _ in run.diagnostics():
        pass
    if workers.cluster is None:
        samples.append(_now())
    (driver, working, ray), (after, worked, rayed) = samples
    start = driver + working + ray if workers.cluster is not None else 0.0
    return Cost(after - driver, worked - working, rayed - ray, start, _figures(run.summary))


def _figures(summary: Summary) -> dict[str, int]:
    totals = summary.totals
    return {"files": totals.files, "documents": totals.documents, "errors": totals.errors}


def _sample(take: Callable[[], object]) -> None:
    """Have it measured when all workers of Ray have begun, and before they are ended."""
    from validator.run.executors.ray_actors import Actors

    kind: Any = Actors
    free, close = kind.free, kind.close

    def first(self: Any) -> Iterator[Any]:
        ready = [*free(self)]
        if any(actor.hello for actor in self._actors):
            return
        kind.free = free
        take()
        yield from ready

    def last(self: Any) -> None:
        take()
        close(self)

    kind.free, kind.close = first, last


def _now() -> tuple[float, float, float]:
    """CPU seconds so far: of this process, of workers, of other processes of Ray."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = others = 0.0
    for title, seconds in _below(os.getpid()):
        if title.startswith("ray::Worker"):
            workers += seconds
        else:
            others += seconds
    if not others:  # those of `--jobs`, which have ended
        workers = ended.ru_utime + ended.ru_stime
    return own.ru_utime + own.ru_stime, workers, others


def _below(root: int) -> Iterator[tuple[str, float]]:
    """The titles and the CPU seconds of all processes that descend from one."""
    told: dict[int, tuple[int, str, float]] = {}
    for name in filter(str.isdecimal, os.listdir("/proc")):
        try:
            words = Path(f"/proc/{name}/stat").read_text().rpartition(")")[2].split()
            title = Path(f"/proc/{name}/cmdline").read_text(errors="replace")
        except OSError:
            continue
        told[int(name)] = int(words[1]), title, (int(words[11]) + int(words[12])) * TICK
    for pid, (_, title, seconds) in told.items():
        above = pid
        while above in told and above != root:
            above = told[above][0]
        if above == root and pid != root:
            yield title, seconds


if __name__ == "__main__":
    main()
