"""A run: paths in, findings out, in one order whatever the number of workers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ..check.corpus_stage import CorpusStage
from ..check.plan import Part, Plan
from ..check.worker import Engine
from ..file.passed_by import PassedBy
from ..file.walk import Walk
from ..model import Diagnostic, Report, Severity, Summary, Totals, Unchecked
from .executors import Executor, Failed, Outcome
from .executors.inline import Inline
from .routing import Routing

NOTHING: Final = Totals()

BATCH: Final = 256
"""Files a task. Enough that handing it over costs nothing, few enough to balance workers."""


class Run:
    """One check of a corpus. Iterate `diagnostics()`, then read `summary`.

    `failed` says whether anything was found that is as grave as the configuration of its file
    says in `fail-on`.
    """

    def __init__(
        self,
        plan: Plan,
        parts: Iterable[Part],
        skipped: PassedBy,
        executor: Executor | None = None,
        timeout: float | None = None,
        max_inflight: int = 16,
        progress: Callable[[Totals, str], None] | None = None,
    ) -> None:
        self._plan = plan
        self._parts = parts
        self._skipped = skipped
        self._executor = executor or Inline()
        self._timeout = timeout
        self._max_inflight = max_inflight
        self._progress = progress
        self._totals = Totals()
        self.failed = False

    @property
    def summary(self) -> Summary:
        """The figures so far."""
        skipped = self._skipped
        return Summary(self._totals, self._totals.files, dict(skipped), dict(skipped.suffixes))

    def diagnostics(self) -> Iterator[Diagnostic]:
        """Findings of single files as they come, by path, offset and code; then the corpus's."""
        corpus = CorpusStage(self._plan)
        try:
            yield from self._checked(corpus)
        finally:
            corpus.close()

    def _checked(self, corpus: CorpusStage) -> Iterator[Diagnostic]:
        engine = Engine(self._plan, corpus.spool())
        rejected: set[tuple[str, int]] = set()
        outcomes = self._executor.run(
            engine,
            self._parts,
            max_inflight=self._max_inflight,
            timeout=self._timeout,
            attempts=2,
        )
        for part, result in _in_order(outcomes):
            report = result
            if isinstance(report, Failed):
                report = engine.give_up(part, Unchecked(report.cause, report.reason))
            self._totals += report.totals
            least = self._plan.profiles[part.profile].fail_on
            self.failed = self.failed or _fails(report.totals, least)
            corpus.add(part, report)
            for name, indexes in report.rejected.items():
                path = part.shown or os.fsdecode(part.folder + name)
                rejected.update((path, index) for index in indexes)
            for found in report.diagnostics:
                if found.severity is Severity.ERROR:
                    rejected.add((found.of or found.path, found.document_index))
                yield found
            if self._progress and part.names:
                self._progress(self._totals, os.fsdecode(part.folder + part.names[-1]))
        of_files = self._totals
        for found in corpus.resolve():
            self._totals += _figures(found, rejected)
            yield found
        more = corpus.rejected - rejected
        self._totals += corpus.omitted + Totals(rejected=len(more))
        for bound in self._plan.profiles:
            self.failed = self.failed or _fails(self._totals, bound.fail_on, of_files)


def _fails(totals: Totals, fail_on: str, before: Totals = NOTHING) -> bool:
    """Whether there are findings as grave as that which were not there `before`."""
    if fail_on == "never":
        return False
    counts = {
        Severity.ERROR: totals.errors - before.errors,
        Severity.WARNING: totals.warnings - before.warnings,
        Severity.INFO: totals.infos - before.infos,
    }
    least = Severity(fail_on).rank
    return any(count for severity, count in counts.items() if severity.rank >= least)


def _figures(found: Diagnostic, rejected: set[tuple[str, int]]) -> Totals:
    """What a finding of the corpus stage adds; a document is rejected once."""
    error = found.severity is Severity.ERROR
    document = (found.of or found.path, found.document_index)
    newly = error and found.document_index > 0 and document not in rejected
    if newly:
        rejected.add(document)
    return Totals(
        rejected=int(newly),
        errors=int(error),
        warnings=int(found.severity is Severity.WARNING),
        infos=int(found.severity is Severity.INFO),
    )


def _in_order(
    outcomes: Iterator[Outcome[Part, Report]],
) -> Iterator[tuple[Part, Report | Failed]]:
    """The results in the order of their tasks; early ones wait for those before them."""
    waiting: dict[int, Outcome[Part, Report]] = {}
    due = 0
    for outcome in outcomes:
        waiting[outcome.number] = outcome
        while due in waiting:
            yield from waiting.pop(due).results
            due += 1


def parts_of(walk: Walk, router: Routing, batch: int = BATCH) -> Iterator[Part]:
    """The files of a walk in batches, each with the profile that the router finds for it."""
    for listing in walk:
        for profile, names in router.route(listing):
            for start in range(0, len(names), batch):
                chosen = tuple(names[start : start + batch])
                odd = {name: listing.odd[name] for name in chosen if name in listing.odd}
                yield Part(profile, listing.path, chosen, odd)
