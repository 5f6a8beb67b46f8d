"""A profile compiled for a worker: which rules are on duty, and what they look for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

from msgspec import Struct

from .catalog import FAMILIES, catalog
from .charsets import CHARSET
from .fields import CONTENT, ID, NAME, capture, group_of, name_reader
from .model import Flaw, Hit, Severity
from .options import Settings
from .packing import bounds
from .patterns import compiled
from .plan import Bound
from .rule import Corpus, Explain, Local, Name, Rule, Whole
from .screen import AnyByte, Clue, Screen

_ORDER = list(FAMILIES)


class Watcher(Struct, frozen=True):
    """A rule on duty: where its screen cries, it is asked to diagnose."""

    rule: Rule
    severity: Severity
    screen: Callable[[bytes], bool]
    diagnose: Callable[[Any, Settings], Iterator[Hit]]


class Duty:
    """The rules of one profile by the shape of their check, and the one screen of them all."""

    def __init__(self, bound: Bound) -> None:
        self.settings = bound.settings
        charsets = bound.settings[CHARSET]
        self.charsets = () if charsets == CHARSET.default else charsets
        self.locals: list[Watcher] = []
        self.wholes: list[Watcher] = []
        self.names: list[Watcher] = []
        self.words: dict[type[Flaw], tuple[Rule, Severity, Explain]] = {}
        self._clues: list[Clue] = [AnyByte(b"\0")]  # a NUL may mean UTF-16, or no text at all
        for code, severity in bound.rules.items():
            self._enlist(catalog().rules[code], severity)
        self.locals = coverers_first(self.locals)
        self.suspicious = Screen(self._clues)
        self.facts = fact_names(bound)
        self.wants_content = CONTENT in self.facts
        self.groups = tuple(group_of(fact, bound.settings) for fact in self.facts)
        self.spans = name_reader(bound.settings)
        self.fit = compiled(bound.settings[NAME]).spans if self.spans else None  # without .gz
        self.bounds = bounds(bound.settings)

    def _enlist(self, rule: Rule, severity: Severity) -> None:
        check = rule.check
        if isinstance(check, Explain):
            self.words[check.flaw] = rule, severity, check
        elif isinstance(check, Name):
            self.names.append(Watcher(rule, severity, check.suspicious, check.diagnose))
        elif isinstance(check, Local | Whole):
            clues = tuple(check.clues(self.settings))
            if clues:
                self._clues += clues
                watchers = self.locals if isinstance(check, Local) else self.wholes
                watchers.append(Watcher(rule, severity, _lazy_screen(clues), check.diagnose))

    def odd_names(self, names: Sequence[bytes]) -> set[bytes]:
        """The names that a rule about names may have something to say of."""
        if not self.names:
            return set()
        joined = b"\0" + b"\0".join(names) + b"\0"
        alarmed = [watcher.screen for watcher in self.names if watcher.screen(joined)]
        return {name for name in names if any(ask(b"\0" + name + b"\0") for ask in alarmed)}

    def document_id(self, name: bytes) -> str:
        """The id of the document in the file of this name, empty when it has none."""
        field = self.settings[ID]
        value = capture(name, field, self.settings) if field else None
        return value.decode("utf-8", "replace") if value else ""

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


def _lazy_screen(clues: Iterable[Clue]) -> Callable[[bytes], bool]:
    """The screen of one rule, built when it is first asked: in a clean corpus it never is."""
    screen = cache(partial(Screen, clues))

    def found(text: bytes) -> bool:
        return screen()(text)

    return found


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
    """The facts that the corpus rules of a profile want, each once, in a fixed order."""
    wanted: dict[str, None] = {}
    for code in bound.rules:
        check = catalog().rules[code].check
        if isinstance(check, Corpus):
            wanted.update(dict.fromkeys(check.facts(bound.settings)))
    return tuple(wanted)
