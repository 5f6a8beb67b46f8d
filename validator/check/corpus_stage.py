"""The stage after all files: the facts of all are brought together, and the corpus rules ask them.

The few documents that findings are about are read again, to place the findings at their bytes.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial

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
from ..rules.rule import Corpus, CorpusHit, Rule
from .corpus_fixes import CorpusMender, placed_fix, within_limit
from .fact_plan import corpus_rules, fact_plan
from .findings import NOBODY, ONLY, Findings
from .fingerprint import content_of
from .locate import Placed, locate
from .muting import Muted, Muting
from .placing import locator_of
from .plan import Bound, Part, Plan
from .ruleset import rule_set
from .salvage import broken
from .task_facts import Gathered, KeyedOf, facts_of, plainly, told_by


class _Said(Struct, frozen=True):
    """A hit that is kept, with its rule and how grave it is."""

    rule: Rule
    severity: Severity
    hit: CorpusHit


class CorpusStage:
    """Collects the facts of all reports, in order, and resolves them at the end.

    `kept` facts and `most` records are held in memory; more go to temporary files.
    """

    def __init__(
        self,
        plan: Plan,
        kept: int = KEPT,
        most: int = RUN,
        gathered: Gathered | None = None,
        mender: CorpusMender | None = None,
    ) -> None:
        """Keys that workers have `gathered` are not brought together here.

        The `mender` mends each file with a finding that has a fix, before that is told.
        """
        self._plan, self._most, self._gathered, self._mender = plan, most, gathered, mender
        self._scratch = Scratch()
        self._wanted = [fact_plan(bound).names for bound in plan.profiles]
        self._ledgers = [Ledger(names, self._scratch, kept) for names in self._wanted]
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
                self._ledgers[told.profile].add(told, read_chunk)

    def resolve(self) -> Iterator[Diagnostic]:
        """The findings about the corpus, by path, offset and code.

        Afterwards `omitted` has the figures of the findings beyond the limit, and `rejected` the
        documents with errors among them.
        """
        try:
            if not any(self._wanted):
                return
            of_paths: dict[bytes, list[_OfFile]] = {}
            every = [self._facts(at) for at in range(len(self._plan.profiles))]
            for at, bound in enumerate(self._plan.profiles):
                every[at].others = {
                    other.name: facts
                    for other, facts in zip(self._plan.profiles, every, strict=True)
                    if other.scope == bound.scope
                }
                every[at].shown = self._shown
                if self._wanted[at]:
                    for one in self._resolve(at, bound, every[at]):
                        of_paths.setdefault(one.hits.path, []).append(one)
            for path in sorted(of_paths):
                for one in of_paths[path]:
                    yield from self._told(one)
        finally:
            self._scratch.close()

    def _told(self, of_file: _OfFile) -> Sequence[Diagnostic]:
        """The findings at a file that are told, after those with a fix were mended."""
        hits, found = of_file.hits, of_file.diagnostics()
        if self._mender is None:
            return found
        if hits.path not in self._shown and any(one.fix is not None for one in found):
            cut = hits.path.rfind(b"/") + 1
            part = Part(of_file.profile, hits.path[:cut], (hits.path[cut:],))
            found = (*self._mender(part, found).left,)
        shown = within_limit(found, hits.counts, self._plan.limit)
        self.omitted += shown.omitted
        self.rejected.update((hits.shown, index) for index in shown.errors)
        return shown.findings

    def close(self) -> None:
        """Give the room on the disk back."""
        self._scratch.close()

    def _display(self, path: bytes) -> str:
        return self._shown.get(path) or display_path(path)

    def _facts(self, at: int) -> Facts:
        facts = facts_of(self._plan, at, self._ledgers[at], self._most)
        gathered = self._gathered
        if gathered and not all(ledger.in_memory for ledger in self._ledgers):
            facts.elsewhere = lambda keyed: gathered.runs(KeyedOf(at, plainly(keyed)))
            facts.ask = gathered.ask
        return facts

    def _resolve(self, at: int, bound: Bound, facts: Facts) -> Iterator[_OfFile]:
        """The hits of the corpus rules of a profile, file by file."""
        hits = _Hits(partial(self._begun, bound, Muting(bound.suppress, self._plan.today)))
        # a rule that covers others is asked before them
        for rule, check in sorted(corpus_rules(bound), key=lambda pair: not pair[0].covers):
            try:
                self._ask(rule, check, bound, facts, hits)
            except (ValidatorError, MemoryError):
                raise
            except Exception as error:
                if not self._tell(error, bound, facts, hits):
                    raise
        spots: dict[bytes, set[Spot]] = {}
        for one in hits.values():
            self.omitted += one.omitted
            self.rejected.update((one.shown, index) for index in one.rejected)
            for spot in one.spots():
                spots.setdefault(spot.path, set()).add(spot)
        today, divided = self._plan.today, divides(bound.settings)
        limit = 0 if self._mender else self._plan.limit
        places = {path: locate(bound, path, today, found) for path, found in spots.items()}
        for one in hits.values():
            if one.said:
                yield _OfFile(one, places, divided, limit, self, at)

    def _begun(self, bound: Bound, muting: Muting, path: bytes) -> _FileHits:
        """The hits at a file, none so far."""
        shown, archive = self._display(path), os.fsdecode(parted(path)[0])
        muted = Muted(muting, shown, os.path.basename(path), archive)
        self._every_muted.append((bound.scope, muted))
        return _FileHits(path, shown, archive, muted, self._plan.limit, mends=bool(self._mender))

    @property
    def muted(self) -> Counter[tuple[int, int]]:
        """How many findings were not told, by scope and number of the suppression."""
        found: Counter[tuple[int, int]] = Counter()
        for scope, muted in self._every_muted:
            found.update({(scope, number): count for number, count in muted.used.items()})
        return found

    def _ask(self, rule: Rule, check: Corpus, bound: Bound, facts: Facts, hits: _Hits) -> None:
        """Keep the hits of a rule."""
        for hit in check.resolve(facts, bound.settings):
            said = self._under_terms(hit, facts)
            if said is not None and not hits[hit.at.path].muted.mutes(rule, -1):
                severity = said.severity or bound.rules[rule.code]
                hits[hit.at.path].take(rule, severity, replace(hit, hit=said))

    def _tell(self, error: Exception, bound: Bound, facts: Facts, hits: _Hits) -> bool:
        """Keep a finding that a rule raised an error; False if the rule for that is off."""
        flaw = broken(error)
        said = [*rule_set(bound).wording.explained([flaw])]
        for rule, severity, hit in said:
            words = f"what is asked of all documents together broke off: {flaw.reason}"
            here = CorpusHit(Spot(shared_folder(facts)), replace(hit, message=words))
            hits[here.at.path].take(rule, severity, here)
        return bool(said)

    def _under_terms(self, hit: CorpusHit, facts: Facts) -> Hit | None:
        """The hit with the terms of its check applied; None if the document is exempt."""
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
    """A fact of a document as text; the items, if it is a list; empty if it has no such fact."""
    found = facts.fact(member, name)
    return [] if found is None else found.decode("utf-8", "replace").split(LIST.decode())


class _FileHits:
    """The hits at one file: at most `limit` of a rule are kept, all are counted.

    If the run `mends` files, all hits with a fix are kept: those that are left are counted after
    that. `shown` is the path for people; `archive` is as in `Diagnostic`.
    """

    def __init__(
        self, path: bytes, shown: str, archive: str, muted: Muted, limit: int, *, mends: bool
    ) -> None:
        self.path, self.shown, self.archive, self.muted = path, shown, archive, muted
        self._limit, self._mends = limit, mends
        self._covered: set[tuple[str, int]] = set()
        self._room: Counter[str] = Counter()
        self.said: list[_Said] = []
        self.counts: Counter[tuple[str, Severity]] = Counter()
        self.rejected: set[int] = set()
        self.omitted = Totals()

    def take(self, rule: Rule, severity: Severity, hit: CorpusHit) -> None:
        """Take in a hit, unless a rule that covers this one has a hit at the same document."""
        index = hit.at.index
        if (rule.name, index) in self._covered:
            return
        self._covered.update((name, index) for name in rule.covers)
        self._room[rule.code] += 1
        is_kept = self._mends and hit.hit.fix is not None
        if not self._limit or is_kept or self._room[rule.code] <= self._limit:
            self.said.append(_Said(rule, severity, hit))
            return
        self.counts[rule.code, severity] += 1
        if severity is Severity.ERROR:
            self.rejected.add(index)
        self.omitted += Totals.of_findings({severity: 1}, omitted=1)

    def spots(self) -> Iterator[Spot]:
        """All places that the kept hits are about."""
        for one in self.said:
            yield from (one.hit.at, *(spot for spot, _ in one.hit.related))


class _Hits(dict[bytes, _FileHits]):
    """Hits by path; `begun` makes the record of a file at its first hit."""

    def __init__(self, begun: Callable[[bytes], _FileHits]) -> None:
        self._begun = begun

    def __missing__(self, path: bytes) -> _FileHits:
        found = self[path] = self._begun(path)
        return found


class _OfFile(Struct, frozen=True):
    """The hits at one file, and all places that they are about."""

    hits: _FileHits
    places: dict[bytes, dict[Spot, Placed]]
    divided: bool
    limit: int
    stage: CorpusStage
    profile: int

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The hits as complete diagnostics."""
        hits, path = self.hits, self.hits.path
        pages = Pages(path, None, packing_of(path))
        found = Findings(
            hits.shown,
            NOBODY if self.divided else ONLY,
            self.limit,
            content=lambda: content_of(pages, hits.shown),
            muted=hits.muted,
            located=locator_of(path, pages),
            archive=hits.archive,
        )
        for one in hits.said:
            placed = self.places[path][one.hit.at]
            fix = placed_fix(one.hit, placed)
            hit = replace(one.hit.hit, start=placed.start, end=placed.end, fix=fix)
            related = tuple(self._related(one.hit, placed))
            if placed.window is not None and not placed.window.path:
                hits.muted.read(placed.window)
            found.add(one.rule, one.severity, hit, placed.window, placed.owner, related)
        found.counts += hits.counts
        return found.diagnostics()

    def _related(self, hit: CorpusHit, placed: Placed) -> Iterator[Related]:
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
                yield Related(self.hits.shown, AGAIN, where, self.hits.archive)
