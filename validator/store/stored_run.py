"""A store as a run uses it: opened for a plan, with the engine that keeps reports in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct

from ..check.plan import Plan
from ..errors import UsageError
from ..file.objects import Objects
from ..file.opening import is_remote
from ..file.walk import Root
from ..run.executors import Executor, Limits, Outcome, R, T
from .envelope import Reused
from .keeping import Keeping
from .merging import Merging
from .plan_digest import Described, described
from .reports import Reports, introduce, store_at
from .task_groups import TaskFacts, grouped

if TYPE_CHECKING:
    from ..check.task_facts import Gathered


class Store(Struct, frozen=True):
    """The reports of one plan in a directory."""

    path: str
    folder: Objects
    plan: Described
    reports: Reports

    def engine(self, plan: Plan, spool: str) -> Keeping:
        """The engine that takes reports from the store, and keeps those that it makes."""
        return Keeping(plan, spool, self.path, self.plan.digest)

    def gather(
        self, plan: Plan, tasks: Sequence[TaskFacts], executor: Executor, ahead: int
    ) -> Iterator[str]:
        """Gather the keys of these tasks; gives the name of each index. Raises UsageError."""
        from ..check.task_facts import keyed_of  # where documents are many
        from .gathering import Gathering, gather

        if keyed_of(plan):
            made = Gathering(plan, self.path, self.plan.digest)
            yield from gather(made, grouped(tasks), executor, ahead)

    def gathered(self, plan: Plan, executor: Callable[[], Executor], ahead: int) -> Gathered:
        """The keys of the tasks of a merge. Raises UsageError if objects of keys are damaged."""
        from .gathered import GatheredKeys  # where a rule asks for keys

        found = GatheredKeys(plan, self.folder, self.plan.digest, executor, ahead)
        found.verify()
        return found

    def merging(self) -> Merging:
        """An object to use in place of an executor: it gives the reports in the store."""
        return Merging(self.reports, self.folder, self.plan)


def store_of(path: str, plan: Plan, roots: Sequence[Root], *, make: bool) -> Store:
    """The store in the directory `path` for a plan; with `make`, it is made if it is not there.

    Raises UsageError where it cannot be used, or where the run would check the store itself.
    """
    _must_be_outside(path, roots)
    folder = store_at(path, make=make)
    told = described(plan)
    if make:
        introduce(folder, told)
    return Store(path, folder, told, Reports(folder, plan, told.digest))


def _must_be_outside(path: str, roots: Sequence[Root]) -> None:
    """Raises UsageError for a store in a directory that is checked, unless it is hidden there."""
    if is_remote(path):
        url = next((root.path for root in roots if f"{path}/".startswith(root.path)), None)
        if url is not None:
            raise UsageError(f"the store `{path}` is below `{url}`, which is checked: name another")
        return
    real = os.path.realpath(path)
    for root in roots:
        if is_remote(root.path):
            continue
        base = os.path.realpath(root.path)
        below = os.path.relpath(real, base).split(os.sep)
        is_hidden = any(part.startswith(".") for part in below) and below != ["."]
        if root.is_folder and below[0] != os.pardir and not is_hidden:
            raise UsageError(
                f"the store `{path}` is in `{root.path}`, which is checked: name a directory "
                "elsewhere, or a hidden one, such as `.store`"
            )


class Counting:
    """An executor that counts the tasks, and those whose reports were in the store."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self.tasks = self.reused = 0

    def run(
        self, fn: Callable[[T], R], tasks: Iterable[T], limits: Limits
    ) -> Generator[Outcome[T, R], None, None]:
        """See `Executor`."""
        with closing(self._executor.run(fn, tasks, limits)) as given:
            for outcome in given:
                self.tasks += 1
                self.reused += all(isinstance(result, Reused) for _, result in outcome.results)
                yield outcome
