"""The keys of all tasks of a merge: those gathered in the store, and the rest.

The process that checks a shard gathers the keys of its tasks. A merge takes these, has workers
gather the keys that are missing, and has workers ask partition after partition.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial

from ..check.plan import Part, Plan, Undivided
from ..check.task_facts import KeyedOf, keyed_of
from ..corpus.partitions import Question, SortedRun
from ..errors import UsageError
from ..file.objects import Objects
from ..model import Report
from ..run.executors import Executor
from .envelope import Reused
from .facts_object import Index, find_index, indexes, must_be_whole, remove_index, run_of
from .gathering import Gathering, answers, gather
from .task_groups import TaskFacts, grouped


class Partition(Undivided, frozen=True):
    """The task to ask one partition, by its first byte."""

    top: int


def asked(question: Question, partition: Partition) -> bytes:
    """The answers of a partition, joined."""
    return b"".join(question(partition.top))


class GatheredKeys:
    """The keys of the tasks of a merge; see `task_facts.Gathered`."""

    def __init__(
        self,
        plan: Plan,
        objects: Objects,
        of_plan: bytes,
        executor: Callable[[], Executor],
        ahead: int,
    ) -> None:
        self._plan, self._objects, self._of_plan = plan, objects, of_plan
        self._executor, self._ahead = executor, ahead
        self._keys = keyed_of(plan)
        self._sizes = [one.keyed.size for one in self._keys]
        self._tasks: list[TaskFacts] = []
        self._reports: list[bytes] = []
        self._firsts = [(array("q"), array("q")) for _ in plan.profiles]
        self._indexes: list[Index] | None = None
        self._places: dict[bytes, int] = {}

    def verify(self) -> None:
        """Raises UsageError where an index or a piece in the store is damaged or missing."""
        for index in indexes(self._objects, self._of_plan, self._sizes):
            must_be_whole(self._objects, index)

    def begin(self, part: Part, report: Report, firsts: Sequence[tuple[int, int]]) -> None:
        """See `Gathered`."""
        assert isinstance(report, Reused)
        self._places[report.task] = len(self._tasks)
        self._tasks.append(TaskFacts.of(report.task, part, report))
        self._reports.append(report.key)
        for known, numbers in zip(self._firsts, firsts, strict=True):
            for one, number in zip(known, numbers, strict=True):
                one.append(number)

    def runs(self, keyed: KeyedOf) -> Sequence[SortedRun]:
        """See `Gathered`."""
        kind = self._keys.index(keyed)
        if self._indexes is None:
            self._indexes = self._all()
        return [*self._runs(self._indexes, kind, self._firsts[keyed.profile][keyed.of_files])]

    def _runs(
        self, every: Sequence[Index], kind: int, numbers: Sequence[int]
    ) -> Iterator[SortedRun]:
        for index in every:
            firsts = array("q", (numbers[self._places[task]] for task in index.tasks))
            for piece, sections in enumerate(index.pieces):
                if sections[kind].bounds[-1]:
                    yield run_of(self._objects, index, piece, kind, firsts)

    def _all(self) -> list[Index]:
        """Indexes that have every task once: those in the store, and new ones for the rest.

        Indexes of reports that have changed since are removed.
        """
        covered: set[int] = set()
        found = []
        for index in indexes(self._objects, self._of_plan, self._sizes):
            places = [self._places.get(task, -1) for task in index.tasks]
            if self._holds(index, places) and covered.isdisjoint(places):
                covered.update(places)
                found.append(index)
            elif any(
                at >= 0 and self._reports[at] != report
                for at, report in zip(places, index.reports, strict=True)
            ):
                remove_index(self._objects, index)
        rest = [task for at, task in enumerate(self._tasks) if at not in covered]
        made = Gathering(self._plan, self._objects.path, self._of_plan)
        for name in gather(made, grouped(rest), self._executor(), self._ahead):
            new = find_index(self._objects, name, self._sizes) if name else None
            places = [self._places.get(task, -1) for task in new.tasks] if new else []
            if new is None or not self._holds(new, places):
                raise UsageError(
                    f"reports in the store `{self._objects.path}` have changed while they were "
                    "merged: run the same command again"
                )
            covered.update(places)
            found.append(new)
        assert len(covered) == len(self._tasks)
        return found

    def _holds(self, index: Index, places: Sequence[int]) -> bool:
        """Whether an index is of tasks of this merge, with the reports that they have now."""
        told = zip(places, index.reports, strict=True)
        return places == sorted(set(places)) and all(
            at >= 0 and self._reports[at] == report for at, report in told
        )

    def ask(self, question: Question) -> Iterator[bytes]:
        """See `partitions.Ask`."""
        partitions = map(Partition, question.tops)
        waiting: dict[int, bytes] = {}
        due, size = 0, question.size
        executor, ask = self._executor(), partial(asked, question)
        with closing(answers(executor, ask, partitions, self._ahead, "compared")) as every:
            for number, found in every:
                waiting[number] = found
                while due in waiting:
                    data = waiting.pop(due)
                    yield from (data[at : at + size] for at in range(0, len(data), size))
                    due += 1
