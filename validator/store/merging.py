"""Takes the reports of all tasks out of a store, in order, whichever process has checked them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any

from msgspec import Struct

from ..check.plan import Part
from ..errors import UsageError
from ..file.objects import Objects
from ..run.executors import Limits, Outcome, R, T
from .envelope import Reused
from .keeping import taken
from .plan_digest import Described
from .reports import Holds, Problem, Reports, other_plans


class Verified(Struct, frozen=True):
    """The number of tasks, all with valid reports, and of files that were read to know that."""

    tasks: int
    files_read: int


class Merging:
    """Used in place of an executor: results are taken from the store, not computed."""

    def __init__(self, reports: Reports, store: Objects, plan: Described) -> None:
        self._reports, self._store, self._plan = reports, store, plan
        self.spool = ""

    def verify(self, parts: Iterable[Part]) -> Verified:
        """Make sure that there is a valid report for each of these tasks, before anything is told.

        Raises UsageError for the first report that is damaged, of something else or out of date;
        if there is none, with the number of missing reports.
        """
        tasks = files = lacking = 0
        first = ""
        for part in parts:
            tasks += 1
            for piece, found in self._pieces(part, trusted=False):
                if isinstance(found, Holds):
                    files += found.was_read and len(piece.names)
                elif found.is_missing:
                    lacking += 1
                    first = first or piece.path(piece.names[0])
                else:
                    raise self._refused(piece, found)
        if lacking:
            raise self._lacking(lacking, tasks, first)
        return Verified(tasks, files)

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """See `Executor`. Raises UsageError where a report has gone since `verify`."""
        for number, task in enumerate(tasks):
            yield Outcome(number, tuple(self._results(task)))

    def _results(self, part: Any) -> Iterator[tuple[Any, Any]]:
        for piece, found in self._pieces(part, trusted=True):
            if isinstance(found, Problem):
                raise self._refused(piece, found)
            report: Reused | Problem = taken(self._reports, found.kept, self.spool)
            if isinstance(report, Problem):
                raise self._refused(piece, report)
            yield piece, report

    def _pieces(self, part: Part, *, trusted: bool) -> Iterator[tuple[Part, Holds | Problem]]:
        """A task with its report; or those it was cut into, because a file killed its worker."""
        found = self._reports.find(part, trusted=trusted)
        if isinstance(found, Holds) or not found.is_missing or not self._was_cut(part):
            yield part, found
            return
        for piece in part.split():
            yield from self._pieces(piece, trusted=trusted)

    def _was_cut(self, part: Part) -> bool:
        """Whether the store has a report of the first half of a task, or of a part of that half."""
        pieces = part.split()
        while pieces:
            found = self._reports.find(pieces[0], trusted=True)
            if isinstance(found, Holds) or not found.is_missing:
                return True
            pieces = pieces[0].split()
        return False

    def _refused(self, part: Part, problem: Problem) -> UsageError:
        where = part.path(part.names[0])
        return UsageError(
            f"the report of `{where}` and what follows it, `{self._store.path}/{problem.name}`, "
            f"{problem.words}; {self._check()}, then merge"
        )

    def _lacking(self, lacking: int, tasks: int, first: str) -> UsageError:
        if lacking < tasks:
            return UsageError(
                f"the store `{self._store.path}` lacks the reports of {lacking} of {tasks} tasks, "
                f"the first that of `{first}`: {self._check()} for each shard, then merge"
            )
        told = (plan.differences(self._plan) for plan in other_plans(self._store))
        others: list[list[str]] = [differences for differences in told if differences]
        if not others:
            return UsageError(
                f"the store `{self._store.path}` has no report of these files, the first of which "
                f"is `{first}`. Give `merge` the paths of `check`, or {self._check()}"
            )
        nearest = min(others, key=len)
        return UsageError(
            f"the store `{self._store.path}` has no report of this plan, but of another: "
            f"{'; '.join(nearest)}. Give `merge` the paths and options of `check`"
        )

    def _check(self) -> str:
        return f"run `seed-validator check --store {self._store.path}` with the same options"
