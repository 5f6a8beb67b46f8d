"""A run: parts in, findings out, in the same order for any number of workers."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Final

from ..check.plan import Part, Plan
from ..check.worker import Engine
from ..file.passed_by import PassedBy
from ..model import (
    Diagnostic,
    Fixed,
    Report,
    Severity,
    Summary,
    Totals,
    Unchecked,
    Unfinished,
    failing,
)
from .executors import Executor, Failed, Limits, Outcome
from .executors.inline import Inline
from .facts_of_run import FactsOfRun
from .results import Results, strictest

if TYPE_CHECKING:
    from ..check.corpus_fixes import CorpusMended, CorpusMender
    from ..check.task_facts import Gathered
    from .sieve import Sieve

NOTHING: Final = Totals()

USUAL: Final = Limits(16)
"""The limits of a run for which none are given."""


class Run:
    """One check of a corpus. Iterate `diagnostics()`, then read `summary`.

    `failed` says whether there is a finding as grave as `fail-on` in the configuration of its file,
    or graver. Findings are not kept: a second `diagnostics()` checks the files a second time.
    `results()` checks once, and keeps all findings.
    """

    def __init__(
        self,
        plan: Plan,
        parts: Iterable[Part],
        skipped: PassedBy,
        executor: Executor | None = None,
        limits: Limits = USUAL,
        progress: Callable[[Totals, str], object] | None = None,
        stopped: Callable[[], bool] = lambda: False,
        sieve: Sieve | None = None,
        engine: Callable[[Plan, str], Engine] = Engine,
        on_fixed: Callable[[Fixed], None] = lambda fixed: None,
        again: Callable[[], tuple[Iterable[Part], PassedBy]] | None = None,
        gathered: Gathered | None = None,
    ) -> None:
        """`stopped` is called after the findings of each part: True ends the run there.

        Only findings that the `sieve` lets through are told. `engine` makes the engine, from a plan
        and a directory for facts. `on_fixed` gets each file that was mended, in order, before the
        findings that are left in its part. `again` gives the parts, and the counts of what is
        passed by, for a second check. `gathered` are keys that workers bring together.
        """
        self._plan = plan
        self._parts = parts
        self._skipped = skipped
        self._executor = executor or Inline()
        self._limits = limits
        self._progress, self._stopped = progress, stopped
        self._sieve = sieve
        self._engine, self._on_fixed = engine, on_fixed
        self._again, self._gathered = again, gathered
        self._begun = False
        self._results: Results | None = None
        self._forget()

    def _forget(self) -> None:
        """Set all figures back, before files are checked."""
        self._totals = Totals()
        self._fixed: Counter[str] = Counter()
        self._paths: set[str] = set()  # of files that were mended
        self.failed = False
        self._left: Unfinished | None = Unfinished("", all_files=False)
        self._muted: Counter[tuple[int, int]] = Counter()

    @property
    def may_fail(self) -> bool:
        """Whether there is a configuration under which findings make a run fail."""
        return self.fail_on != "never"

    @property
    def fail_on(self) -> str:
        """The least severity that makes it fail under any of its configurations, or `never`."""
        return strictest(bound.fail_on for bound in self._plan.profiles)

    @property
    def summary(self) -> Summary:
        """The figures so far."""
        skipped, files = self._skipped, self._totals.files
        sieve = self._sieve
        return Summary(
            self._totals,
            files,
            dict(skipped),
            dict(skipped.suffixes),
            self._left,
            sieve.against if sieve else None,
            sieve.unchanged if sieve else None,
            sum(self._muted.values()),
            dict(skipped.by_content),
            dict(self._fixed),
            len(self._paths),
        )

    def diagnostics(self) -> Generator[Diagnostic, None, None]:
        """Findings of single files as they come, by path, offset and code; then the corpus's.

        Each call begins anew. Raises NoFilesError where the files have gone since the last time.
        """
        if self._begun:
            self._forget()
            if self._again:
                self._parts, self._skipped = self._again()
        self._begun = True
        facts = FactsOfRun(self._plan, self._gathered)
        try:
            engine = self._engine(self._plan, facts.folder)
            if engine.of_corpus:
                facts.mend_with(partial(self._mended_late, engine.of_corpus))
            outcomes = self._executor.run(engine, facts.watch(self._parts), self._limits)
            with closing(outcomes):
                yield from self._checked(engine, outcomes, facts)
        finally:
            facts.close()

    def results(self) -> Results:
        """All that is found, kept with the run: a list of findings, and ways to hand them on."""
        if self._results is None:
            found = tuple(self.diagnostics())
            self._results = Results(found, self.summary, self.failed, self.fail_on)
        return self._results

    def __repr__(self) -> str:
        totals = self._totals
        state = "finished" if self._left is None else "begun" if self._begun else "not begun"
        found = f"{totals.errors} errors, {totals.warnings} warnings, {totals.infos} notes"
        return f"<Run, {state}: {totals.files} files, {totals.documents} documents, {found}>"

    def _checked(
        self, engine: Engine, outcomes: Iterator[Outcome[Part, Report]], facts: FactsOfRun
    ) -> Iterator[Diagnostic]:
        rejected: set[tuple[str, int]] = set()
        for part, result in _in_order(outcomes):
            report = result
            if isinstance(report, Failed):
                report = engine.give_up(part, Unchecked(report.cause, report.reason))
            told, totals = self._told(report)
            self._totals += totals
            least = self._plan.profiles[part.profile].fail_on
            self.failed = self.failed or (totals.findings > 0 and _fails(totals, least))
            if report.muted:
                scope = self._plan.profiles[part.profile].scope
                self._muted.update({(scope, at): count for at, count in report.muted.items()})
            if report.passed_by:
                self._skipped.join(report.passed_by, report.suffixes)
            if facts.add(part, report):
                rejected.update(_rejected(part, report))
            self._take_fixed(report.fixed)
            yield from told
            self._came_to(part)
            if self._stopped():
                return
        self._left = Unfinished(self._left.after if self._left else "", all_files=True)
        yield from self._resolved(facts, rejected)

    def _told(self, report: Report) -> tuple[Sequence[Diagnostic], Totals]:
        """The findings of a part that are told, and its figures without the dropped ones."""
        if self._sieve is None or not report.diagnostics:
            return report.diagnostics, report.totals
        sifted = [*self._sifted(report.diagnostics)]
        totals = sum((correction for _, _, correction in sifted), report.totals)
        return [found for found, told, _ in sifted if told], totals

    def _sifted(self, findings: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, bool, Totals]]:
        """Findings, whether each is told, and the totals to add to figures that count it so."""
        if self._sieve is None:
            return ((found, True, NOTHING) for found in findings)
        return self._sieve.sift(findings)

    def _late(self, facts: FactsOfRun) -> Iterator[Diagnostic]:
        """The findings that are made after the last file: of the corpus, and of suppressions."""
        yield from facts.resolve()
        if facts.stage:
            self._muted += facts.stage.muted
        if any(bound.suppress for bound in self._plan.profiles):
            from .hygiene import of_configurations

            yield from of_configurations(self._plan, self._muted, self._sees_all)

    @property
    def _sees_all(self) -> bool:
        """Whether all files are looked at, and not only what has changed."""
        return self._sieve is None or self._sieve.unchanged is None

    def _take_fixed(self, fixed: Iterable[Fixed]) -> None:
        """Count files that were mended, each once."""
        for one in fixed:
            self._paths.add(one.path)
            self._fixed.update(one.counts)
            self._on_fixed(one)

    def _mended_late(
        self, mender: CorpusMender, part: Part, found: Sequence[Diagnostic]
    ) -> CorpusMended:
        """Mend a file for a corpus finding and count it; gives the findings that are left."""
        mended = mender(part, found)
        if mended.fixed is not None:
            self._take_fixed([mended.fixed])
        return mended

    def _came_to(self, part: Part) -> None:
        """Note that all files up to the last of this part are checked."""
        if part.names:
            last = part.shown or os.fsdecode(part.folder + part.names[-1])
            self._left = Unfinished(last, all_files=False)
            if self._progress:
                self._progress(self._totals, last)

    def _resolved(self, facts: FactsOfRun, rejected: set[tuple[str, int]]) -> Iterator[Diagnostic]:
        """The findings of the corpus stage; `rejected` are the documents rejected so far."""
        of_files = self._totals
        for found, told, correction in self._sifted(self._late(facts)):
            self._totals += _figures(found, rejected) + correction
            if told:
                yield found
            if self._stopped():
                return
        if facts.stage:
            newly = len(facts.stage.rejected - rejected)
            self._totals += facts.stage.omitted + Totals(rejected=newly)
        for bound in self._plan.profiles:
            self.failed = self.failed or _fails(self._totals, bound.fail_on, of_files)
        self._left = None
        if self._sieve:
            codes = {code for bound in self._plan.profiles for code in bound.rules}
            self._sieve.end(self._plan.roots, codes)
            against = self._sieve.against
            self.failed = self.failed or bool(self._sieve.strict and against and against.gone)


def _rejected(part: Part, report: Report) -> Iterator[tuple[str, int]]:
    """The documents of a part that are rejected, by path and index."""
    for name, indexes in report.rejected.items():
        path = part.path(name)
        for index in indexes:
            yield path, index
    for piece in report.pieces:
        yield from _rejected(Part(piece.profile, piece.folder, piece.names), piece.report)
    for found in report.diagnostics:
        if found.severity is Severity.ERROR:
            yield found.of or found.path, found.document_index


def _fails(totals: Totals, fail_on: str, before: Totals = NOTHING) -> bool:
    """Whether there are findings of severity `fail_on` or worse that were not there `before`."""
    known = before.by_severity
    return any(
        count != known[severity] and failing(severity, fail_on)
        for severity, count in totals.by_severity.items()
    )


def _figures(found: Diagnostic, rejected: set[tuple[str, int]]) -> Totals:
    """The totals that a finding of the corpus stage adds; a document is rejected only once."""
    document = (found.of or found.path, found.document_index)
    newly = (
        found.severity is Severity.ERROR and found.document_index > 0 and document not in rejected
    )
    if newly:
        rejected.add(document)
    return Totals.of_findings({found.severity: 1}, rejected=int(newly))


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
