"""All the rules there are: found in the rooms of `rules`, and imported when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from msgspec import Struct

from ..errors import ValidatorError, did_you_mean
from ..memo import Loaded
from ..settings.options import Option, Settings
from ..text.screen.screen import Clue
from .index import FAMILIES, Entry, modules, written
from .rule import Rule

Misfits = Callable[[Settings], Iterable[tuple[str, str]]]
"""Gives the options of a profile that do not fit together: the wrong key, and the rest of the
sentence "`key` ..."."""


class Catalog(Struct, frozen=True):
    """All rules by code: their entries in the index, and the rules themselves; all options by key.

    `misfits` has the families with options that may not fit together: family -> keys, of which one
    must be set for that.
    """

    entries: Mapping[str, Entry]
    rules: Mapping[str, Rule]
    options: Mapping[str, Option[Any]]
    misfits: Mapping[str, tuple[str, ...]]

    def find(self, word: str) -> Rule:
        """The rule of this code or name. Raises ValidatorError, which proposes the nearest one."""
        for one in self.entries.values():
            if word.upper() == one.code or word.lower() == one.name:
                return self.rules[one.code]
        raise ValidatorError(f"there is no rule `{word}`{did_you_mean(word, self.words())}")

    def select(self, selector: str) -> frozenset[str]:
        """Codes meant by `ALL`, a code, a prefix of one, or a name; empty when unknown."""
        if selector == "ALL":
            return frozenset(self.entries)
        return frozenset(
            code
            for code, one in self.entries.items()
            if selector == one.name or (selector.isupper() and code.startswith(selector))
        )

    def words(self) -> list[str]:
        """All words that `select` knows, for suggestions."""
        names = [one.name for one in self.entries.values()]
        return [*names, *self.entries, *FAMILIES, "ALL"]

    def awake(self, codes: Iterable[str], settings: Settings) -> Sequence[Entry]:
        """The rules among these that may have something to do under these settings."""
        idle = settings.values.keys().isdisjoint
        known = map(self.entries.__getitem__, codes)
        return [one for one in known if one.asks is None or not idle(one.asks)]

    def clues(self, entry: Entry, settings: Settings) -> Sequence[Clue]:
        """The clues that a rule looks for in bytes; empty if it looks for none."""
        if entry.clues is not None and settings.values.keys().isdisjoint(entry.hang_on):
            return entry.known_clues
        ask = getattr(self.rules[entry.code].check, "clues", None)
        return tuple(ask(settings)) if ask else ()

    def misfit(self, settings: Settings) -> Iterator[tuple[str, str]]:
        """Options that do not fit together: the wrong key, the rest of the sentence "`key` ..."."""
        for family, keys in self.misfits.items():
            if not settings.values.keys().isdisjoint(keys):
                ask: Misfits = import_module(f".{family}", __package__).misfits
                yield from ask(settings)


@cache
def catalog() -> Catalog:
    """The catalog. Raises ValueError when two rules claim one code or name."""
    known = written()
    if {one.home for one in known.rules} != {*modules()}:
        from .indexing import made

        known = made()
    entries = {one.code: one for one in known.rules}
    rules = Loaded({code: _rule_of(one) for code, one in entries.items()})
    options: dict[str, Callable[[], Option[Any]]] = {}
    for one in known.rules:
        for at, key in enumerate(one.options):
            options.setdefault(key, _option_of(rules, one.code, at))
    return Catalog(entries, rules, Loaded(options), known.misfits)


def _rule_of(entry: Entry) -> Callable[[], Rule]:
    room, module = entry.home

    def load() -> Rule:
        rule: Rule = import_module(f".{room}.{module}", __package__).rule
        return rule

    return load


def _option_of(rules: Mapping[str, Rule], code: str, at: int) -> Callable[[], Option[Any]]:
    return lambda: rules[code].options[at]
