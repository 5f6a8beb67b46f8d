"""The rules of a profile that are switched on, by the shape of their check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..document import Document, Place
from ..memo import memo
from ..model import Hit, Severity
from ..rules.catalog import catalog
from ..rules.index import Entry
from ..rules.rule import Each, Name, Rule, Series, Shared
from ..settings.options import Settings
from .plan import Bound
from .watchers import Watcher, Watchers, coverers_first, lazy_screen
from .wording import Wording

Said = tuple[Rule, Severity, Hit]
"""A rule, its severity under the profile, and a hit of it."""


Asking = tuple[Rule, Severity, Each]
"""A rule about single documents, its severity under the profile, and its check."""


class Look(Struct, frozen=True):
    """One question about a document, and the rules that are run where the answer is not clean.

    The three forms of the question are those of `Each`. `shared` has, for each check that serves
    several rules at once, these rules by the kind of fault that each tells. The rules in `alone`
    have a check of their own.
    """

    family: str
    clean: Callable[[Document, Settings], bool]
    clean_records: Callable[[Sequence[Mapping[str, Any]], Place, Settings], bool] | None
    clean_many: Callable[[Sequence[Document], Settings], bool] | None
    shared: Mapping[Shared, Mapping[str, Asking]]
    alone: Sequence[Asking]
    wording: Wording

    def said(self, document: Document, settings: Settings) -> Iterator[Said]:
        """The hits of these rules in a document."""
        for one, kinds in self.shared.items():
            for kind, hit in one.faults(document, settings):
                if kind in kinds:
                    rule, severity, _ = kinds[kind]
                    yield rule, severity, hit
        for rule, severity, check in self.alone:
            yield from ((rule, severity, hit) for hit in check.diagnose(document, settings))
            for flaw, finish in check.flaws(document, settings) if check.flaws else ():
                said = self.wording.worded(flaw)
                if said is not None:
                    yield rule, severity, finish(said)


class RuleSet(Struct, frozen=True):
    """The rules of a profile by shape. Rules about bytes that cover others come before these.

    `of_text` are those of `locals` about characters, which are also checked in escaped texts.
    """

    locals: Watchers
    of_text: Watchers
    wholes: Watchers
    names: tuple[Watcher, ...]
    looks: tuple[Look, ...]
    series: tuple[tuple[Rule, Severity, Series], ...]
    wording: Wording


@memo
def rule_set(bound: Bound) -> RuleSet:
    """The rules of a profile that have work to do under its settings."""
    settings = bound.settings
    locals_, wholes, names = list[Watcher](), list[Watcher](), list[Watcher]()
    watchers = {"local": locals_, "whole": wholes}
    each, series = [], []
    for entry in catalog().awake(bound.rules, settings):
        severity = bound.rules[entry.code]
        if entry.shape in watchers:
            clues = tuple(catalog().clues(entry, settings))
            if clues:
                found = Watcher(entry, severity, lazy_screen(clues), clues)
                watchers[entry.shape].append(found)
            continue
        if entry.shape in ("explain", "corpus"):
            continue
        rule = catalog().rules[entry.code]
        check = rule.check
        if isinstance(check, Name):
            names.append(Watcher(entry, severity, check.suspicious))
        elif isinstance(check, Each):
            if check.wanted(settings):
                each.append((rule, severity, check))
        elif isinstance(check, Series) and check.begin(settings):
            series.append((rule, severity, check))
    wording = Wording(settings, bound.rules)
    locals_ = coverers_first(locals_)
    return RuleSet(
        Watchers(locals_),
        Watchers(watcher for watcher in locals_ if _is_of_text(watcher.entry)),
        Watchers(wholes),
        tuple(names),
        tuple(_looks(each, wording)),
        tuple(series),
        wording,
    )


def _looks(each: Iterable[Asking], wording: Wording) -> Iterator[Look]:
    """One `Look` for all rules of a family that ask the same question."""
    alike: dict[tuple[str, object], list[Asking]] = {}
    for one in each:
        alike.setdefault((one[0].family, one[2].clean), []).append(one)
    for (family, _), members in alike.items():
        check = members[0][2]
        shared: dict[Shared, dict[str, Asking]] = {}
        for one in members:
            if one[2].shared:
                shared.setdefault(one[2].shared, {})[one[2].kind] = one
        alone = [one for one in members if not one[2].shared]
        quick = check.clean, check.clean_records, check.clean_many
        yield Look(family, *quick, shared, alone, wording)


def _is_of_text(entry: Entry) -> bool:
    return entry.family == "TXT" and entry.shape == "local" and not entry.as_written
