"""An engine that keeps its reports in a store, and takes those that are valid out of it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from typing import Final

from msgspec import Raw
from msgspec.structs import replace

from ..check.muting import BY_COMMENT, HYGIENE
from ..check.plan import Blocks, FileRange, Part, Plan
from ..check.stretches import RangeReport
from ..check.worker import Engine
from ..file.portions import Version
from ..file.reading import SMALL
from ..file.temporary import blocks_of, put_away
from ..model import Flaw, Report, Unchecked
from .contents import content_of_head, contents_of, stamp_of
from .envelope import Kept, Reused
from .reports import Problem, Reports, objects_at
from .task_groups import TaskFacts

ACCIDENTS: Final = frozenset({"unchecked-file", "link-as-text"})
"""Rules whose findings depend on more than the bytes of the files that were read."""

UNREADABLE: Final = "unreadable-file"
"""One more such rule for objects in storage, which may have been refused or cut off for a time."""


class Keeping(Engine):
    """An engine with a store. Pickles as its plan and the place of the store."""

    def __init__(self, plan: Plan, spool: str, store: str, of_plan: bytes) -> None:
        super().__init__(plan, spool)
        self._store, self._of_plan = store, of_plan
        self._folder = objects_at(store)
        self._reports = Reports(self._folder, plan, of_plan)
        self._today = plan.today.isoformat()
        self._ahead: int | None = None
        self._contents: dict[bytes, bytes] = {}
        self._again = False

    def __reduce__(self) -> tuple[type[Engine], tuple[object, ...]]:
        return Keeping, (self._plan, self._spool, self._store, self._of_plan)

    def check(self, part: Part) -> Report:
        """The report of a part: the valid one in the store, or a new one, which is kept there."""
        found = self._reports.find(part)
        if isinstance(found, Problem) or found.kept.again:
            return self._checked(part, part)
        report = taken(self._reports, found.kept, self._spool)
        if isinstance(report, Problem):
            return self._checked(part, part)
        if found.was_read:  # next time the stamps of today are enough
            stamp = stamp_of(part, self._reports.inputs(part)).at(self._now())
            if stamp:
                self._reports.refresh(replace(found.kept, stamp=stamp))
        return report

    @property
    def of_members(self) -> Engine:
        """See `Engine`. The facts of members are a part of the report."""
        return Engine(self._plan)

    def prepare(self, task: FileRange | Blocks) -> RangeReport:
        """See `Engine`. The report on a range is empty if the report of the file is valid."""
        if isinstance(task, Blocks) or task.beside:
            return super().prepare(task)
        found = self._reports.find(task.part)
        holds = not isinstance(found, Problem) and not found.kept.again
        return RangeReport(Version(-1, 0, 0)) if holds else super().prepare(task)

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """See `Engine`. The report is kept so that the next run checks the part again."""
        self._again = True
        try:
            return self._checked(part, replace(part, odd=dict.fromkeys(part.names, failure)))
        finally:
            self._again = False

    def facts_of(self, part: Part, report: Report) -> TaskFacts:
        """The record by which the facts of a part, with this report, are found again."""
        return TaskFacts.of(self._reports.task(part), part, report)

    def heads(self, part: Part, names: Sequence[bytes]) -> list[bytes | Flaw]:
        """See `Engine`. Digests of small files are made of the very bytes that are checked."""
        found = super().heads(part, names)
        for name, head in zip(names, found, strict=True):
            if isinstance(head, bytes) and len(head) < SMALL and part.versions is None:
                self._contents[name] = content_of_head(part.folder + name, head)
        return found

    def _checked(self, part: Part, seen: Part) -> Report:
        """Check the part `seen`, and keep its report for `part` unless a file changed meanwhile."""
        names = self._reports.inputs(part)
        self._contents = {}
        now, before = self._now(), stamp_of(part, names)
        report = super().check(seen)
        contents = contents_of(part, names, self._contents)
        read_twice = len(self._contents) < len(names)
        if not read_twice or stamp_of(part, names) == before:
            self._keep(part, report, before.at(now), contents)
        return report

    def _keep(self, part: Part, report: Report, stamp: bytes, contents: bytes) -> None:
        found = report.diagnostics
        dated = report.muted.get(BY_COMMENT) or any(one.code in HYGIENE for one in found)
        accidents = ACCIDENTS if part.versions is None else ACCIDENTS | {UNREADABLE}
        kept = Kept(
            plan=self._of_plan,
            task=self._reports.task(part),
            stamp=stamp,
            contents=contents,
            report=Raw(b""),
            day=self._today if dated else "",
            again=self._again or any(one.name in accidents for one in found),
        )
        chunks = (b"".join(blocks_of(path)) for path in report.chunks)
        self._reports.keep(kept, report, chunks)

    def _now(self) -> int:
        """The time on the disk of the store in ns, to see which files are too new for a stamp.

        The disk is asked only once, so that a clock that is changed later does no harm.
        """
        if self._ahead is None:
            self._ahead = self._folder.clock() - time.monotonic_ns()
        return self._ahead + time.monotonic_ns()


def taken(reports: Reports, kept: Kept, spool: str) -> Reused | Problem:
    """A report out of the store; its chunks of facts are written into the directory `spool`."""
    report = reports.read(kept)
    if isinstance(report, Problem) or not report.chunks:
        return report
    if not spool:  # facts are not needed
        return replace(report, chunks=())
    paths = []
    for at, name in enumerate(report.chunks):
        data = reports.chunk(name)
        if isinstance(data, Problem):
            return data
        paths.append(os.path.join(spool, f"{os.getpid()}-{kept.task.hex()}-{at}"))
        put_away(paths[-1], data)
    return replace(report, chunks=paths)
