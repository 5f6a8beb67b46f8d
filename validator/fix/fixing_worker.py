"""The engine that fixes what it finds: each worker mends the files of its own parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from ..check.exact import Diagnosed
from ..check.fast import Known
from ..check.plan import Part, Plan
from ..check.stages import Stages
from ..check.worker import Engine, Flock
from ..file.replacing import finish_all, sweep_folder, sync_folder
from ..model import Flaw, Report
from .fixer import Fixer, Held
from .task import Done, Said, Task
from .wanted import Fixing

_MOST: Final = 1 << 22
"""Bytes in memory of files that wait to be written."""

_MANY: Final = 128
"""Files that wait at most, each of them open."""


class FixingEngine(Engine):
    """Checks parts, fixes their files, and reports what is left."""

    def __init__(self, plan: Plan, spool: str = "", fixing: Fixing | None = None) -> None:
        super().__init__(plan, spool)
        self._fixing = fixing or Fixing()
        self._fixers: dict[int, Fixer] = {}
        self._wanted: list[tuple[Task, Diagnosed]] = []
        self._waiting: dict[bytes, Done] = {}
        self._settled: dict[bytes, Said] = {}
        self._held = 0

    def __reduce__(self) -> tuple[type[Engine], tuple[object, ...]]:
        return FixingEngine, (self._plan, self._spool, self._fixing)

    def check(self, part: Part) -> Report:
        """The report of a part; its files are fixed then."""
        if self._fixing.write:
            sweep_folder(part.folder)
        try:
            report = super().check(part)
        finally:
            self._drop()
        if report.fixed and self._fixing.write:
            sync_folder(part.folder)
        return report

    @property
    def of_members(self) -> Engine:
        """See `Engine`: nothing is changed in an archive."""
        return Engine(self._plan, self._spool)

    def diagnose(
        self, stages: Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """See `Engine`; a file that is to be fixed is kept in mind."""
        found, digest = super().diagnose(stages, part, name, head, known)
        if isinstance(head, Flaw):
            return found, digest
        if part.profile not in self._fixers:
            self._fixers[part.profile] = Fixer(self._plan, part.profile, stages, self._fixing)
        fixer, task = self._fixers[part.profile], Task(part, name, head, part.named(name))
        if fixer.wanted(found, task.file):
            self._wanted.append((task, found))
        return found, digest

    def _fix(self) -> None:
        """Fix what is wanted. The files that are held in memory already are fixed together.

        One that has several names waits for none, since it may come by again.
        """
        wanted, self._wanted = self._wanted, []
        plain: list[Held] = []
        for task, found in wanted:
            fixer = self._fixers[task.part.profile]
            held = fixer.plain(task, found)
            if held is not None:
                plain.append(held)
                continue
            self._begin(plain)
            plain = []
            self._fix_again(fixer, task, found)
        self._begin(plain)

    def _begin(self, files: Sequence[Held]) -> None:
        """Fix files; their new bytes wait for those of others."""
        if files:
            fixer = self._fixers[files[0].task.part.profile]
            for file, done in zip(files, fixer.fixed(files), strict=True):
                self._take(file.task, done)

    def _fix_again(self, fixer: Fixer, task: Task, found: Diagnosed) -> None:
        """Fix a file that must be read again: a large one, one that has several names."""
        by_link = os.path.islink(task.path)
        if by_link:
            self._finish()
        done = fixer.fixed_again(task, found)
        self._take(task, done)
        if by_link or (done and done.written and done.written.old.links > 1):
            self._finish()

    def _take(self, task: Task, done: Done | None) -> None:
        if done is None:
            return
        self._settled[task.name] = done.said
        if done.written is not None:
            self._waiting[task.name] = done
            self._held += done.held
            if self._held > _MOST or len(self._waiting) >= _MANY:
                self._finish()

    def _finish(self) -> None:
        """Let what waits take its place; what is to be said of a file then may be another thing."""
        self._held = 0
        whys = finish_all([one.written for one in self._waiting.values() if one.written])
        for (name, done), why in zip(self._waiting.items(), whys, strict=True):
            self._settled[name] = done.settled(why)
        self._waiting = {}

    def settled(self, flocks: Iterator[Flock]) -> Iterator[Flock]:
        """Let many files be written together: one wait for the disk, not one for each."""
        held: list[Flock] = []
        size = 0
        for flock in flocks:
            self._fix()
            held.append(flock)
            size += sum(map(len, flock.plain.values()))
            if not self._waiting or size > _MOST:
                yield from self._told(held)
                held, size = [], 0
        yield from self._told(held)

    def _told(self, flocks: list[Flock]) -> Iterator[Flock]:
        """The flocks, with what is to be said of their files when all are written."""
        self._finish()
        said, self._settled = self._settled, {}
        for flock in flocks:
            flock.found.update((name, said[name]) for name in flock.found.keys() & said.keys())
            yield flock

    def _drop(self) -> None:
        for one in self._waiting.values():
            if one.written is not None:
                one.written.drop()
        self._wanted, self._waiting, self._settled, self._held = [], {}, {}, 0


def engine_for(fixing: Fixing) -> Callable[[Plan, str], Engine]:
    """What makes the engine of a run that fixes."""
    return partial(_made, fixing)


def _made(fixing: Fixing, plan: Plan, spool: str) -> Engine:
    return FixingEngine(plan, spool, fixing)
