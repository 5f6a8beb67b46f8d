"""Runs with a store: a shard of a run, or the output of all reports in the store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..check.fact_plan import fact_plan
from ..check.plan import Part, Plan
from ..check.worker import Engine
from ..errors import UsageError
from ..file.file_urls import local_path
from ..file.temporary import TemporaryFolder
from ..model import Totals
from ..run.executors import Executor
from ..run.request import Prepared
from ..run.workers import Workers, executor_of
from ..store.shard import done, shard_of
from ..store.stored_run import Counting, store_of
from ..store.task_groups import MANY, TaskFacts

if TYPE_CHECKING:
    from ..check.task_facts import Gathered
    from .check_request import Request
    from .outputs import Streams
    from .progress import Progress


def must_fit(request: Request) -> None:
    """Raises UsageError for options that do not go with a store."""
    if request.store is None:
        raise UsageError("--shard is a part of the work for a store: give --store, too")
    if request.fixes.fixes:
        raise UsageError("a store keeps reports of files as they are: leave out --fix or --store")
    if request.is_stdin:
        raise UsageError("standard input is checked each time: leave out --store")
    if request.shard and (request.since is not None or request.staged):
        raise UsageError("a shard is of all files; give --since or --staged to `merge`")


class Stored:
    """A run with a store: the executor and engine of the run; a message about what was reused."""

    def __init__(self, request: Request, streams: Streams, prepared: Prepared, plan: Plan) -> None:
        """Raises UsageError where the store cannot be used."""
        self._asked, self._streams, self._prepared, self._plan = request, streams, prepared, plan
        place = local_path(request.store or "")
        self._store = store_of(place, plan, prepared.roots, make=not request.merge)
        self._merging = self._store.merging()
        self._counting: Counting | None = None
        self._tasks: dict[int, tuple[TaskFacts, ...]] = {}
        self._reused = 0
        self._gathered: Gathered | None = None

    def _engine(self, plan: Plan, spool: str) -> Engine:
        """Makes the engine of the run."""
        self._merging.spool = spool
        return self._store.engine(plan, spool) if self._counting else Engine(plan, spool)

    def for_run(self, progress: Progress | None) -> dict[str, Any]:
        """The arguments of the run that depend on the store; work that must come first is done.

        Raises UsageError if the store does not have what is asked for.
        """
        executor = self._executor(progress)
        return {"executor": executor, "engine": self._engine, "gathered": self._gathered}

    def _executor(self, progress: Progress | None) -> Executor:
        """The executor from which the run gets its reports."""
        asked = self._asked
        if asked.merge:
            verified = self._merging.verify(self._prepared.begin()[1])
            self._gather_at_the_end()
            if verified.files_read:
                self._tell(
                    f"{_count(verified.files_read, 'file')} were read again, as their times do not "
                    "tell that they are as they were"
                )
            return self._merging
        if asked.workers.cluster is not None:  # its nodes write to the store; it is merged here
            self._do(self._prepared.begin()[1], progress)
            self._gather_at_the_end()
            return self._merging
        self._counting = Counting(executor_of(asked.workers))
        return self._counting

    def _gather_at_the_end(self) -> None:
        """Let the run gather the keys of all tasks at its end, if rules need facts."""
        if _asks_for_facts(self._plan):
            ahead = self._asked.workers.ahead
            self._gathered = self._store.gathered(self._plan, self._hands, ahead)

    def _hands(self) -> Executor:
        """The executor for work on the store: nodes of a cluster, or processes of this machine.

        A cluster made for this run alone is on this machine: then its processes are used.
        """
        workers = self._asked.workers
        return executor_of(Workers(workers.jobs, cluster=workers.cluster or None))

    def shard(self, parts: Iterable[Part], progress: Progress | None) -> int:
        """Check a shard of these parts; the reports go to the store only. The exit code."""
        shard = shard_of(self._asked.shard or "")
        files = self._do(shard.parts(parts), progress)
        if not self._streams.stop.number:
            self._gather()
        if not self._streams.stop.number:
            self._tell(
                f"shard {shard}: {_count(len(self._tasks), 'task')}, {self._reused} of them in the "
                f"store already; {_count(files, 'file')}. When all shards are done, `merge` tells "
                "what was found"
            )
        return self._streams.stop.code if self._streams.stop.number else 0

    def _do(self, parts: Iterable[Part], progress: Progress | None) -> int:
        """Check parts and keep their reports in the store; the number of files."""
        totals = Totals()
        workers = self._asked.workers
        executor = executor_of(workers)
        parts = progress.watch(parts) if progress else parts
        with TemporaryFolder() as folder:
            engine = self._store.engine(self._plan, folder.path if workers.cluster is None else "")
            every = done(engine, parts, executor, workers.timeout, workers.ahead)
            for one in self._streams.stop.until_then(every):
                self._tasks[one.number] = one.tasks
                self._reused += one.reused
                totals += one.totals
                if progress:
                    progress(totals, one.last)
        if progress:
            progress.clear()
        self._tell_if_stopped()
        return totals.files

    def _gather(self) -> None:
        """Gather the keys of the tasks of a shard, if there are many."""
        tasks = [task for number in sorted(self._tasks) for task in self._tasks[number]]
        many = sum(task.documents for task in tasks) >= MANY
        if many and _asks_for_facts(self._plan):
            ahead = self._asked.workers.ahead
            made = self._store.gather(self._plan, tasks, self._hands(), ahead)
            for _ in self._streams.stop.until_then(made):
                pass
            self._tell_if_stopped()

    def _tell_if_stopped(self) -> None:
        if self._streams.stop.number:
            kept = _count(len(self._tasks), "report")
            self._tell(f"{self._streams.stop.words}; {kept} are kept")

    def tell(self) -> None:
        """Print how many tasks of a run were in the store already."""
        counted = self._counting
        tasks = counted.tasks if counted else len(self._tasks)
        reused = counted.reused if counted else self._reused
        if reused:
            self._tell(f"{reused} of {_count(tasks, 'task')} were in the store")

    def _tell(self, words: str) -> None:
        if not self._asked.tells_findings_only:
            self._streams.err.write(f"seed-validator: {words}\n")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _asks_for_facts(plan: Plan) -> bool:
    return any(fact_plan(bound).names for bound in plan.profiles)
