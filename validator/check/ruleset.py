"""The rules of a profile that are switched on, by the shape of their check."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import Any, Final

from msgspec import Struct
from stringzilla import find

from ..document import Document, Place
from ..memo import memo
from ..model import Hit, Severity
from ..rules.catalog import catalog
from ..rules.index import Entry
from ..rules.rule import Each, Local, Name, Rule, Series, Shared, Whole
from ..settings.options import Settings
from ..text.screen.screen import Beyond, Clue, Screen
from ..text.screen.sequences import openings
from .plan import Bound
from .wording import Wording

Said = tuple[Rule, Severity, Hit]
"""A hit, which rule it is of, and how grave that is here."""


Pieces = Collection[bytes]
"""All short pieces of what a text has beyond ASCII."""


class Watcher(Struct, frozen=True, dict=True):
    """A rule about bytes or names: where its screen cries, it is asked to diagnose."""

    entry: Entry
    severity: Severity
    screen: Callable[[bytes], bool]
    clues: tuple[Clue, ...] = ()

    @cached_property
    def rule(self) -> Rule:
        """The rule itself: imported for the first text that it has a clue in."""
        return catalog().rules[self.entry.code]

    @cached_property
    def diagnose(self) -> Callable[[Any, Settings], Iterator[Hit]]:
        """What the rule says of a window, or of a name."""
        check = self.rule.check
        assert isinstance(check, Name | Local | Whole)
        return check.diagnose

    @cached_property
    def openings(self) -> frozenset[bytes] | None:
        """Of these pieces a text has one; None where that is not said, for what ASCII may hold."""
        found: set[bytes] = set()
        for clue in self.clues:
            if not isinstance(clue, Beyond):
                return None
            found |= openings(clue.lead, clue.tail)
        return frozenset(found)

    def passes_by(self, pieces: Pieces | None) -> bool:
        """Whether there is nothing for the rule in a text, as its pieces tell if they are known."""
        return pieces is not None and self.openings is not None and self.openings.isdisjoint(pieces)


class Look(Struct, frozen=True):
    """One question about a document, and what the rules that ask it say where it is not clean.

    The questions are those of `Each`. `said` gives what is wrong.
    """

    family: str
    clean: Callable[[Document, Settings], bool]
    clean_records: Callable[[Sequence[Mapping[str, Any]], Place, Settings], bool] | None
    clean_many: Callable[[Sequence[Document], Settings], bool] | None
    said: Callable[[Document, Settings], Iterator[Said]]


class RuleSet(Struct, frozen=True):
    """The rules of a profile. Of rules about bytes those that cover others come first.

    `of_text` are those of `locals` that are about the characters of a text, however it is written.
    """

    locals: tuple[Watcher, ...]
    of_text: tuple[Watcher, ...]
    wholes: tuple[Watcher, ...]
    names: tuple[Watcher, ...]
    looks: tuple[Look, ...]
    series: tuple[tuple[Rule, Severity, Series], ...]
    wording: Wording


@memo
def rule_set(bound: Bound) -> RuleSet:
    """The rules of a profile, with what they have to do under its settings."""
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
        tuple(locals_),
        tuple(watcher for watcher in locals_ if _is_of_text(watcher.entry)),
        tuple(wholes),
        tuple(names),
        tuple(_looks(each, wording)),
        tuple(series),
        wording,
    )


def _looks(each: Iterable[tuple[Rule, Severity, Each]], wording: Wording) -> Iterator[Look]:
    """One for all rules of a family that ask the same question."""
    alike: dict[tuple[str, object], list[tuple[Rule, Severity, Each]]] = {}
    for rule, severity, check in each:
        alike.setdefault((rule.family, check.clean), []).append((rule, severity, check))
    for (family, _), members in alike.items():
        check = members[0][2]
        yield Look(
            family,
            check.clean,
            check.clean_records,
            check.clean_many,
            partial(
                _said, _shared(members), [one for one in members if not one[2].shared], wording
            ),
        )


Kinds = Mapping[str, tuple[Rule, Severity]]
"""The rules that share a look, by the kind of fault that each tells."""


def _shared(members: Iterable[tuple[Rule, Severity, Each]]) -> Sequence[tuple[Shared, Kinds]]:
    """What is found for several rules at once, and for which."""
    found: dict[Shared, dict[str, tuple[Rule, Severity]]] = {}
    for rule, severity, check in members:
        if check.shared:
            found.setdefault(check.shared, {})[check.kind] = rule, severity
    return [*found.items()]


def _said(
    shared: Sequence[tuple[Shared, Kinds]],
    alone: Sequence[tuple[Rule, Severity, Each]],
    wording: Wording,
    document: Document,
    settings: Settings,
) -> Iterator[Said]:
    for one, kinds in shared:
        for kind, hit in one.faults(document, settings):
            if kind in kinds:
                rule, severity = kinds[kind]
                yield rule, severity, hit
    for rule, severity, check in alone:
        yield from ((rule, severity, hit) for hit in check.diagnose(document, settings))
        for flaw, finish in check.flaws(document, settings) if check.flaws else ():
            said = wording.worded(flaw)
            if said is not None:
                yield rule, severity, finish(said)


def _is_of_text(entry: Entry) -> bool:
    return entry.family == "TXT" and entry.shape == "local" and not entry.as_written


_SHORT: Final = 96
"""Bytes beyond ASCII of a text up to which its pieces are told apart: of most texts in Latin
letters."""

_PIECES: Final = range(1, 6)
"""How long pieces are: what sequences begin with is no longer."""

_ASCII: Final = bytes(range(0x80))


def pieces_of(text: bytes) -> Pieces | None:
    """The pieces of a text; None where they are many."""
    if text.isascii():
        return ()
    high = text.translate(None, _ASCII)
    if len(high) > _SHORT:
        return None
    return {high[at : at + size] for size in _PIECES for at in range(len(high))}


def lazy_screen(clues: Sequence[Clue]) -> Callable[[bytes], bool]:
    """The screen of one rule, built when it is first asked: in a clean corpus it never is."""
    screen = cache(partial(Screen, clues))
    leads = {clue.lead for clue in clues if isinstance(clue, Beyond)}
    others = any(not isinstance(clue, Beyond) for clue in clues)

    def found(text: bytes) -> bool:
        # most rules have nothing to say of a text that others have: their screens are never built
        return (others or any(find(text, lead) >= 0 for lead in leads)) and screen()(text)

    return found


def coverers_first(watchers: Sequence[Watcher]) -> list[Watcher]:
    """Every rule after those that cover it, and otherwise in the order they came in."""
    ordered: list[Watcher] = []
    waiting = list(watchers)
    while waiting:
        covered = {name for watcher in waiting for name in watcher.entry.covers}
        free = [one for one in waiting if one.entry.name not in covered] or waiting
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered
