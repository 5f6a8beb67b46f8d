"""Gathers the keys of facts from reports in the store: the function of a worker, and its tasks."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing

from ..check.fact_plan import fact_plan
from ..check.plan import Plan
from ..check.task_facts import facts_of, keyed_of, told_by
from ..corpus.external_sort import Scratch
from ..corpus.fact_rows import columns_of
from ..corpus.fact_store import Keys, Ledger
from ..corpus.partitions import local
from ..errors import UsageError
from ..run.executors import Executor, Failed, Limits, R, T
from .envelope import Kept, Reused, report_key
from .facts_object import Index, Pieces, find_index, index_name, must_be_whole, put_index
from .reports import Problem, Reports, objects_at
from .task_groups import Group, TaskFacts


class Gathering:
    """Gathers the keys of a group of tasks into the store. Pickles as its arguments."""

    def __init__(self, plan: Plan, store: str, of_plan: bytes) -> None:
        self._plan, self._store, self._of_plan = plan, store, of_plan
        self._reports = Reports(objects_at(store), plan, of_plan)
        self._keys = keyed_of(plan)
        self._sizes = [one.keyed.size for one in self._keys]
        self._wanted = {one.profile for one in self._keys}

    def __reduce__(self) -> tuple[type[Gathering], tuple[object, ...]]:
        return Gathering, (self._plan, self._store, self._of_plan)

    def __call__(self, group: Group) -> str:
        """Gather a group, unless that was done. Gives the name of its index.

        The name is empty if there is no report of the group. Raises UsageError for a report that
        cannot be read.
        """
        objects, kept = self._reports.objects, [*self._kept(group)]
        tasks = tuple(one.task for _, one in kept)
        reports = tuple(report_key(one) for _, one in kept)
        name = index_name(self._of_plan, tasks, reports)
        try:
            found = find_index(objects, name, self._sizes)
            if found:
                must_be_whole(objects, found)
        except UsageError:  # it is written anew
            found = None
        if found or not kept:
            return name if kept else ""
        pieces = Pieces(objects, name, self._sizes)
        for at, (task, one) in enumerate(kept):
            self._take(pieces, at, task, one)
        put_index(objects, Index(self._of_plan, tasks, reports, pieces.end()))
        return name

    def _kept(self, group: Group) -> Iterator[tuple[TaskFacts, Kept]]:
        """The tasks of a group that have a report, each with it."""
        for task in group.tasks:
            found = self._reports.stored(task.task)
            if not isinstance(found, Problem):
                yield task, found

    def _take(self, pieces: Pieces, at: int, task: TaskFacts, kept: Kept) -> None:
        """Add the keys of a task to the pieces; `at` is the index of the task, from 0."""
        report = self._reports.read(kept)
        if isinstance(report, Problem):
            raise _unreadable(report)
        scratch = Scratch()
        try:
            ledgers = self._ledgers(task, report, scratch)
            for kind, (profile, keyed) in enumerate((one.profile, one.keyed) for one in self._keys):
                if profile in ledgers:
                    facts = facts_of(self._plan, profile, ledgers[profile])
                    for records in facts.records(keyed, local(at, 0)):
                        pieces.take(kind, [*records])
        finally:
            scratch.close()

    def _ledgers(self, task: TaskFacts, report: Reused, scratch: Scratch) -> dict[int, Ledger]:
        """The facts of a task, by profile."""
        ledgers: dict[int, Ledger] = {}
        for told in told_by(task.part, report):
            if told.profile not in self._wanted:
                continue
            if told.profile not in ledgers:
                names = fact_plan(self._plan.profiles[told.profile]).names
                ledgers[told.profile] = Ledger(names, scratch)
            ledgers[told.profile].add(told, self._chunk)
        return ledgers

    def _chunk(self, name: str) -> Sequence[Keys]:
        data = self._reports.chunk(name)
        if isinstance(data, Problem):
            raise _unreadable(data)
        return columns_of(data)


def _unreadable(problem: Problem) -> UsageError:
    return UsageError(
        f"the report `{problem.name}` in the store {problem.words}; run `check` with the same "
        "options, then merge"
    )


def gather(
    gathering: Gathering, groups: Iterable[Group], executor: Executor, ahead: int
) -> Iterator[str]:
    """The names of the indexes of groups, as they are done. Raises UsageError."""
    with closing(answers(executor, gathering, groups, ahead, "gathered")) as every:
        yield from (name for _, name in every)


def answers(
    executor: Executor, ask: Callable[[T], R], tasks: Iterable[T], ahead: int, what: str
) -> Generator[tuple[int, R], None, None]:
    """The result of `ask` for each task, with the number of the task, as they come.

    Raises UsageError if a worker died; its message has `what` the worker did with the facts.
    """
    with closing(executor.run(ask, tasks, Limits(ahead))) as outcomes:
        for outcome in outcomes:
            for _, result in outcome.results:
                if isinstance(result, Failed):
                    raise UsageError(
                        f"a worker that {what} facts did not come to its end: {result.reason}; "
                        "run the same command with fewer --jobs, or with more memory"
                    )
                yield outcome.number, result
