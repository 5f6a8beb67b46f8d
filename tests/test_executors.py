"""Executors: the same results everywhere, and a worker's death costs one finding, never the run."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from msgspec import Struct

from validator.check.plan import Part
from validator.check.worker import Engine
from validator.errors import UsageError
from validator.model import Report
from validator.run.cutting import parts_of
from validator.run.executors import Executor, Failed, Limits, Outcome
from validator.run.executors.children import Child
from validator.run.executors.crew import Start
from validator.run.executors.inline import Inline
from validator.run.executors.patient import Patient
from validator.run.executors.pieces import Work
from validator.run.executors.processes import Processes
from validator.run.executors.starting import forked, spawned, start
from validator.run.request import RunRequest, prepare
from validator.run.run import Run

from .support import codes


class Numbers(Struct, frozen=True):
    """A task: numbers to square. Some of them are poison."""

    values: tuple[int, ...]

    def preparations(self) -> tuple[Numbers, ...]:
        """None."""
        return ()

    def prepared(self, results: Sequence[object]) -> Numbers:
        """The task itself."""
        return self

    takes_help: ClassVar[bool] = False

    def assisted(self, helpers: object) -> Numbers:
        """The task itself."""
        return self

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
            threading.Event().wait()
    return [value * value for value in task.values]


def ids(task: Numbers) -> int:
    """Who does the work."""
    return os.getpid()


def pids(outcome: Outcome[Numbers, int]) -> Iterator[int]:
    """Who did it."""
    for _, result in outcome.results:
        assert isinstance(result, int)
        yield result


def by_address(fn: Callable[[Any], Any]) -> Child:
    """A worker as it is started on Windows."""
    return spawned(fn, by_address=True)


STARTERS = [spawned, by_address, *([forked] if sys.platform == "linux" else [])]
"""Ways to start a worker; all are tested that are there."""

TASKS = [Numbers(tuple(range(at, at + 5))) for at in range(100, 200, 5)]


def collected(
    executor: Executor, tasks: list[Numbers], timeout: float | None = None
) -> Iterator[object]:
    """Results in the order of the tasks."""
    outcomes = executor.run(square, iter(tasks), Limits(4, timeout))
    for outcome in sorted(outcomes, key=lambda one: one.number):
        for task, result in outcome.results:
            yield (task.values, result.cause) if isinstance(result, Failed) else result


SQUARES = [[v * v for v in task.values] for task in TASKS]


def test_results_come_in_order() -> None:
    assert list(collected(Inline(), TASKS)) == SQUARES


@pytest.mark.parametrize("starter", STARTERS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_same_results_everywhere(jobs: int, starter: Start) -> None:
    assert list(collected(Processes(jobs, starter), TASKS)) == SQUARES


@pytest.mark.parametrize("starter", STARTERS)
def test_a_task_and_a_result_may_be_large(starter: Start) -> None:
    tasks = [Numbers(tuple(range(100, 100_000 + at))) for at in range(3)]
    found = list(collected(Processes(2, starter), tasks))
    assert [len(one) for one in found if isinstance(one, list)] == [99_900, 99_901, 99_902]


@pytest.mark.parametrize("starter", STARTERS)
def test_a_killed_worker_costs_its_poison_only(starter: Start) -> None:
    tasks = [*TASKS[:3], Numbers((11, 12, 13, 15, 16)), *TASKS[3:]]
    found = list(collected(Processes(2, starter), tasks))
    assert ((13,), "killed") in found
    values = [value for result in found if isinstance(result, list) for value in result]
    assert values == [v * v for task in tasks for v in task.values if v != 13]


@pytest.mark.parametrize("starter", STARTERS)
def test_a_hung_worker_is_given_up(starter: Start) -> None:
    tasks = [Numbers((14,)), *TASKS[:4]]
    found: list[object] = []
    for seconds in (0.5, 4, 32, 256):  # a busy machine may need more for those that do not hang
        found = list(collected(Processes(2, starter), tasks, timeout=seconds))
        assert found[0] == ((14,), "timeout")
        if found[1:] == SQUARES[:4]:
            return
    pytest.fail(f"{found[1:]}")


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked whether it lives")
@pytest.mark.parametrize("starter", STARTERS)
def test_who_is_left_early_leaves_no_worker(starter: Start) -> None:
    executor = Processes(2, starter)
    outcomes = executor.run(ids, iter(TASKS), Limits(4))
    workers = {worker for outcome in (next(outcomes), next(outcomes)) for worker in pids(outcome)}
    outcomes.close()
    for worker in workers:
        with pytest.raises(OSError, match="process"):
            os.kill(worker, 0)


def test_nothing_to_do() -> None:
    assert list(collected(Processes(2), [])) == []


def poor(room: int) -> Start:
    """A system that has room for so many workers only."""
    left = [None] * room

    def start_one(fn: Callable[[Any], Any]) -> Child:
        if not left:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        left.pop()
        return start(fn)

    return start_one


def test_a_system_without_room_for_workers() -> None:
    assert list(collected(Processes(3, poor(1)), TASKS)) == SQUARES
    with pytest.raises(UsageError, match=r"Resource temporarily unavailable.*--jobs 1"):
        list(collected(Processes(3, poor(0)), TASKS))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such program")
def test_workers_that_never_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the interpreter is a program that knows nothing of `-c`."""

    def start_one(fn: Callable[[Any], Any]) -> Child:
        process = subprocess.Popen(["sleep", "300"])
        ours, theirs = socket.socketpair()
        held.append(theirs)
        return Child(process, ours)

    held: list[socket.socket] = []
    monkeypatch.setattr("validator.run.executors.crew._BEGUN_WITHIN", 0.1)
    with pytest.raises(UsageError, match=r"none has begun to work .* --jobs 1"):
        list(collected(Processes(2, start_one), TASKS))
    for one in held:
        one.close()


def test_workers_that_cannot_live() -> None:
    tasks = [Numbers((13,) * 8) for _ in range(20)]
    with pytest.raises(UsageError, match=r"40 worker processes .* SIGKILL; check with --jobs 1"):
        list(collected(Processes(2), tasks))
    few = list(collected(Processes(2), tasks[:1]))
    assert few == [((13,), "killed")] * 8


class Dying(Engine):
    """An engine that a certain file kills."""

    def check(self, part: Part) -> Report:
        """Die of 003.txt."""
        if b"003.txt" in part.names and not part.odd:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().check(part)


@pytest.mark.skipif(sys.platform != "linux", reason="the engine is replaced through fork")
def test_a_file_that_kills_its_worker_is_one_finding(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number:03d}.txt").write_bytes(b"Title\nText.\n")
    request = RunRequest(
        paths=[str(tmp_path)], profile="seed", isolated=True, ignore=("COR", "FIL101")
    )
    made = prepare(request).assembled()
    parts = parts_of(made.walk, made.router)
    run = Run(made.plan, parts, made.skipped, Processes(2, forked), engine=Dying)
    found = list(run.diagnostics())
    assert codes(found) == ["FIL005"]
    assert found[0].path.endswith("003.txt")
    assert "SIGKILL" in found[0].message
    totals = run.summary.totals
    assert (totals.files, totals.documents, totals.rejected, totals.unread) == (8, 8, 1, 1)


def patient(others: Callable[[], Executor], worth: float, units: int = 100_000) -> Patient:
    """An executor for tasks of so many units of work."""
    return Patient(others, lambda task: units, 2, lambda: worth)


@pytest.mark.parametrize("worth", [0.0, 60.0])
def test_it_makes_no_difference_who_did_the_work(worth: float) -> None:
    executor = patient(lambda: Processes(2), worth)
    assert list(collected(executor, TASKS)) == list(collected(Inline(), TASKS))


def nobody() -> Executor:
    """Workers that must not be called."""
    raise AssertionError("there is a worker")


@pytest.mark.parametrize(
    ("units", "worth", "tasks"),
    [
        (1, 0.0, TASKS),  # a few microseconds
        (100_000, 60.0, TASKS),  # other programs want the processors
        (10_000_000, 0.0, TASKS[:1]),  # two cannot share it
    ],
)
def test_nobody_is_called_for_little(units: int, worth: float, tasks: list[Numbers]) -> None:
    executor = patient(nobody, worth, units)
    assert list(collected(executor, tasks)) == list(collected(Inline(), tasks))


def test_workers_are_called_for_much() -> None:
    with pytest.raises(AssertionError, match="there is a worker"):
        list(collected(patient(nobody, 0.0), TASKS))


def slow_ids(task: Numbers) -> int:
    """Who does the work, which takes a while."""
    end = time.thread_time() + 0.021
    while time.thread_time() < end:
        pass
    return os.getpid()


def test_work_that_turns_out_to_be_much_is_shared() -> None:
    """A unit that takes a hundred times as long as a clean file is measured."""
    tasks = [Numbers((number,)) for number in range(40)]
    executor = Patient(lambda: Processes(2), lambda task: 50, 2, lambda: 0.0)
    outcomes = executor.run(slow_ids, iter(tasks), Limits(4))
    workers = [worker for outcome in outcomes for worker in pids(outcome)]
    assert workers[0] == os.getpid() != workers[-1]


def test_no_more_is_looked_at_than_is_needed() -> None:
    taken: list[Numbers] = []

    def walk() -> Iterator[Numbers]:
        for task in TASKS * 100:
            taken.append(task)
            yield task

    executor = Patient(nobody, lambda task: 1000, 2, lambda: 60.0)
    next(executor.run(square, walk(), Limits(4)))
    assert len(taken) == 6


def test_a_system_without_room_for_workers_that_nobody_asked_for() -> None:
    executor = patient(lambda: Processes(2, poor(0)), 0.0)
    assert list(collected(executor, TASKS)) == SQUARES


def test_what_must_be_timed_is_not_done_here() -> None:
    executor = patient(nobody, 60.0)
    assert list(collected(executor, TASKS)) == SQUARES
    with pytest.raises(AssertionError, match="there is a worker"):
        list(collected(executor, TASKS, timeout=60))


@pytest.mark.parametrize(("cause", "again"), [("timeout", False), ("killed", True)])
def test_what_took_all_of_its_time_alone_is_not_tried_again(cause: str, again: bool) -> None:
    work: Work[Numbers, list[int]] = Work([Numbers((1, 2))], 4)
    assert work.fill()
    piece = work.ready.popleft()
    piece.tries += 1
    assert work.settled(piece, Failed(cause, "as it was")) is None
    halves = [*work.ready]
    assert [half.task for half in halves] == [Numbers((1,)), Numbers((2,))]
    work.ready.clear()
    for half in halves:
        half.tries += 1
        work.settled(half, Failed(cause, "as it was"))
    assert [*work.ready] == (halves[::-1] if again else [])
    assert work.more() is again
