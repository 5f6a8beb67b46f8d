"""The workers of a Ray cluster: the same results as anywhere, and a death costs one finding."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from validator.errors import UsageError
from validator.run.executors import Failed, Limits, ray_actors
from validator.run.executors.batches import MOST, Batches
from validator.run.executors.cluster import Cluster
from validator.run.executors.pieces import Work
from validator.store.envelope import report_of, unpacked

from .support import ROOT
from .test_executors import SQUARES, TASKS, Numbers, collected, square
from .test_gathered import as_if_many, told

try:
    import ray
    from ray.cluster_utils import Cluster as Nodes
except ImportError:
    ray = None

needs_ray = pytest.mark.skipif(ray is None, reason="Ray is not installed: pip install -e '.[ray]'")
QUIET: dict[str, Any] = {"log_to_driver": False, "logging_level": "CRITICAL"}


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of three nodes: the head, which does no work, and two others."""
    old = {name: os.environ.get(name) for name in ("PYTHONPATH", "RAY_USAGE_STATS_ENABLED")}
    os.environ.update(PYTHONPATH=str(ROOT), RAY_USAGE_STATS_ENABLED="0")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    memory = 80 << 20
    try:
        cluster = Nodes(
            initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": memory}
        )
        for _ in range(2):
            cluster.add_node(num_cpus=1, object_store_memory=memory)
        cluster.wait_for_nodes()
    except (OSError, RuntimeError, TimeoutError) as error:
        pytest.skip(f"Ray cannot be started here: {error}")
    yield cluster
    ray.shutdown()
    cluster.shutdown()
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for name, value in old.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@needs_ray
def test_same_results_on_a_cluster(nodes: Any) -> None:
    assert list(collected(Cluster(nodes.address, 2), TASKS)) == SQUARES
    assert not ray.is_initialized()  # the cluster is there still, and nothing of ours holds it


@needs_ray
def test_a_killed_worker_costs_its_poison_only(
    nodes: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    tasks = [*TASKS[:3], Numbers((11, 12, 13, 15, 16)), *TASKS[3:]]
    found = list(collected(Cluster(nodes.address, 2), tasks))
    assert ((13,), "killed") in found
    values = [value for result in found if isinstance(result, list) for value in result]
    assert values == [v * v for task in tasks for v in task.values if v != 13]
    assert capfd.readouterr() == ("", "")  # of which Ray tells much


@needs_ray
def test_a_hung_worker_is_given_up(nodes: Any) -> None:
    found: list[object] = []
    for seconds in (1, 8, 64):  # a busy machine may need more for those that do not hang
        tasks = [Numbers((14,)), *TASKS[:4]]
        found = list(collected(Cluster(nodes.address, 2), tasks, timeout=seconds))
        assert found[0] == ((14,), "timeout")
        if found[1:] == SQUARES[:4]:
            return
    pytest.fail(f"{found[1:]}")


class Ranged(Numbers, frozen=True):
    """A task whose preparations say something else."""

    def preparations(self) -> tuple[Numbers, ...]:
        """One."""
        return (Numbers((0,)),)

    def prepared(self, results: Sequence[object]) -> Numbers:
        """Another task."""
        return Numbers((0,))


@needs_ray
@pytest.mark.parametrize(("timeout", "value"), [(None, 0), (60, 49)])
def test_where_a_task_has_its_time_nothing_else_is_done_for_it(
    nodes: Any, timeout: float | None, value: int
) -> None:
    found = list(collected(Cluster(nodes.address, 2), [Ranged((7,))], timeout=timeout))
    assert found == [[value]]


def slowly(task: Numbers) -> list[int]:
    """Squares that take their time."""
    time.sleep(0.05)
    return square(task)


@needs_ray
def test_a_node_that_goes_costs_nothing(nodes: Any) -> None:
    lost = nodes.add_node(num_cpus=1, object_store_memory=80 << 20)
    nodes.wait_for_nodes()
    executor = Cluster(nodes.address, 3)
    outcomes = executor.run(slowly, iter(TASKS * 6), Limits(200))
    found = [next(outcomes)]
    going = threading.Thread(
        target=nodes.remove_node, args=(lost,), kwargs={"allow_graceful": False}
    )
    going.start()
    found += outcomes
    going.join()
    found.sort(key=lambda outcome: outcome.number)
    assert [result for outcome in found for _, result in outcome.results] == SQUARES * 6


@needs_ray
def test_who_is_left_early_leaves_nothing(nodes: Any) -> None:
    outcomes = Cluster(nodes.address, 2).run(slowly, iter(TASKS), Limits(4))
    next(outcomes)
    outcomes.close()
    wait_until_idle(nodes)


def wait_until_idle(nodes: Any) -> None:
    """Wait until no worker has a processor of the cluster; fails where that takes 30 s."""
    ray.init(address=nodes.address, **QUIET)
    try:
        within = time.monotonic() + 30
        while ray.available_resources().get("CPU") != ray.cluster_resources().get("CPU"):
            assert time.monotonic() < within
            time.sleep(0.1)
    finally:
        ray.shutdown()


@needs_ray
def test_nothing_is_done_by_another_version(nodes: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "validator.run.executors.ray_actors.TOOL", {"name": "seed-validator", "version": "0.0.1"}
    )
    with pytest.raises(UsageError, match=r"has seed-validator .*, and this is 0\.0\.1: install"):
        list(collected(Cluster(nodes.address, 2), TASKS))


@needs_ray
def test_no_cluster_is_there() -> None:
    with pytest.raises(
        UsageError, match=r"the Ray cluster at `127\.0\.0\.1:1` cannot be used: Connection refused"
    ):
        list(collected(Cluster("127.0.0.1:1", 2), TASKS))


@needs_ray
def test_a_node_that_begins_too_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    def init(**options: object) -> None:
        raise Exception("The current node timed out during startup. This could")

    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(
        UsageError, match="Ray on this machine cannot be used: The current node timed out"
    ):
        list(collected(Cluster("", 2), TASKS))


def checked(folder: Path, *options: str) -> tuple[int, str, str]:
    """What the command says."""
    command = [
        sys.executable,
        "-m",
        "validator",
        "check",
        *options,
        "--output-format",
        "json-lines",
    ]
    done = subprocess.run(
        [*command, "corpus"], check=False, cwd=folder, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout, done.stderr


@needs_ray
def test_the_command_says_the_same(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (tmp_path / "seed-validator.toml").write_text(
        '[profiles.notes]\nextends = "markdown"\nfiles = ["corpus/"]\ncorpus.unique = ["title"]\n'
    )
    for at in range(700):
        ending = b"\xff\n" if at % 50 == 0 else b"\n"
        (corpus / f"{at}.md").write_bytes(b"---\ntitle: Note %d\n---\nText." % (at % 690) + ending)
    (code, out, _), (with_ray, theirs, told) = (
        checked(tmp_path, "--jobs", "1"),
        checked(tmp_path, "--engine", "ray", "--jobs", "2"),
    )
    if "Ray on this machine cannot be used" in told:
        pytest.skip(told)
    assert (with_ray, theirs, told) == (code, out, "")
    codes = {json.loads(line).get("code") for line in out.splitlines()}
    assert {"COR001", "ENC001"} <= codes


def records(folder: Path, tasks: int) -> None:
    """Records with faults of bytes, of their division and of the corpus, a file in each task."""
    (folder / "seed-validator.toml").write_text(
        '[profiles.rows]\nextends = "jsonl"\nfiles = ["corpus/"]\ncorpus.unique = ["id"]\n'
    )
    for task in range(tasks):
        rows = [b'{"id":"%d"}\n' % (300 * task + at * 7 % 290) for at in range(300)]
        rows[task] = (b'{"id":"\xff%d"}\n' if task % 2 else b'{"id":%d\n') % task
        (folder / "corpus" / f"{task:02}").mkdir(parents=True)
        (folder / "corpus" / f"{task:02}" / "a.jsonl").write_bytes(b"".join(rows))


def reports(folder: Path) -> dict[Path, int]:
    """The reports in its store, and when each was written."""
    return {path: path.stat().st_mtime_ns for path in (folder / ".store").rglob("*.report")}


def killed_at(folder: Path, count: int, *options: str) -> None:
    """Run the command until there are so many reports, then kill it; fails after 120 s."""
    command = [sys.executable, "-m", "validator", "check", *options, "corpus"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    within = time.monotonic() + 120
    try:
        while len(reports(folder)) < count:
            assert process.poll() is None, "it came to its end"
            assert time.monotonic() < within
            time.sleep(0.001)
    finally:
        process.kill()
        process.wait()


@needs_ray
def test_where_the_command_is_killed_the_same_one_goes_on(nodes: Any, tmp_path: Path) -> None:
    records(tmp_path, tasks=24)
    code, out, _ = checked(tmp_path, "--jobs", "1")
    assert {'"code":"COR001"', '"code":"ENC001"'} <= set(out.replace("\n", ",").split(","))
    # with a timeout tasks travel one by one: two are ahead of each of the two workers
    options = ["--engine", f"ray:{nodes.address}", "--store", ".store", "--timeout", "100"]
    killed_at(tmp_path, 12, *options)
    wait_until_idle(nodes)  # its workers end with it
    before = reports(tmp_path)
    assert 12 <= len(before) <= 16
    for path in before:
        report_of(unpacked(path.read_bytes()))  # whole, or it raises
    told = f"seed-validator: {len(before)} of 24 tasks were in the store\n"
    assert checked(tmp_path, *options) == (code, out, told)
    after = reports(tmp_path)
    assert len(after) == 24
    assert before.items() <= after.items()  # none of them was written again


@needs_ray
def test_nodes_gather_and_compare_the_facts_of_a_merge(
    nodes: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records(tmp_path, tasks=4)
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".store").mkdir()
    code, out, _ = told(store=".store")
    as_if_many(monkeypatch)
    done: list[str] = []
    run = Cluster.run

    def noted(self: Cluster, fn: Any, tasks: Any, limits: Limits) -> Any:
        done.append(getattr(fn, "func", type(fn)).__name__)
        return run(self, fn, tasks, limits)

    monkeypatch.setattr(Cluster, "run", noted)
    assert told(store=".store", merge=True, cluster=nodes.address)[:2] == (code, out)
    assert '"code":"COR001"' in out
    assert done == ["Gathering", "asked"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--engine", "dask"], "`dask` is none of `local`, `ray` and `ray:ADDRESS`"),
        (["--engine", "ray:"], "`ray:` is none of `local`,"),
        (["--engine", "ray:ray://x:1"], "the address is `HOST:PORT`, or `auto`"),
        (["--engine", "ray", "--fix"], "files are fixed on this machine: leave out --engine ray"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, options: list[str], words: str) -> None:
    (tmp_path / "corpus").mkdir()
    code, out, error = checked(tmp_path, *options)
    assert (code, out) == (2, "")
    assert words in error


def test_without_ray_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(UsageError, match=r"needs Ray: pip install 'seed-validator\[ray\]'"):
        list(collected(Cluster("", 2), TASKS))


def test_batches_grow_with_what_is_quick() -> None:
    batches: Batches[Numbers, list[int]] = Batches(Work(iter(TASKS * 4), 64))
    first = batches.next()
    assert first
    assert len(first.pieces) == 1
    batches.done(first, [[1]], seconds=0.001)
    second = batches.next()
    assert second
    assert len(second.pieces) == MOST
    batches.done(second, [[1]] * MOST, seconds=60)
    third = batches.next()
    assert third
    assert len(third.pieces) == 1


def test_batches_forget_how_long_the_first_ones_took() -> None:
    batches: Batches[Numbers, list[int]] = Batches(Work(iter(TASKS * 20), 256))
    sizes = []
    for seconds in (2.0, 2.0, *[0.01] * 10):  # two workers that load what they need
        batch = batches.next()
        assert batch
        sizes.append(len(batch.pieces))
        batches.done(batch, [[1]] * sizes[-1], seconds * sizes[-1])
    assert sizes[:3] == [1, 1, 1]
    assert sizes[-1] == MOST


def test_who_was_not_alone_is_not_blamed() -> None:
    """What a worker has said last can be lost when the next batch kills it."""
    actors: ray_actors.Actors[str] = ray_actors.Actors.__new__(ray_actors.Actors)
    actors._ray, actors._jobs, actors.deaths = SimpleNamespace(kill=lambda handle: None), 2, 0
    failed = Failed("killed", "it died")
    for names, blamed in ((["a", "b"], [None, None]), (["a"], [failed])):
        calls = deque(ray_actors._Call(name, None) for name in names)
        actor = ray_actors.Actor(None, None, calls)
        actors._actors = [actor]
        lost = [*actors._end(actor, failed)]
        assert [(one.batch, one.failed) for one in lost] == [*zip(names, blamed, strict=True)]


def test_what_may_be_to_blame_gets_a_worker_for_itself() -> None:
    batches: Batches[Numbers, list[int]] = Batches(Work(iter(TASKS), 64))
    batch = batches.next()
    assert batch is not None
    batches.put_back(batch)
    assert batches.next(beside=True) is None
    assert batches.next() is batch
    actors: ray_actors.Actors[Any] = ray_actors.Actors.__new__(ray_actors.Actors)
    calls = [deque([ray_actors._Call(batch, None, alone)]) for alone in (True, False)]
    actors._actors = [ray_actors.Actor(None, None, one) for one in calls]
    actors._jobs = 2
    assert [*actors.free()] == [actors._actors[1]]
    actors._actors, actors._jobs = [ray_actors.Actor(None, None)], 1
    free = actors.free()
    next(free).calls.append(ray_actors._Call(batch, None, alone=True))
    assert next(free, None) is None  # it has room, and nothing else is put beside
