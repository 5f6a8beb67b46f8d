"""Which findings of a run are told: not those in a baseline, nor those that concern no change."""

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
    """What becomes of a finding: it is told, only counted, or not counted either."""

    TOLD = "told"
    COUNTED = "counted"
    DROPPED = "dropped"


class Sieve:
    """Decides on the findings of a run, in order, which are told.

    At most `limit` findings of a rule are told in a file; 0 tells all. With `strict` a run fails if
    entries of the baseline are gone. `concerns` says whether a finding concerns a change; without
    it, all do.
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
        """How many findings concern no change; None where all are told."""
        return self._unchanged if self._concerns else None

    def sift(self, findings: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, bool, Totals]]:
        """Each finding, whether it is told, and the totals to add to figures that count it as told.

        The findings of a file must follow each other. The last one of a rule that is told in a file
        says how many more are only counted.
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
        """Whether a finding that is in no baseline concerns a change.

        With a baseline, a corpus finding that is not in it is new wherever it stands: the change
        that caused it may be in another file.
        """
        assert self._concerns is not None
        return bool(self._baseline and found.code.startswith(CORPUS)) or self._concerns(found)

    def end(self, roots: Iterable[str], codes: Collection[str]) -> None:
        """Note that all findings of these rules at these paths came: entries left over are gone."""
        if self._baseline is None or self._concerns is not None:
            return
        under = below(roots, self._baseline.base)
        left = self._baseline.gone(lambda one: one.code in codes and under(one.path))
        self._gone = counted(left)


def _correction(found: Diagnostic, fate: Fate) -> Totals:
    """The totals to add to figures in which a finding was counted as told."""
    if fate is Fate.TOLD:
        return Totals()
    if fate is Fate.COUNTED:
        return Totals(omitted=1)
    return Totals.of_findings({found.severity: -1})


def counted(entries: Iterable[Entry]) -> tuple[Gone, ...]:
    """The number of entries for each file and rule, in order of path and code."""
    counts = Counter((one.path, one.code) for one in entries)
    return tuple(Gone(path, code, count) for (path, code), count in sorted(counts.items()))
