"""A profile compiled for a worker: which rules are on duty, and what they look for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from stringzilla import find

from ..body.text_fields import FIELDS
from ..delimiters.divider import Divider, wanted
from ..delimiters.options import BLOCK, MEMBERS
from ..document import Document, Place
from ..encoding.charsets import CHARSET
from ..file.compression import bounds
from ..file.name_fields import (
    CONTENT,
    ID,
    NAME,
    SIZE,
    SUMS,
    capture,
    captures,
    group_of,
    is_of_file,
    name_reader,
    names_reader,
)
from ..metadata import fields as metadata
from ..model import Flaw, Hit, Severity
from ..rules.catalog import FAMILIES, catalog
from ..rules.rule import Corpus, Each, Explain, Local, Memory, Name, Rule, Series, Whole
from ..settings.options import Settings
from ..text.re2 import Spans, compiled
from ..text.screen.screen import AnyByte, Beyond, Clue, Screen
from .plan import Bound

_ORDER = list(FAMILIES)
DAY_ZERO = date(1970, 1, 1)

_ANY: Spans = [(0, 0)]
"""Stands for the spans of a name of which nothing more is asked."""


class Watcher(Struct, frozen=True):
    """A rule on duty: where its screen cries, it is asked to diagnose."""

    rule: Rule
    severity: Severity
    screen: Callable[[bytes], bool]
    diagnose: Callable[[Any, Settings], Iterator[Hit]]


class Duty:
    """The rules of one profile by the shape of their check, and the one screen of them all."""

    def __init__(self, bound: Bound, today: date = DAY_ZERO) -> None:
        self.settings = bound.settings
        self.today = today
        charsets = bound.settings[CHARSET]
        self.charsets = () if charsets == CHARSET.default else charsets
        self.locals: list[Watcher] = []
        self.wholes: list[Watcher] = []
        self.names: list[Watcher] = []
        self.each: list[tuple[Rule, Severity, Each]] = []
        self.series: list[tuple[Rule, Severity, Series]] = []
        self.words: dict[type[Flaw], tuple[Rule, Severity, Explain]] = {}
        self._clues: list[Clue] = [AnyByte(b"\0")]  # a NUL may mean UTF-16, or no text at all
        self._text_clues: list[Clue] = []
        for code, severity in bound.rules.items():
            self._enlist(catalog().rules[code], severity)
        # rules that share an evaluation share its question, which is asked once
        self.questions = {check.clean: check.clean_records for _, _, check in self.each}
        self.of_many = {check.clean: check.clean_many for _, _, check in self.each}
        self.locals = coverers_first(self.locals)
        self.suspicious_text = _lazy_screen(self._text_clues)
        self.of_text = [watcher for watcher in self.locals if _is_of_text(watcher.rule)]
        self.suspicious = Screen(self._clues)
        self.divider = (
            Divider(self.settings) if self.each or self.series or wanted(self.settings) else None
        )
        self.divides = self.divider is not None and self.divider.divides
        self.by_member = self.divides and self.settings[MEMBERS] == "document"
        self.facts = fact_names(bound)
        self.wants_content = CONTENT in self.facts
        self.sums = tuple(fact for fact in self.facts if fact in SUMS)
        self.wants_sums = bool(self.sums) or SIZE in self.facts
        self.beside = _beside(bound, today)
        self.document_facts = tuple(fact for fact in self.facts if not is_of_file(fact))
        named = bound.settings[FIELDS].named
        self.body_fields = {fact: named[fact] for fact in self.document_facts if fact in named}
        of_documents = any(fact != CONTENT for fact in self.document_facts)
        self.rows = bool(self.facts) and (self.divides or of_documents)
        if self.rows and self.divider is None:
            self.divider = Divider(self.settings)
        self.groups = tuple(group_of(fact, bound.settings) for fact in self.facts)
        self.spans = name_reader(bound.settings)
        self._fit = compiled(bound.settings[NAME]).spans if self.spans else None  # without .gz
        captured = any(group is not None for group in self.groups)
        self._all_fit = None if captured else names_reader(bound.settings)
        self._captures = self.spans is not None and any(compiled(bound.settings[NAME]).names)
        self.bounds = bounds(bound.settings)

    def _enlist(self, rule: Rule, severity: Severity) -> None:
        check = rule.check
        if isinstance(check, Explain):
            self.words[check.flaw] = rule, severity, check
        elif isinstance(check, Name):
            self.names.append(Watcher(rule, severity, check.suspicious, check.diagnose))
        elif isinstance(check, Each):
            if check.wanted(self.settings):
                self.each.append((rule, severity, check))
        elif isinstance(check, Series):
            if check.begin(self.settings):
                self.series.append((rule, severity, check))
        elif isinstance(check, Local | Whole):
            clues = tuple(check.clues(self.settings))
            if clues:
                self._clues += clues
                if _is_of_text(rule):
                    self._text_clues += clues
                watchers = self.locals if isinstance(check, Local) else self.wholes
                watchers.append(Watcher(rule, severity, _lazy_screen(clues), check.diagnose))

    def matched(self, names: Sequence[bytes], compressed: bool) -> list[Spans | None]:
        """Where the groups of `file.name` stand in each name; None for one that does not fit.

        Where nothing is asked of groups, names that all fit are found so at once, and have none.
        """
        fit = self.spans if compressed else self._fit
        if fit is None or (not compressed and self._all_fit and self._all_fit(names)):
            return [_ANY] * len(names)
        return [fit(name) for name in names]

    def odd_names(self, names: Sequence[bytes]) -> set[bytes]:
        """The names that a rule about names may have something to say of."""
        if not self.names:
            return set()
        joined = b"\0" + b"\0".join(names) + b"\0"
        alarmed = [watcher.screen for watcher in self.names if watcher.screen(joined)]
        return {name for name in names if any(ask(b"\0" + name + b"\0") for ask in alarmed)}

    def place(self, path: bytes, name: bytes) -> Place:
        """What is known of the documents of a file before it is read."""
        return Place(path, captures(name, self.settings) if self._captures else {}, self.today)

    def document_id(self, name: bytes) -> str:
        """The id of the document in the file of this name, empty when it has none."""
        field = self.settings[ID]
        value = capture(name, field, self.settings) if field else None
        return value.decode("utf-8", "replace") if value else ""

    def id_of(self, document: Document) -> str:
        """The id of a document, empty when it has none."""
        name = self.settings[ID]
        value = metadata.field(document, self.settings, name) if name else None
        return "" if value is None else str(value)

    def explained(self, flaws: Iterable[Flaw]) -> Iterator[tuple[Rule, Severity, Hit]]:
        """What the rules on duty say of flaws; nothing where none speaks of that type."""
        for flaw in flaws:
            if type(flaw) in self.words:
                rule, severity, check = self.words[type(flaw)]
                hit = check.explain(flaw, self.settings)
                if hit:
                    yield rule, severity, hit

    def worded(self, flaw: Flaw) -> Hit | None:
        """A flaw in the words of the rule that explains such, on duty or not, as grave as that."""
        found = self.words.get(type(flaw)) or _words_of(type(flaw))
        if found is None:
            return None
        _, severity, check = found
        hit = check.explain(flaw, self.settings)
        return replace(hit, severity=hit.severity or severity) if hit else None

    def memories(self) -> list[tuple[Rule, Severity, Memory]]:
        """The rules that compare the documents of a file, with a fresh memory each."""
        begun = ((rule, severity, one.begin(self.settings)) for rule, severity, one in self.series)
        return [(rule, severity, memory) for rule, severity, memory in begun if memory]

    def silenced(self, flaws: Iterable[Flaw]) -> frozenset[str]:
        """Codes of the rules that must not speak of a file with these flaws.

        After a fault of one family the bytes are noise to it and to the families that follow.
        """
        families = {self.words[type(flaw)][0].family for flaw in flaws if type(flaw) in self.words}
        first = min(map(_ORDER.index, families or {"ENC"}))
        watchers = (*self.locals, *self.wholes)
        return frozenset(
            watcher.rule.code for watcher in watchers if _ORDER.index(watcher.rule.family) >= first
        )


@cache
def _words_of(kind: type[Flaw]) -> tuple[Rule, Severity, Explain] | None:
    for rule in catalog().rules.values():
        if isinstance(rule.check, Explain) and rule.check.flaw is kind:
            return rule, rule.severity, rule.check
    return None


def _is_of_text(rule: Rule) -> bool:
    """Whether a rule is about the characters of a text, however they are written."""
    return rule.family == "TXT" and isinstance(rule.check, Local) and not rule.check.as_written


def _lazy_screen(clues: Sequence[Clue]) -> Callable[[bytes], bool]:
    """The screen of one rule, built when it is first asked: in a clean corpus it never is."""
    screen = cache(partial(Screen, clues))
    leads = {clue.lead for clue in clues if isinstance(clue, Beyond)}
    others = any(not isinstance(clue, Beyond) for clue in clues)

    def found(text: bytes) -> bool:
        # most rules have nothing to say of a text that others have: their screens are never built
        return (others or any(find(text, lead) >= 0 for lead in leads)) and screen()(text)

    return found


def _beside(bound: Bound, today: date) -> Duty | None:
    """The duty for files that hold the metadata of documents; None if there are no such files.

    Asked are the rules about their being whole and readable, and about characters; not those
    about how bytes are written: lines are as the tool that writes the file likes them.
    """
    if bound.settings[BLOCK] != "sidecar":
        return None
    rules = {code: severity for code, severity in bound.rules.items() if _asks_beside(code)}
    kept = ("encoding.", "text.")
    values = {
        key: value
        for key, value in bound.settings.values.items()
        if key.startswith(kept) and key != CHARSET.key
    }
    return Duty(Bound(bound.name, Settings(values), rules), today)


def _asks_beside(code: str) -> bool:
    rule = catalog().rules[code]
    if rule.family in ("FIL", "ENC") and isinstance(rule.check, Explain):
        return True
    return (
        rule.family in ("ENC", "TXT")
        and isinstance(rule.check, Local)
        and not rule.check.as_written
    )


def coverers_first(watchers: Sequence[Watcher]) -> list[Watcher]:
    """Every rule after those that cover it, and otherwise in the order they came in."""
    ordered: list[Watcher] = []
    waiting = list(watchers)
    while waiting:
        covered = {name for watcher in waiting for name in watcher.rule.covers}
        free = [one for one in waiting if one.rule.name not in covered] or waiting
        ordered += free
        waiting = [one for one in waiting if one not in free]
    return ordered


def fact_names(bound: Bound) -> tuple[str, ...]:
    """The facts that corpus rules want of a profile, each once, in a fixed order."""
    wanted: dict[str, None] = {}
    for code in bound.rules:
        check = catalog().rules[code].check
        if isinstance(check, Corpus):
            wanted.update(dict.fromkeys(check.facts(bound.settings)))
    wanted.update(dict.fromkeys(bound.asked))
    return tuple(wanted)
