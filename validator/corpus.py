"""The stage after all files: facts are put together, and the corpus rules resolve them once.

Facts stay small (a key for each file and fact, in lists beside the names), so that this works for
a million documents in memory; a store that spills to disk would stand behind the same calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from msgspec import Struct

from .catalog import catalog
from .duty import fact_names
from .fields import ID, capture
from .findings import Owner, whole_file
from .model import Diagnostic, Related, Report
from .plan import Bound, Part, Plan
from .rule import Corpus, CorpusHit, Folder, Member, Rule
from .source import same_content


class _Batch(Struct, frozen=True):
    folder: bytes
    names: tuple[bytes, ...]
    columns: tuple[Sequence[bytes | None], ...]
    counts: Sequence[int]

    def owners(self) -> Iterator[tuple[bytes, int]]:
        """File name and index of each document, in order."""
        if not self.counts:
            yield from ((name, 1) for name in self.names)
        for name, count in zip(self.names, self.counts, strict=False):
            yield from ((name, index) for index in range(1, count + 1))


class CorpusStage:
    """Collects the facts of all reports, in any order, and resolves them at the end."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._batches: list[list[_Batch]] = [[] for _ in plan.profiles]
        self._wanted = [fact_names(bound) for bound in plan.profiles]

    def add(self, part: Part, report: Report) -> None:
        """Take in the facts of a part."""
        if report.columns:
            self._batches[part.profile].append(
                _Batch(part.folder, part.names, report.columns, report.counts)
            )

    def resolve(self) -> Iterator[Diagnostic]:
        """The findings about the corpus, by path and code."""
        found: list[Diagnostic] = []
        for bound, batches, wanted in zip(
            self._plan.profiles, self._batches, self._wanted, strict=True
        ):
            found += _Resolution(bound, batches, wanted).diagnostics()
        yield from sorted(found, key=lambda one: (os.fsencode(one.path), one.code))


class _Resolution:
    """The corpus rules of one profile on its facts."""

    def __init__(self, bound: Bound, batches: list[_Batch], wanted: tuple[str, ...]) -> None:
        self._bound, self._batches, self._wanted = bound, batches, wanted
        self._equal: dict[tuple[bytes, bytes], bool] = {}

    def diagnostics(self) -> list[Diagnostic]:
        said: list[tuple[Rule, CorpusHit]] = []
        for code in self._bound.rules:
            rule = catalog().rules[code]
            if isinstance(rule.check, Corpus):
                said += [(rule, hit) for hit in self._hits(rule.check)]
        covered = {(name, one.path, one.index) for rule, one in said for name in rule.covers}
        return [
            self._complete(rule, one)
            for rule, one in said
            if (rule.name, one.path, one.index) not in covered
        ]

    def _hits(self, check: Corpus) -> Iterator[CorpusHit]:
        for fact in check.facts(self._bound.settings):
            if not check.clean(self._folders(fact), self._bound.settings):
                members = self._members(fact)
                yield from check.resolve(fact, members, self._bound.settings, self._same)

    def _folders(self, fact: str) -> list[Folder]:
        at = self._wanted.index(fact)
        joined: dict[bytes, list[bytes | None]] = {}
        for batch in self._batches:
            joined.setdefault(batch.folder, []).extend(batch.columns[at])
        return [Folder(keys) for keys in joined.values()]

    def _members(self, fact: str) -> list[Member]:
        at = self._wanted.index(fact)
        members = [
            Member(key, batch.folder + name, index)
            for batch in self._batches
            for (name, index), key in zip(batch.owners(), batch.columns[at], strict=True)
            if key is not None
        ]
        members.sort(key=lambda member: (member.key, member.path, member.index))
        return members

    def _same(self, first: bytes, second: bytes) -> bool:
        """Whether two files are equal, compared once for all rules."""
        pair = (first, second)
        if pair not in self._equal:
            self._equal[pair] = same_content(first, second)
        return self._equal[pair]

    def _complete(self, rule: Rule, one: CorpusHit) -> Diagnostic:
        name = one.path[one.path.rfind(b"/") + 1 :]
        field = self._bound.settings[ID]
        document = capture(name, field, self._bound.settings) if field else None
        return whole_file(
            rule,
            self._bound.rules[rule.code],
            one.hit,
            os.fsdecode(one.path),
            Owner(one.index, document.decode("utf-8", "replace") if document else ""),
            tuple(Related(os.fsdecode(path), words) for path, words in one.related),
        )
