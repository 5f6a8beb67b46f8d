"""The stage after all files: facts are put together, and the corpus rules resolve them once.

What the rules find is placed at the bytes it is about by reading those few documents again.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..corpus.external_sort import RUN, Scratch
from ..corpus.fact_rows import read_chunk
from ..corpus.fact_store import KEPT, Ledger
from ..corpus.facts import Facts
from ..corpus.members import AGAIN, LIST, Member, Spot
from ..corpus.paths import shared_folder
from ..delimiters.division import divides
from ..errors import ValidatorError
from ..file.archive_names import display_path, parted
from ..file.compression import packing_of
from ..file.reading import Pages
from ..model import Diagnostic, Hit, Related, Report, Severity, Totals
from ..rules.catalog import catalog
from ..rules.rule import Corpus, CorpusHit, Rule
from .corpus_fixes import CorpusMender, placed_fix, within_limit
from .fact_plan import corpus_rules, fact_plan
from .findings import NOBODY, ONLY, Findings
from .fingerprint import content_of
from .locate import Placed, locate
from .muting import Muted, Muting
from .plan import Bound, Part, Plan
from .ruleset import rule_set
from .salvage import broken
from .task_facts import Gathered, KeyedOf, facts_of, of_files, plainly, told_by

if TYPE_CHECKING:
    from .cells import Locator


class _Said(Struct, frozen=True):
    """A hit that is kept: who says it, and of which profile."""

    rule: Rule
    severity: Severity
    hit: CorpusHit


class CorpusStage:
    """Collects the facts of all reports, in order, and resolves them at the end.

    `kept` facts and `most` records are held in memory; what is beyond goes to temporary files.
    """

    def __init__(
        self, plan: Plan, kept: int = KEPT, most: int = RUN, gathered: Gathered | None = None
    ) -> None:
        """What is `gathered` by workers need not be brought together here."""
        self._plan, self._most, self._gathered = plan, most, gathered
        self._mender: CorpusMender | None = None
        self._scratch = Scratch()
        self._wanted = [fact_plan(bound).names for bound in plan.profiles]
        self._ledgers = [Ledger(of_files(bound), self._scratch, kept) for bound in plan.profiles]
        self._shown: dict[bytes, str] = {}
        self._every_muted: list[tuple[int, Muted]] = []
        self.rejected: set[tuple[str, int]] = set()
        self.omitted = Totals()

    def add(self, part: Part, report: Report) -> None:
        """Take in the facts of a part."""
        if self._gathered:
            self._gathered.begin(
                part, report, [(one.documents, one.files) for one in self._ledgers]
            )
        if part.shown and not part.is_archive:
            self._shown[part.folder + part.names[0]] = part.shown
        for told in told_by(part, report):
            if self._wanted[told.profile]:
                self._ledgers[told.profile].add(
                    told.folder,
                    told.names,
                    told.report.columns,
                    told.report.counts,
                    told.report.chunks,
                    read_chunk,
                )

    def mend_with(self, mender: CorpusMender) -> None:
        """Let each file with a finding that has a fix be mended, before anything is told of it."""
        self._mender = mender

    def resolve(self) -> Iterator[Diagnostic]:
        """The findings about the corpus, by path, offset and code.

        Afterwards `omitted` are the figures of those that there was no room for, and `rejected`
        the documents with errors among them.
        """
        try:
            if not any(self._wanted):
                return
            of_paths: dict[bytes, list[_OfFile]] = {}
            every = [self._facts(at) for at in range(len(self._plan.profiles))]
            for at, bound in enumerate(self._plan.profiles):
                every[at].others = {
                    one.name: facts
                    for one, facts in zip(self._plan.profiles, every, strict=True)
                    if one.scope == bound.scope
                }
                every[at].shown = self._shown
                if self._wanted[at]:
                    for path, of_file in self._resolve(at, bound, every[at]).items():
                        of_paths.setdefault(path, []).append(of_file)
            for path in sorted(of_paths):
                for of_file in of_paths[path]:
                    yield from self._told(path, of_file)
        finally:
            self._scratch.close()

    def _told(self, path: bytes, of_file: _OfFile) -> Sequence[Diagnostic]:
        """What is to be said at a file; what can be mended there is mended first."""
        found = of_file.diagnostics(self._display(path))
        if self._mender is None:
            return found
        if path not in self._shown and any(one.fix is not None for one in found):
            folder, name = path[: path.rfind(b"/") + 1], path[path.rfind(b"/") + 1 :]
            found = (*self._mender(Part(of_file.profile, folder, (name,)), found).left,)
        shown = within_limit(found, of_file.counts, self._plan.limit)
        self.omitted += shown.omitted
        self.rejected.update((self._display(path), index) for index in shown.errors)
        return shown.findings

    def close(self) -> None:
        """Give the room on the disk back."""
        self._scratch.close()

    def _display(self, path: bytes) -> str:
        return self._shown.get(path) or display_path(path)

    def _facts(self, at: int) -> Facts:
        facts = facts_of(self._plan, at, self._ledgers[at], self._scratch, self._most)
        gathered = self._gathered
        if gathered and not all(ledger.in_memory for ledger in self._ledgers):
            facts.elsewhere = lambda keyed: gathered.runs(KeyedOf(at, plainly(keyed)))
            facts.ask = gathered.ask
        return facts

    def _resolve(self, at: int, bound: Bound, facts: Facts) -> dict[bytes, _OfFile]:
        kept = _Kept(self._plan.limit, mends=self._mender is not None)
        muted = self._muted(bound)
        # a rule that silences others is asked before these
        for rule, check in sorted(corpus_rules(bound), key=lambda pair: not pair[0].covers):
            try:
                self._ask(rule, check, bound, facts, kept, muted)
            except (ValidatorError, MemoryError):
                raise
            except Exception as error:
                if not self._tell(error, bound, facts, kept):
                    raise
        for path, index in kept.errors:
            self.rejected.add((self._display(path), index))
        self.omitted += kept.omitted
        today, divided = self._plan.today, divides(bound.settings)
        limit = 0 if self._mender else self._plan.limit
        places = {path: locate(bound, path, today, spots) for path, spots in kept.spots().items()}
        return {
            path: _OfFile(said, places, kept.counts[path], divided, limit, self, muted(path), at)
            for path, said in kept.said.items()
        }

    def _muted(self, bound: Bound) -> Callable[[bytes], Muted]:
        """What is not told of the file at a path, by its configuration."""
        muting = Muting(bound.suppress, self._plan.today)
        known: dict[bytes, Muted] = {}

        def of(path: bytes) -> Muted:
            if path not in known:
                archive = os.fsdecode(parted(path)[0])
                known[path] = Muted(muting, self._display(path), os.path.basename(path), archive)
                self._every_muted.append((bound.scope, known[path]))
            return known[path]

        return of

    @property
    def muted(self) -> Counter[tuple[int, int]]:
        """How many findings were not told, by scope and number of the suppression."""
        found: Counter[tuple[int, int]] = Counter()
        for scope, muted in self._every_muted:
            found.update({(scope, number): count for number, count in muted.used.items()})
        return found

    def _ask(
        self,
        rule: Rule,
        check: Corpus,
        bound: Bound,
        facts: Facts,
        kept: _Kept,
        muted: Callable[[bytes], Muted],
    ) -> None:
        """Keep what a rule has to say."""
        for hit in check.resolve(facts, bound.settings):
            said = self._under_terms(hit, facts)
            if said is not None and not muted(hit.at.path).mutes(rule, -1):
                severity = said.severity or bound.rules[rule.code]
                kept.take(rule, severity, replace(hit, hit=said))

    def _tell(self, error: Exception, bound: Bound, facts: Facts, kept: _Kept) -> bool:
        """Keep a finding that says what broke off; whether the rule that finds such is on."""
        flaw = broken(error)
        said = [*rule_set(bound).wording.explained([flaw])]
        for rule, severity, hit in said:
            words = f"what is asked of all documents together broke off: {flaw.reason}"
            here = CorpusHit(Spot(shared_folder(facts)), replace(hit, message=words))
            kept.take(rule, severity, here)
        return bool(said)

    def _under_terms(self, hit: CorpusHit, facts: Facts) -> Hit | None:
        """What is said under the terms of its check; None of a document that is exempt."""
        member, today = hit.member, self._plan.today
        if member is None:
            return hit.terms.apply(hit.hit, hit.about or hit.at.path, b"", today)
        lookup = partial(_text, facts, member)
        return hit.terms.apply(hit.hit, member.path, facts.identity(member), today, lookup)

    def related(self, spot: Spot, words: str, placed: Placed) -> Related:
        """The other place of a finding, for people."""
        where = placed.window.location(placed.start) if placed.window is not None else None
        beside = placed.window.path if placed.window is not None else ""
        archive = os.fsdecode(parted(spot.path)[0])
        return Related(beside or self._display(spot.path), words, where, archive)


def _text(facts: Facts, member: Member, name: str) -> list[str]:
    """A fact of a document, as it is written; of a list, the items."""
    found = facts.fact(member, name)
    return [] if found is None else found.decode("utf-8", "replace").split(LIST.decode())


class _Kept:
    """Hits by file: so many of a rule for each file are kept, all are counted.

    If something `mends`, hits with a fix are all kept: what it leaves is counted then.
    """

    def __init__(self, limit: int, *, mends: bool = False) -> None:
        self._limit, self._mends = limit, mends
        self._covered: dict[str, set[tuple[bytes, int]]] = {}
        self.said: dict[bytes, list[_Said]] = {}
        self.counts: dict[bytes, Counter[tuple[str, Severity]]] = {}
        self._room: Counter[tuple[bytes, str]] = Counter()
        self.errors: set[tuple[bytes, int]] = set()
        self.omitted = Totals()

    def take(self, rule: Rule, severity: Severity, hit: CorpusHit) -> None:
        """Take in a hit, unless a rule that covers this one has spoken of the same document."""
        path, index = hit.at.path, hit.at.index
        if (path, index) in self._covered.get(rule.name, ()):
            return
        for name in rule.covers:
            self._covered.setdefault(name, set()).add((path, index))
        self._room[path, rule.code] += 1
        is_kept = self._mends and hit.hit.fix is not None
        if not self._limit or is_kept or self._room[path, rule.code] <= self._limit:
            self.said.setdefault(path, []).append(_Said(rule, severity, hit))
            self.counts.setdefault(path, Counter())
            return
        self.counts[path][rule.code, severity] += 1
        if severity is Severity.ERROR:
            self.errors.add((path, index))
        self.omitted += Totals.of_findings({severity: 1}, omitted=1)

    def spots(self) -> dict[bytes, set[Spot]]:
        """All places that the kept hits speak of, by file."""
        found: dict[bytes, set[Spot]] = {}
        for said in self.said.values():
            for one in said:
                for spot in (one.hit.at, *(spot for spot, _ in one.hit.related)):
                    found.setdefault(spot.path, set()).add(spot)
        return found


class _OfFile(Struct, frozen=True):
    """The hits in one file, with all the places that they speak of."""

    said: Sequence[_Said]
    places: dict[bytes, dict[Spot, Placed]]
    counts: Counter[tuple[str, Severity]]
    divided: bool
    limit: int
    stage: CorpusStage
    muted: Muted
    profile: int

    def diagnostics(self, path: str) -> tuple[Diagnostic, ...]:
        """Them all, complete."""
        packing = packing_of(self.said[0].hit.at.path)
        pages = Pages(self.said[0].hit.at.path, None, packing)
        owner = NOBODY if self.divided else ONLY
        found = Findings(
            path,
            owner,
            self.limit,
            content=lambda: content_of(pages, path),
            muted=self.muted,
            located=_locator(self.said[0].hit.at.path, pages),
            archive=os.fsdecode(parted(self.said[0].hit.at.path)[0]),
        )
        for one in self.said:
            placed = self.places[one.hit.at.path][one.hit.at]
            fix = placed_fix(one.hit, placed)
            hit = replace(one.hit.hit, start=placed.start, end=placed.end, fix=fix)
            related = tuple(self._related(path, one.hit, placed))
            if placed.window is not None and not placed.window.path:
                self.muted.read(placed.window)
            found.add(one.rule, one.severity, hit, placed.window, placed.owner, related)
        for (code, severity), number in self.counts.items():
            found.omit(catalog().rules[code], severity, number)
        return found.diagnostics()

    def _related(self, path: str, hit: CorpusHit, placed: Placed) -> Iterator[Related]:
        """The places that a hit is about, then the lines of its file that say the same again."""
        again = [placed]
        for spot, words in hit.related:
            other = self.places[spot.path][spot]
            if words == AGAIN:
                again.append(other)
            else:
                yield self.stage.related(spot, words, other)
        if placed.window is None:
            return
        starts = [start for one in again for start in (one.start, *one.also)][1:]
        told = {placed.window.location(placed.start).row}
        for start in sorted(starts):
            where = placed.window.location(start)
            if where.row not in told:
                told.add(where.row)
                yield Related(path, AGAIN, where, os.fsdecode(parted(hit.at.path)[0]))


def _locator(path: bytes, pages: Pages) -> Locator | None:
    """What finds places in a table, if the file is one."""
    if not (pages.packing and pages.packing.rows):
        return None
    from .cells import locator  # few corpora are tables

    return locator(path, pages)
