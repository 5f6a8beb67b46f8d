"""The engine that fixes what it finds: each worker fixes the files of its own parts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec.structs import replace

from ..check.fast import Known
from ..check.plan import Beside, Part, Plan
from ..check.stages import Stages
from ..check.worker import Engine, Flock
from ..delimiters.division import sidecar_form
from ..file.compression import packing_of
from ..file.replacing import finish_all, sweep_folder, sync_folder
from ..model import Diagnostic, Fixed, Flaw, Report
from .wanted import Fixing

if TYPE_CHECKING:  # clean files need nothing of that
    from ..check.corpus_fixes import CorpusMended, CorpusMender
    from ..check.exact import Diagnosed
    from .fixer import Fixer, Held
    from .task import Done, Said, Task

F = TypeVar("F")

_MOST: Final = 1 << 22
"""Bytes in memory at most of files that wait to be written."""

_MANY: Final = 128
"""Files at most that wait to be written, each of them open."""


class FixingEngine(Engine):
    """Checks parts, fixes their files, and reports what is left.

    It keeps the new content of fixed sidecars, by path, until their part is checked.
    """

    def __init__(self, plan: Plan, spool: str = "", fixing: Fixing | None = None) -> None:
        super().__init__(plan, spool)
        self._fixing = fixing or Fixing()
        self._fixers: dict[tuple[object, int], Any] = {}
        self._wanted: list[tuple[Task, Diagnosed]] = []
        self._beside: dict[bytes, tuple[bytes, list[Fixed]]] = {}
        self._waiting: dict[bytes, Done] = {}
        self._settled: dict[bytes, Said] = {}
        self._held = 0
        self._swept: bytes | None = None

    def __reduce__(self) -> tuple[type[Engine], tuple[object, ...]]:
        return FixingEngine, (self._plan, self._spool, self._fixing)

    def check(self, part: Part) -> Report:
        """Fix the files of a part; its report afterwards."""
        if self._fixing.write and part.folder != self._swept:
            sweep_folder(part.folder)
            self._swept = part.folder  # once: a large directory comes in many parts
        self._beside = {}
        try:
            report = super().check(part)
        finally:
            self._drop()
        if self._beside:
            beside = (one for _, several in self._beside.values() for one in several)
            every = (*report.fixed, *beside)
            report = replace(report, fixed=tuple(sorted(every, key=lambda one: one.path)))
        if report.fixed and self._fixing.write:
            sync_folder(part.folder)
        return report

    @property
    def of_members(self) -> Engine:
        """See `Engine`: members of an archive are not fixed."""
        return Engine(self._plan, self._spool)

    @property
    def of_corpus(self) -> CorpusMender | None:
        """See `Engine`: all fixes of the corpus are unsafe, as they infer what was meant."""
        return self._mended_in_corpus if self._fixing.unsafe else None

    def _mended_in_corpus(self, part: Part, found: Sequence[Diagnostic]) -> CorpusMended:
        from .corpus_fixer import CorpusFixer  # few runs make unsafe fixes

        return self._kept(CorpusFixer, part.profile).mended(part, found)

    def diagnose(
        self, stages: Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """See `Engine`; a file with something to fix is put on the list `_wanted`."""
        found, digest = super().diagnose(stages, part, name, head, known)
        if isinstance(head, Flaw):
            return found, digest
        from .task import Task

        found, task = self._with_sidecar(stages, Task.of(part, name, head), found)
        if self._fixer(part.profile).wanted(found, task.file):
            self._wanted.append((task, found))
        return found, digest

    def _fixer(self, profile: int) -> Fixer:
        from .fixer import Fixer

        return self._kept(Fixer, profile)

    def _kept(self, kind: Callable[[Plan, int, Stages, Fixing], F], profile: int) -> F:
        """The fixer of this kind for a profile, made when it is first asked for."""
        key = kind, profile
        if key not in self._fixers:
            self._fixers[key] = kind(self._plan, profile, self.stages(profile), self._fixing)
        found: F = self._fixers[key]
        return found

    def _with_sidecar(self, stages: Stages, task: Task, found: Diagnosed) -> tuple[Diagnosed, Task]:
        """The findings of a file, and its task, after its sidecar (if it has one) was fixed."""
        if not sidecar_form(stages.bound.settings):
            return found, task
        from .sidecar_fixer import SidecarFixer  # few profiles have them

        fixer = self._kept(SidecarFixer, task.part.profile)
        path = fixer.path_of(task.path)
        if path in self._beside:  # with another document of this part
            data = self._beside[path][0]
            task = replace(task, file=replace(task.file, beside=Beside(data)))
            pages = stages.salvage.exact.pages(task.path, None, packing_of(task.name))
            found = stages.salvage.diagnose(task.file, pages)
        done = fixer.fixed(task, found)
        if done is None:
            return found, task
        if done.fixed is not None and done.file.beside.data is not None:
            every = [*self._beside.get(path, (b"", []))[1], done.fixed]
            self._beside[path] = done.file.beside.data, every
        return done.found, replace(task, file=done.file)

    def _fix(self) -> None:
        """Fix the files on the list. Those that are in memory already are fixed together.

        A file with several names (links) is written at once, since it may come again by another.
        """
        wanted, self._wanted = self._wanted, []
        plain: list[Held] = []
        for task, found in wanted:
            fixer = self._fixer(task.part.profile)
            held = fixer.plain(task, found)
            if held is not None:
                plain.append(held)
                continue
            self._begin(plain)
            plain = []
            self._fix_again(fixer, task, found)
        self._begin(plain)

    def _begin(self, files: Sequence[Held]) -> None:
        """Fix files; their new bytes wait to be written together with those of others."""
        if files:
            fixer = self._fixer(files[0].task.part.profile)
            for file, done in zip(files, fixer.fixed(files), strict=True):
                self._take(file.task, done)

    def _fix_again(self, fixer: Fixer, task: Task, found: Diagnosed) -> None:
        """Fix a file that must be read again: a large one, or one that has several names."""
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
        """Put all waiting files into their places; where that fails, the report of one differs."""
        self._held = 0
        whys = finish_all([one.written for one in self._waiting.values() if one.written])
        for (name, done), why in zip(self._waiting.items(), whys, strict=True):
            self._settled[name] = done.settled(why)
        self._waiting = {}

    def settled(self, flocks: Iterator[Flock]) -> Iterator[Flock]:
        """The flocks with their files fixed; many are written together: one wait for the disk."""
        held: list[Flock] = []
        size = 0
        for flock in flocks:
            self._fix()
            held.append(flock)
            size += sum(len(head) for head in flock.heads if isinstance(head, bytes))
            if not self._waiting or size > _MOST:
                yield from self._told(held)
                held, size = [], 0
        yield from self._told(held)

    def _told(self, flocks: list[Flock]) -> Iterator[Flock]:
        """Write all waiting files; the flocks with what is reported of these afterwards."""
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
    """A function that makes the engine of a run that fixes."""
    return partial(FixingEngine, fixing=fixing)
