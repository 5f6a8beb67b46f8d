"""Which fixes of a file are made in one round: those that are asked for and do not overlap."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable

from msgspec import Struct

from ..model import Applicability, Diagnostic, Edit, Fix
from ..rules.catalog import catalog
from ..rules.rule import Repair


class Chosen(Struct, frozen=True):
    """A fix, the code of its rule, and how the rule repairs; `found` is the finding to be fixed."""

    code: str
    repair: Repair
    fix: Fix
    found: Diagnostic | None = None

    @property
    def group(self) -> tuple[str, str]:
        """The key of the group: fixes of one group are proved together."""
        return self.code, self.repair.applicability.value


def repair_of(found: Diagnostic, path: str, *, unsafe: bool) -> Repair | None:
    """How a finding is fixed in the file at `path`; None if it has no fix, or not one to be made.

    A finding in another file, such as a sidecar, is not fixed with this file.
    """
    fix = found.fix
    if fix is None or found.path != path:
        return None
    if fix.applicability is Applicability.UNSAFE and not unsafe:
        return None
    rule = catalog().rules.get(found.code)
    return rule.repair(fix.applicability) if rule else None


def chosen(
    findings: Iterable[Diagnostic], path: str, refused: Collection[str], *, unsafe: bool
) -> list[Chosen]:
    """The fixes of one round, in order of offset: each with all its edits, no two overlapping.

    Fixes of the rules in `refused` (codes) are left out. The order of the findings does not matter.
    """
    wanted = []
    for found in findings:
        repair = repair_of(found, path, unsafe=unsafe)
        if repair is not None and found.fix is not None and found.code not in refused:
            wanted.append(Chosen(found.code, repair, found.fix, found))
    if len(wanted) < 2:
        return wanted
    taken: list[tuple[int, int]] = []
    chosen: list[Chosen] = []
    for one in sorted(wanted, key=_place):
        if not any(_meets(edit, taken) for edit in one.fix.edits):
            chosen.append(one)
            for edit in one.fix.edits:
                insort(taken, (edit.start, edit.end))
    return chosen


def _place(one: Chosen) -> tuple[object, ...]:
    edits = [(edit.start, edit.end, edit.content) for edit in one.fix.edits]
    return min(edits), one.code, edits


def _meets(edit: Edit, taken: list[tuple[int, int]]) -> bool:
    """Whether an edit overlaps one of the spans, which are sorted, or begins where one begins."""
    at = bisect_left(taken, (edit.start, edit.start))
    if at < len(taken) and taken[at][0] < max(edit.end, edit.start + 1):
        return True
    return at > 0 and taken[at - 1][1] > edit.start
