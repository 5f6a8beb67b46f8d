"""Executors: the same results everywhere, and a worker's death costs one finding, never the run."""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from validator import Diagnostic, load_profile
from validator.check.plan import Part
from validator.check.worker import Engine
from validator.errors import UsageError
from validator.file.walk import roots_of
from validator.model import Report
from validator.profile.resolve import configuration
from validator.profile.selection import Selection
from validator.run.assemble import assemble
from validator.run.configurations import single
from validator.run.executors import Executor, Failed, Outcome
from validator.run.executors.children import Starter
from validator.run.executors.inline import Inline
from validator.run.executors.patient import Patient
from validator.run.executors.processes import Processes
from validator.run.executors.spawned import Spawns
from validator.run.run import Run, parts_of

from .support import codes


class Numbers(Struct, frozen=True):
    """A task: numbers to square. Some of them are poison."""

    values: tuple[int, ...]

    def split(self) -> tuple[Numbers, ...]:
        """Two halves."""
        middle = len(self.values) // 2
        return (Numbers(self.values[:middle]), Numbers(self.values[middle:])) if middle else ()


def square(task: Numbers) -> list[int]:
    """Squares; 13 kills the process, 14 hangs it."""
    for value in task.values:
        if value == 13:
            os.kill(os.getpid(), signal.SIGKILL)
        if value == 14:
            time.sleep(60)
    return [value * value for value in task.values]


def ids(task: Numbers) -> int:
    """Who does the work."""
    return os.getpid()


def pids(outcome: Outcome[Numbers, int]) -> Iterator[int]:
    """Who did it."""
    for _, result in outcome.results:
        assert isinstance(result, int)
        yield result


def _starters() -> Iterator[Callable[[], Starter[Any]]]:
    yield Spawns
    if sys.platform == "linux":
        from validator.run.executors.forked import Forks

        yield Forks


STARTERS = [*_starters()]
"""Ways to start a worker; both are tested where both are there."""

TASKS = [Numbers(tuple(range(at, at + 5))) for at in range(100, 200, 5)]


def collected(
    executor: Executor, tasks: list[Numbers], timeout: float | None = None
) -> Iterator[object]:
    """Results in the order of the tasks."""
    outcomes = executor.run(square, iter(tasks), max_inflight=4, timeout=timeout, attempts=2)
    for outcome in sorted(outcomes, key=lambda one: one.number):
        for task, result in outcome.results:
            yield (task.values, result.cause) if isinstance(result, Failed) else result


SQUARES = [[v * v for v in task.values] for task in TASKS]


def test_results_come_in_order() -> None:
    assert list(collected(Inline(), TASKS)) == SQUARES


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_same_results_everywhere(jobs: int, starter: Callable[[], Starter[Any]]) -> None:
    assert list(collected(Processes(jobs, starter()), TASKS)) == SQUARES


@pytest.mark.parametrize("starter", STARTERS)
def test_a_task_and_a_result_may_be_large(starter: Callable[[], Starter[Any]]) -> None:
    tasks = [Numbers(tuple(range(100, 100_000 + at))) for at in range(3)]
    found = list(collected(Processes(2, starter()), tasks))
    assert [len(one) for one in found if isinstance(one, list)] == [99_900, 99_901, 99_902]


@pytest.mark.parametrize("starter", STARTERS)
def test_a_killed_worker_costs_its_poison_only(starter: Callable[[], Starter[Any]]) -> None:
    tasks = [*TASKS[:3], Numbers((11, 12, 13, 15, 16)), *TASKS[3:]]
    found = list(collected(Processes(2, starter()), tasks))
    assert ((13,), "killed") in found
    values = [value for result in found if isinstance(result, list) for value in result]
    assert values == [v * v for task in tasks for v in task.values if v != 13]


@pytest.mark.parametrize("starter", STARTERS)
def test_a_hung_worker_is_given_up(starter: Callable[[], Starter[Any]]) -> None:
    seconds = 3.0 if starter is Spawns else 0.5  # a new interpreter needs some to begin
    tasks = [Numbers((14,)), *TASKS[:4]]
    found = list(collected(Processes(2, starter()), tasks, timeout=seconds))
    assert ((14,), "timeout") in found
    assert len(found) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked whether it lives")
@pytest.mark.parametrize("starter", STARTERS)
def test_who_is_left_early_leaves_no_worker(starter: Callable[[], Starter[Any]]) -> None:
    executor = Processes(2, starter())
    outcomes = executor.run(ids, iter(TASKS), max_inflight=4, timeout=None, attempts=2)
    workers = {worker for outcome in (next(outcomes), next(outcomes)) for worker in pids(outcome)}
    outcomes.close()  # type: ignore[attr-defined]
    for worker in workers:
        with pytest.raises(OSError, match="process"):
            os.kill(worker, 0)


def test_nothing_to_do() -> None:
    assert list(collected(Processes(2), [])) == []


class Poor:
    """A starter for a system that has room for so many workers only."""

    def __init__(self, room: int) -> None:
        self._room, self._others = room, STARTERS[-1]()

    def start(self, fn: Callable[[Any], Any]) -> Any:
        """A worker, while there is room."""
        if not self._room:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        self._room -= 1
        return self._others.start(fn)

    def ready(self, children: Sequence[Any], patience: float | None) -> list[Any]:
        """As the other starter says."""
        return self._others.ready(children, patience)


def test_a_system_without_room_for_workers() -> None:
    assert list(collected(Processes(3, Poor(1)), TASKS)) == SQUARES
    with pytest.raises(UsageError, match=r"Resource temporarily unavailable.*--jobs 1"):
        list(collected(Processes(3, Poor(0)), TASKS))


def test_workers_that_cannot_live() -> None:
    tasks = [Numbers((13,) * 8) for _ in range(20)]
    with pytest.raises(UsageError, match=r"40 worker processes .* SIGKILL; check with --jobs 1"):
        list(collected(Processes(2), tasks))
    few = list(collected(Processes(2), tasks[:1]))
    assert few == [((13,), "killed")] * 8


class Dying(Engine):
    """An engine that a certain file kills."""

    def __call__(self, part: Part) -> Report:
        """Die of 003.txt."""
        if b"003.txt" in part.names and not part.odd:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(part)


@pytest.mark.skipif(sys.platform == "win32", reason="the engine is replaced through fork")
def test_a_file_that_kills_its_worker_is_one_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        (tmp_path / f"{number:03d}.txt").write_bytes(b"Title\nText.\n")
    monkeypatch.setattr("validator.run.run.Engine", Dying)
    layer = Selection(ignore=("COR", "FIL101"))
    made = assemble(
        single(configuration(".", isolated=True)),
        load_profile("seed"),
        roots_of([str(tmp_path)]),
        layer,
        50,
        date(2026, 1, 1),
    )
    run = Run(made.plan, parts_of(made.walk, made.router), made.skipped, Processes(2))
    found = list(run.diagnostics())
    assert codes(found) == ["FIL005"]
    assert found[0].path.endswith("003.txt")
    assert "SIGKILL" in found[0].message
    totals = run.summary.totals
    assert (totals.files, totals.documents, totals.rejected, totals.unread) == (8, 8, 1, 1)


def test_a_rule_that_raises_is_one_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from validator.check.exact import Exact

    diagnose = Exact.diagnose

    def broken(*words: object) -> object:
        if b"\0" in words[3].data:  # type: ignore[attr-defined]
            raise RuntimeError("a rule's mistake")
        return diagnose(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(Exact, "diagnose", broken)
    (tmp_path / "a.txt").write_bytes(b"Title\n\0\n")
    (tmp_path / "b.txt").write_bytes(b"Title\nText. \n")
    found = all_findings(tmp_path)
    assert codes(found) == ["FIL005", "TXT101"]
    assert "RuntimeError in test_executors.py" in found[0].message


def all_findings(folder: Path) -> list[Diagnostic]:
    """What `seed` says of a folder, names and corpus aside."""
    layer = Selection(ignore=("COR", "FIL101"))
    made = assemble(
        single(configuration(".", isolated=True)),
        load_profile("seed"),
        roots_of([str(folder)]),
        layer,
        50,
        date(2026, 1, 1),
    )
    return list(Run(made.plan, parts_of(made.walk, made.router), made.skipped).diagnostics())


@pytest.mark.parametrize("seconds", [0.0, 60.0])
def test_it_makes_no_difference_who_did_the_work(seconds: float) -> None:
    light = TASKS[: len(TASKS) // 2]
    executor = Patient(lambda: Processes(2), seconds, light.__contains__)
    assert list(collected(executor, TASKS)) == list(collected(Inline(), TASKS))


@pytest.mark.parametrize("many", [1, len(TASKS) - 1, len(TASKS), len(TASKS) + 1])
def test_workers_get_all_where_there_is_much(many: int) -> None:
    made = []

    def others() -> Executor:
        made.append(many)
        return Processes(2)

    executor = Patient(others, 60, many=many)
    assert list(collected(executor, TASKS)) == list(collected(Inline(), TASKS))
    assert made == ([many] if many <= len(TASKS) else [])


def test_what_must_be_timed_is_not_done_here() -> None:
    def alone() -> Executor:
        raise AssertionError("there is a worker")

    executor = Patient(alone, 60)
    assert list(collected(executor, TASKS)) == list(collected(Inline(), TASKS))
    with pytest.raises(AssertionError, match="there is a worker"):
        list(collected(executor, TASKS, timeout=60))
