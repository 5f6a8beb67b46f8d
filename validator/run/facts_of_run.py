"""The facts of a run: the directory for those of workers, and the stage that asks them in the end.

Most runs need no facts, and whether a profile that needs some has files is known only when these
come. So the stage begins with the first file whose profile asks for facts, and the directory is
made for the first file that may have many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..check.fact_plan import fact_plan
from ..check.plan import Bound, Part, Plan
from ..file.temporary import TemporaryFolder
from ..model import Diagnostic, Report
from ..rules.catalog import catalog

if TYPE_CHECKING:
    from ..check.corpus_fixes import CorpusMender
    from ..check.corpus_stage import CorpusStage
    from ..check.task_facts import Gathered


class FactsOfRun:
    """Takes in the facts of the reports of a run, in order; `close` removes temporary files."""

    def __init__(self, plan: Plan, gathered: Gathered | None = None) -> None:
        self._plan, self._gathered = plan, gathered
        self._folder = TemporaryFolder(later=True)
        self.stage: CorpusStage | None = None  # None until it is needed
        self._mender: CorpusMender | None = None
        early = (_speaks_without_files(one) and fact_plan(one).names for one in plan.profiles)
        self._is_early = gathered is not None or any(early)  # gathered keys: of all tasks

    @property
    def folder(self) -> str:
        """The directory for facts of workers; it is made before the first file with many."""
        return self._folder.path

    def mend_with(self, mender: CorpusMender) -> None:
        """Have each file with a corpus finding that has a fix mended, before that is told."""
        self._mender = mender

    def watch(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Parts on their way to the workers. Raises UsageError where there is no room."""
        for part in parts:
            if any(fact_plan(bound).rows for bound in self._profiles_of(part)):
                self._folder.make()
            yield part

    def add(self, part: Part, report: Report) -> bool:
        """Take in the facts of a part. True if corpus findings about its files are possible."""
        is_asked = self.stage or any(fact_plan(one).names for one in self._profiles_of(part))
        if not (is_asked or self._is_early):
            return False
        self._begun().add(part, report)
        return True

    def resolve(self) -> Iterator[Diagnostic]:
        """The findings about the corpus, by path, offset and code."""
        return self._begun().resolve() if self.stage or self._is_early else iter(())

    def close(self) -> None:
        """Give the room on the disk back."""
        if self.stage:
            self.stage.close()
        self._folder.close()

    def _begun(self) -> CorpusStage:
        """The stage, made at the first call."""
        if self.stage is None:
            from ..check.corpus_stage import CorpusStage

            self.stage = CorpusStage(self._plan, gathered=self._gathered, mender=self._mender)
        return self.stage

    def _profiles_of(self, part: Part) -> Iterable[Bound]:
        """The profiles that the files of a part may have; members of an archive have any."""
        return self._plan.profiles if part.is_archive else (self._plan.profiles[part.profile],)


def _speaks_without_files(bound: Bound) -> bool:
    """Whether a profile may have findings about the corpus even if it has no file.

    Options of a built-in profile that were not read yet ask only about documents that exist.
    """
    settings = bound.settings
    return any(
        key in settings.values and not settings.waits(key)
        for entry in catalog().entries.values()
        if entry.shape == "corpus" and entry.code in bound.rules
        for key in entry.asks or ()
    )
