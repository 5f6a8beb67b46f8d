"""Flaws put into the words of the rules that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView
from functools import cache

from msgspec.structs import replace

from ..model import Flaw, Hit, Severity
from ..rules.catalog import catalog
from ..rules.rule import Explain, Rule
from ..settings.options import Settings
from ..text.screen.screen import Clue


class Wording:
    """The rules of a profile that explain flaws, each by the type of flaw that it explains."""

    def __init__(
        self, settings: Settings, rules: Iterable[tuple[Rule, Severity, Explain]] = ()
    ) -> None:
        self._settings = settings
        self._rules = {check.flaw: (rule, severity, check) for rule, severity, check in rules}

    @property
    def kinds(self) -> KeysView[type[Flaw]]:
        """The types of flaws that rules explain which are switched on."""
        return self._rules.keys()

    def clues(self) -> Iterator[Clue]:
        """What such a flaw shows in the bytes of a file, where it is looked for on its way only."""
        for _, _, check in self._rules.values():
            yield from check.clues(self._settings) if check.clues else ()

    def has(self, flaw: Flaw) -> bool:
        """Whether a rule that is switched on explains flaws of this type."""
        return type(flaw) in self._rules

    def explained(self, flaws: Iterable[Flaw]) -> Iterator[tuple[Rule, Severity, Hit]]:
        """What the rules that are switched on say of flaws; nothing where none explains them."""
        for flaw in flaws:
            found = self._rules.get(type(flaw))
            hit = found[2].explain(flaw, self._settings) if found else None
            if found and hit:
                yield found[0], found[1], hit

    def worded(self, flaw: Flaw) -> Hit | None:
        """A flaw in the words of the rule that explains such, be it on or off, as grave as that."""
        found = self._rules.get(type(flaw)) or _words_of(type(flaw))
        if found is None:
            return None
        _, severity, check = found
        hit = check.explain(flaw, self._settings)
        return replace(hit, severity=hit.severity or severity) if hit else None

    def families(self, flaws: Iterable[Flaw]) -> set[str]:
        """The families of the rules that are switched on and explain these flaws."""
        return {self._rules[type(flaw)][0].family for flaw in flaws if self.has(flaw)}


@cache
def _words_of(kind: type[Flaw]) -> tuple[Rule, Severity, Explain] | None:
    for rule in catalog().rules.values():
        if isinstance(rule.check, Explain) and rule.check.flaw is kind:
            return rule, rule.severity, rule.check
    return None
