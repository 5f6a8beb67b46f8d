"""Fixes of findings about the corpus, which are made after the last file.

Their edits, and the records that go to and come from what mends a file (`CorpusMender`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..model import Diagnostic, Edit, Fix, Fixed, Severity, Totals
from ..rules.rule import CorpusHit
from .findings import with_omitted
from .locate import Placed
from .plan import Part


class CorpusMended(Struct, frozen=True):
    """The findings about the corpus that are left at a file, and what was mended there, if any."""

    left: Sequence[Diagnostic]
    fixed: Fixed | None = None


CorpusMender = Callable[[Part, Sequence[Diagnostic]], CorpusMended]
"""Mends the findings at the only file of a part, and gives those that are left."""


def placed_fix(hit: CorpusHit, placed: Placed) -> Fix | None:
    """The fix of a hit, with an edit at each place where the document says the same.

    None if the hit has no fix, or if the bytes at a place are not those of the item: it is written
    with escapes, or is only a part of what is written there.
    """
    fix, old, window = hit.hit.fix, hit.at.item, placed.window
    if fix is None or window is None or window.path or placed.start < 0:
        return None
    starts = (placed.start, *placed.also)
    if any(window.data[start : start + len(old)] != old for start in starts):
        return None
    at, size = window.offset, len(old)
    edits = [Edit(at + start, at + start + size, hit.instead) for start in starts]
    return replace(fix, edits=tuple(edits), how=fix.how * len(edits))


class Shown(Struct, frozen=True):
    """The findings within the limit; the figures of the others, and documents with their errors."""

    findings: Sequence[Diagnostic]
    omitted: Totals = Totals()
    errors: frozenset[int] = frozenset()


def within_limit(
    findings: Sequence[Diagnostic], more: Mapping[tuple[str, Severity], int], limit: int
) -> Shown:
    """At most `limit` findings of each rule in a file; 0 keeps all.

    `more` are findings that are only counted. The last finding of a rule says how many are left
    out.
    """
    if not limit:
        return Shown(findings)
    room: Counter[str] = Counter()
    kept: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for one in findings:
        room[one.code] += 1
        (kept if room[one.code] <= limit else rest).append(one)
    besides = Counter(one.code for one in rest)
    for (code, _), number in more.items():
        besides[code] += number
    last = {one.code: at for at, one in enumerate(kept)}
    for code, at in last.items():
        kept[at] = with_omitted(kept[at], besides[code])
    errors = frozenset(one.document_index for one in rest if one.severity is Severity.ERROR)
    counts = Counter(one.severity for one in rest)
    return Shown(kept, Totals.of_findings(counts, omitted=len(rest)), errors)
