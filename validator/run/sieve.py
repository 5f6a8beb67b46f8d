"""What of a run's findings is told: not those that a baseline knows, nor those in what is old."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum
from itertools import groupby
from operator import attrgetter

from ..check.findings import with_omitted
from ..model import Against, Diagnostic, Gone, Totals
from .baseline import CORPUS, Baseline, below
from .baseline_file import Entry


class Fate(Enum):
    """What becomes of a finding: it is told, counted only, or not a matter of this run."""

    TOLD = "told"
    COUNTED = "counted"
    DROPPED = "dropped"


class Sieve:
    """Goes through the findings of a run, in order.

    `limit` findings of a rule are told in a file; 0 is for all. With `strict` a run fails on what
    is gone. `concerns` says whether a finding is in what has changed; without it, all are.
    """

    def __init__(
        self,
        limit: int,
        baseline: Baseline | None = None,
        strict: bool = False,
        concerns: Callable[[Diagnostic], bool] | None = None,
    ) -> None:
        self._limit, self._baseline, self._concerns = limit, baseline, concerns
        self.strict = strict
        self._known = self._unchanged = 0
        self._room: Counter[str] = Counter()
        self._gone: tuple[Gone, ...] = ()

    @property
    def against(self) -> Against | None:
        """How the run compares with the baseline; None without one."""
        return Against(self._known, self._gone) if self._baseline else None

    @property
    def unchanged(self) -> int | None:
        """The findings in what has not changed; None where all are told."""
        return self._unchanged if self._concerns else None

    def sift(self, findings: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, bool, Totals]]:
        """These findings, whether each is told, and what it adds to figures that count it as told.

        Those of a file stand together.

        The last that is told of a rule in a file says how many more are counted only.
        """
        for _, group in groupby(findings, key=attrgetter("path")):
            self._room.clear()
            found = [(one, self._fate(one)) for one in group]
            more: Counter[str] = Counter()
            last: dict[str, int] = {}
            for at, (one, fate) in enumerate(found):
                more[one.code] += int(str(one.data.get("omitted", 0))) + (fate is Fate.COUNTED)
                if fate is Fate.TOLD:
                    last[one.code] = at
            for at, (one, fate) in enumerate(found):
                is_last = last.get(one.code) == at
                whole = with_omitted(one, more[one.code] if is_last else 0)
                yield whole, fate is Fate.TOLD, _correction(one, fate)

    def _fate(self, found: Diagnostic) -> Fate:
        if self._baseline and self._baseline.take(found):
            self._known += 1
            return Fate.DROPPED
        if self._concerns and not self._is_news(found):
            self._unchanged += 1
            return Fate.DROPPED
        self._room[found.code] += 1
        within = not self._limit or self._room[found.code] <= self._limit
        return Fate.TOLD if within else Fate.COUNTED

    def _is_news(self, found: Diagnostic) -> bool:
        """Whether a finding that no baseline knows is in what has changed.

        What a baseline has not, of the corpus, is new wherever it stands: what made it so may be a
        change of another file.
        """
        assert self._concerns is not None
        return bool(self._baseline and found.code.startswith(CORPUS)) or self._concerns(found)

    def end(self, roots: Iterable[str], codes: Collection[str]) -> None:
        """All findings of these rules at these paths are through: what is left is gone."""
        if self._baseline is None or self._concerns is not None:
            return
        under = below(roots, self._baseline.base)
        left = self._baseline.gone(lambda one: one.code in codes and under(one.path))
        self._gone = counted(left)


def _correction(found: Diagnostic, fate: Fate) -> Totals:
    """What a finding adds to figures in which it was counted as told."""
    if fate is Fate.TOLD:
        return Totals()
    if fate is Fate.COUNTED:
        return Totals(omitted=1)
    return Totals.of_findings({found.severity: -1})


def counted(entries: Iterable[Entry]) -> tuple[Gone, ...]:
    """Entries by file and rule."""
    counts = Counter((one.path, one.code) for one in entries)
    return tuple(Gone(path, code, count) for (path, code), count in sorted(counts.items()))
