"""Screen, then diagnose: a clean file costs a few C calls; the exact and slow code runs on others.

An engine runs in a worker. It gets parts and returns reports, and it knows no rule by name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, overload

from msgspec import Struct
from msgspec.structs import replace
from xxhash import xxh3_128, xxh3_128_digest

from ..document import Place
from ..file.compression import Packing, packed, packing_of
from ..file.reading import SMALL, Pages, read_heads
from ..file.streams import BrokenStreamError
from ..model import Flaw, Report, Unchecked
from ..text.re2 import Spans
from .fast import NOTHING, Known, Survey
from .file_names import FileNames
from .plan import Blocks, DamageSearch, DocumentBatch, FileRange, Named, Part, Plan
from .stages import Stages, Surveys, stages_of
from .tally import Tally

if TYPE_CHECKING:
    from .corpus_fixes import CorpusMender
    from .documents_ahead import BatchReport
    from .exact import Diagnosed
    from .stretches import DamageReport, RangeReport

FLOCK: Final = 32
"""So many small files are read together, and screened together up to a number of bytes."""

_NOWHERE: Final = (-1, -1)
"""The span of a group that took no part."""


class Flock(Struct, frozen=True):
    """Files that were read together, with the outcome for each.

    `heads` are their first bytes, or what kept each from being read. `surveys` are those of the
    files whose bytes are clean; None if all are clean and nothing more is asked. `found` has, for
    the files that are not clean, the outcome of the exact way, and the digest of the content if
    that is wanted.
    """

    names: Sequence[bytes]
    heads: Sequence[bytes | Flaw]
    surveys: Surveys | None
    found: dict[bytes, tuple[Diagnosed, bytes | None]]

    def count(self, tally: Tally) -> None:
        """Add the files up, in their order."""
        if self.surveys is None:
            tally.add_all(self.heads)  # type: ignore[arg-type]  # a flaw is not clean
            return
        for name, head in zip(self.names, self.heads, strict=True):
            survey = self.surveys.get(name)
            if isinstance(survey, Survey) and isinstance(head, bytes):
                tally.add(head, survey)
            else:
                tally.diagnosed(name, *self.found[name])


class Engine:
    """Checks parts under a plan. Pickles as its plan; what it compiles stays in the process."""

    def __init__(self, plan: Plan, spool: str = "") -> None:
        self._plan, self._spool = plan, spool
        self._stages: dict[int, Stages] = {}

    def __reduce__(self) -> tuple[type[Engine], tuple[object, ...]]:
        return Engine, (self._plan, self._spool)

    @overload
    def __call__(self, task: Part) -> Report: ...

    @overload
    def __call__(self, task: FileRange | Blocks) -> RangeReport: ...

    @overload
    def __call__(self, task: DocumentBatch) -> BatchReport: ...

    @overload
    def __call__(self, task: DamageSearch) -> DamageReport: ...

    def __call__(
        self, task: Part | FileRange | Blocks | DocumentBatch | DamageSearch
    ) -> Report | RangeReport | BatchReport | DamageReport:
        """The report of a task."""
        if isinstance(task, Part):
            return self.check(task)
        if isinstance(task, FileRange | Blocks):
            return self.prepare(task)
        from .scouting import batch_report, damage_report  # only where there are large files

        stages = self.stages(task.part.profile)
        if isinstance(task, DocumentBatch):
            return batch_report(stages, task)
        return damage_report(stages, task)

    def check(self, part: Part) -> Report:
        """The report of a part. What goes wrong with a single file is a finding in it."""
        if part.is_archive:
            from .archive_members import check_archive  # few corpora have archives

            return check_archive(self.of_members, part)
        return self._check(self.stages(part.profile), part)

    @property
    def of_members(self) -> Engine:
        """The engine for the members of archives, which are neither fixed nor kept in a store."""
        return self

    @property
    def of_corpus(self) -> CorpusMender | None:
        """The function that mends findings about the corpus after the last file; None without."""
        return None

    def check_held(self, part: Part, held: Mapping[bytes, bytes]) -> Report:
        """The report of members of an archive, of which these are the first bytes, by name."""
        return self._check(self.stages(part.profile), part, held)

    def prepare(self, task: FileRange | Blocks) -> RangeReport:
        """The report on a range, or on blocks, of a large file that is checked by itself."""
        from .scouting import report_of  # only where there are such files

        return report_of(self.stages(task.part.profile), task)

    @property
    def plan(self) -> Plan:
        """The plan that it checks by."""
        return self._plan

    def stages(self, profile: int) -> Stages:
        """The stages of a profile, by its index in the plan."""
        if profile not in self._stages:
            self._stages[profile] = self._made(profile)
        return self._stages[profile]

    def give_up(self, part: Part, failure: Unchecked) -> Report:
        """The report of a part whose worker died or ran too long: each file has this flaw."""
        odd = dict.fromkeys(part.names, failure)
        return self(replace(part, odd=odd))

    def _made(self, profile: int) -> Stages:
        plan = self._plan
        return stages_of(plan.profiles[profile], plan.today, plan.limit, self._spool)

    def _check(
        self, stages: Stages, part: Part, held: Mapping[bytes, bytes] | None = None
    ) -> Report:
        """The report of files: the quick way finds the clean ones, the others are diagnosed."""
        names, facts = part.names, stages.facts
        compressed = packed(names)
        captures = stages.names.matched(names, bool(compressed))
        misnamed = stages.names.odd(names, captures)
        if part.entered or part.paths:
            misnamed |= stages.names.odd_paths(part)
        if stages.by_member:  # the exact way finds where members begin
            misnamed.update(compressed)
        tally = Tally(facts, self._spool)
        read = partial(self.heads, part) if held is None else partial(_held, part, held)
        for few in self.settled(self._flocks(stages, part, misnamed, compressed, tally, read)):
            few.count(tally)
        groups = [_captured(names, captures, group) for group in facts.groups]
        return tally.report(groups)

    def _flocks(
        self,
        stages: Stages,
        part: Part,
        misnamed: set[bytes],
        compressed: Mapping[bytes, Packing],
        tally: Tally,
        read: Callable[[Sequence[bytes]], list[bytes | Flaw]],
    ) -> Iterator[Flock]:
        """The files of a part, `FLOCK` at a time, with the outcome; `read` gives first bytes."""
        names, facts = part.names, stages.facts
        for start in range(0, len(names), FLOCK):
            flock = names[start : start + FLOCK]
            heads = read(flock)
            if facts.disk:
                tally.sum_up(part.folder, flock, heads)
            if compressed:
                heads = [
                    stages.head_within(*pair, compressed) for pair in zip(flock, heads, strict=True)
                ]
            places = partial(self._places, stages.names, part)
            surveys, known = stages.quickly(flock, heads, misnamed, places)
            if surveys is None:
                yield Flock(flock, heads, None, {})
                continue
            found = {
                name: self.diagnose(stages, part, name, head, known.get(name, NOTHING))
                for name, head in zip(flock, heads, strict=True)
                if not isinstance(surveys.get(name), Survey)
            }
            yield Flock(flock, heads, surveys, found)

    def settled(self, flocks: Iterator[Flock]) -> Iterator[Flock]:
        """The outcomes to count: here as they came; an engine that fixes files replaces some."""
        return flocks

    def heads(self, part: Part, names: Sequence[bytes]) -> list[bytes | Flaw]:
        """The first bytes of files of a part, or what keeps each from being read."""
        return read_heads(part.folder, names, part.odd, part.versions)

    def _places(
        self, names: FileNames, part: Part, files: Iterable[bytes]
    ) -> Mapping[bytes, Place]:
        """What is known of the documents of files before they are read."""
        shown, today = os.fsencode(part.shown), self._plan.today
        if shown:
            return {name: names.place(shown, part.known(name), today) for name in files}
        return {name: names.place(part.folder + name, name, today) for name in files}

    def diagnose(
        self, stages: Stages, part: Part, name: bytes, head: bytes | Flaw, known: Known
    ) -> tuple[Diagnosed, bytes | None]:
        """The outcome of the exact way, and the digest of the content if it is wanted."""
        file = part.named(name)
        exact, facts = stages.salvage.exact, stages.facts
        if isinstance(head, Flaw):
            return exact.unread(file, head), None
        packing = packing_of(file.name)
        small = len(head) < SMALL and not (packing and stages.by_member)
        pages = exact.pages(part.folder + name, head if small else None, None if small else packing)
        if part.versions and not small:
            pages = replace(pages, version=part.versions.get(name))
        if part.helpers and not small:
            found = _assisted(stages, part, file, pages)
        else:
            if part.ranges and not small and not packing:
                from .stretches import stretches_of

                known = Known(stretches=stretches_of(part.ranges, pages))
            found = stages.salvage.diagnose(file, pages, known)
        try:
            wanted = facts.content and not facts.rows and found.totals.bytes
            return found, _digest(pages) if wanted else None
        except (OSError, BrokenStreamError):
            return found, None  # it has changed since


def _held(part: Part, held: Mapping[bytes, bytes], names: Sequence[bytes]) -> list[bytes | Flaw]:
    """As `Engine.heads`, for members that were read already."""
    return [part.odd[name] if name in part.odd else held[name] for name in names]


def _captured(
    names: Sequence[bytes], captures: Sequence[Spans | None], group: int | None
) -> list[bytes | None]:
    """What a group of the pattern captures in each name; None where it captures nothing."""
    if group is None:
        return [None] * len(names)
    if None not in captures:
        spans = [found[group] for found in captures if found]
        if _NOWHERE not in spans:
            return [name[start:end] for name, (start, end) in zip(names, spans, strict=True)]
    return [
        name[spans[group][0] : spans[group][1]] if spans and spans[group] != _NOWHERE else None
        for name, spans in zip(names, captures, strict=True)
    ]


def _assisted(stages: Stages, part: Part, file: Named, pages: Pages) -> Diagnosed:
    """The outcome of the exact way for a large file, in which helpers look ahead."""
    from .look_ahead import looking_ahead  # only where there are such files

    with looking_ahead(stages, part, pages) as known:
        return stages.salvage.diagnose(file, pages, known)


def _digest(pages: Pages | None) -> bytes | None:
    if pages is None:
        return None
    if pages.data is not None:
        return xxh3_128_digest(pages.data)
    digest = xxh3_128()
    for window in pages:
        digest.update(window.data)
    return digest.digest()
