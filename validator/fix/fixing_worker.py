"""The engine that fixes what it finds: each worker mends the files of its own parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from ..check.corpus_fixes import CorpusMended, CorpusMender
from ..check.exact import Diagnosed
from ..check.fast import Known
from ..check.plan import Part, Plan
from ..check.stages import Stages
from ..check.worker import Engine, Flock
from ..file.replacing import sweep_folder, sync_folder
from ..model import Diagnostic, Flaw, Report
from .corpus_fixer import CorpusFixer
from .fixer import Fixer
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
        self._corpus_fixers: dict[int, CorpusFixer] = {}
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

    @property
    def of_corpus(self) -> CorpusMender | None:
        """See `Engine`: all fixes of the corpus infer what was meant."""
        return self._mended_in_corpus if self._fixing.unsafe else None

    def _mended_in_corpus(self, part: Part, found: Sequence[Diagnostic]) -> CorpusMended:
        if part.profile not in self._corpus_fixers:
            stages = self.stages(part.profile)
            fixer = CorpusFixer(self._plan, part.profile, stages, self._fixing)
            self._corpus_fixers[part.profile] = fixer
        return self._corpus_fixers[part.profile].mended(part, found)

    def diagnose(
        self, stages: Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """What is left to be said of a file, and the digest of its content if it is wanted."""
        found, digest = super().diagnose(stages, part, name, head, known)
        if isinstance(head, Flaw):
            return found, digest
        if part.profile not in self._fixers:
            self._fixers[part.profile] = Fixer(self._plan, part.profile, stages, self._fixing)
        fixer, task = self._fixers[part.profile], Task(part, name, head, part.named(name))
        if not fixer.wanted(found, task.file):
            return found, digest
        return self._fixed(fixer, task, found) or (found, digest)

    def _fixed(self, fixer: Fixer, task: Task, found: Diagnosed) -> Said | None:
        """What is said of a file that is fixed, whose new bytes wait for those of others.

        A file that has several names waits for none, since it may come by again.
        """
        by_link = os.path.islink(task.path)
        if by_link:
            self._finish()
        done = fixer.fixed(task, found)
        if done is None or done.written is None:
            return done.said if done else None
        self._waiting[task.name] = done
        self._held += done.held
        many = self._held > _MOST or len(self._waiting) >= _MANY
        if many or by_link or done.written.old.links > 1:
            self._finish()
        return done.said

    def _finish(self) -> None:
        """Let what waits take its place; what is to be said of a file then may be another thing."""
        self._held = 0
        while self._waiting:
            name, done = next(iter(self._waiting.items()))
            self._settled[name] = done.settled()
            del self._waiting[name]

    def settled(self, flocks: Iterator[Flock]) -> Iterator[Flock]:
        """Let many files be written together: one wait for the disk, not one for each."""
        held: list[Flock] = []
        size = 0
        for flock in flocks:
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
        self._waiting, self._settled, self._held = {}, {}, 0


def engine_for(fixing: Fixing) -> Callable[[Plan, str], Engine]:
    """What makes the engine of a run that fixes."""
    return partial(_made, fixing)


def _made(fixing: Fixing, plan: Plan, spool: str) -> Engine:
    return FixingEngine(plan, spool, fixing)
