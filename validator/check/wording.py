"""Flaws put into the words of the rules that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec.structs import replace

from ..model import Flaw, Hit, Severity
from ..rules.catalog import catalog
from ..rules.index import name_of
from ..rules.rule import Explain, Rule
from ..settings.options import Settings
from ..text.screen.screen import Clue


class Wording:
    """The rules of a profile that explain flaws, each by the type of flaw that it explains."""

    def __init__(self, settings: Settings, rules: Mapping[str, Severity]) -> None:
        """`rules` are all rules that are switched on; those that explain no flaw are left out."""
        self._settings = settings
        known = catalog().entries
        self._rules = {
            known[code].flaw: (code, severity)
            for code, severity in rules.items()
            if known[code].flaw
        }

    def __contains__(self, kind: object) -> bool:
        """Whether a rule that is switched on explains flaws of this type."""
        return isinstance(kind, type) and name_of(kind) in self._rules

    def clues(self) -> Iterator[Clue]:
        """The clues of flaws that only the exact way looks for."""
        codes = [code for code, _ in self._rules.values()]
        for entry in catalog().awake(codes, self._settings):
            yield from catalog().clues(entry, self._settings)

    def has(self, flaw: Flaw) -> bool:
        """Whether a rule that is switched on explains flaws of this type."""
        return type(flaw) in self

    def explained(self, flaws: Iterable[Flaw]) -> Iterator[tuple[Rule, Severity, Hit]]:
        """The hits for flaws; none for a flaw that no rule which is switched on explains."""
        for flaw in flaws:
            code, severity = self._rules.get(name_of(type(flaw)), ("", Severity.ERROR))
            if code:
                rule, check = _explaining(code)
                hit = check.explain(flaw, self._settings)
                if hit:
                    yield rule, severity, hit

    def worded(self, flaw: Flaw) -> Hit | None:
        """The hit for a flaw, with the severity of the rule that explains it, be it on or off."""
        name = name_of(type(flaw))
        code, severity = self._rules.get(name) or _written_for().get(name, ("", Severity.ERROR))
        hit = _explaining(code)[1].explain(flaw, self._settings) if code else None
        return replace(hit, severity=hit.severity or severity) if hit else None

    def families(self, flaws: Iterable[Flaw]) -> set[str]:
        """The families of the rules that are switched on and explain these flaws."""
        return {self._rules[name_of(type(flaw))][0][:3] for flaw in flaws if self.has(flaw)}


def _explaining(code: str) -> tuple[Rule, Explain]:
    rule = catalog().rules[code]
    assert isinstance(rule.check, Explain)
    return rule, rule.check


@cache
def _written_for() -> Mapping[str, tuple[str, Severity]]:
    """By name of a flaw: the code of the rule that explains it, and its default severity."""
    return {one.flaw: (one.code, one.severity) for one in catalog().entries.values() if one.flaw}
