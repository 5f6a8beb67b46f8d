"""The engine that fixes what it finds: each worker mends the files of its own parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..check.exact import Diagnosed
from ..check.fast import Known
from ..check.plan import Part, Plan
from ..check.stages import Stages
from ..check.worker import Engine
from ..file.replacing import sweep_folder, sync_folder
from ..model import Flaw, Report
from .fixer import Fixer, Task
from .wanted import Fixing


class FixingEngine(Engine):
    """Checks parts, fixes their files, and reports what is left."""

    def __init__(self, plan: Plan, spool: str = "", fixing: Fixing | None = None) -> None:
        super().__init__(plan, spool)
        self._fixing = fixing or Fixing()
        self._fixers: dict[int, Fixer] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[object, ...]]:
        return FixingEngine, (self._plan, self._spool, self._fixing)

    def check(self, part: Part) -> Report:
        """The report of a part; its files are fixed then."""
        if self._fixing.write:
            sweep_folder(part.folder)
        report = super().check(part)
        if report.fixed and self._fixing.write:
            sync_folder(part.folder)
        return report

    def diagnose(
        self, stages: Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """What is left to be said of a file, and the digest of its content if it is wanted."""
        found, digest = super().diagnose(stages, part, name, head, known)
        if isinstance(head, Flaw):
            return found, digest
        if part.profile not in self._fixers:
            self._fixers[part.profile] = Fixer(self._plan, part.profile, stages, self._fixing)
        fixer, task = self._fixers[part.profile], Task(part, name, head)
        if not fixer.wanted(found, task.file):
            return found, digest
        return fixer.fixed(task, found) or (found, digest)


def engine_for(fixing: Fixing) -> Callable[[Plan, str], Engine]:
    """What makes the engine of a run that fixes."""
    return partial(_made, fixing)


def _made(fixing: Fixing, plan: Plan, spool: str) -> Engine:
    return FixingEngine(plan, spool, fixing)
