"""Findings about suppressions of configurations: those that expired, and those not needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ..check.findings import Findings, Owner
from ..check.plan import Bound, Plan
from ..check.ruleset import rule_set
from ..file.opening import read_text
from ..file.suppressions import ExpiredSuppression, UnusedSuppression
from ..model import Diagnostic, SpanFlaw
from ..profile.patterns import Suppress
from ..profile.toml_file import position
from ..rules.catalog import catalog
from ..text.lines import Window
from .baseline import below

_NO_DOCUMENT: Final = Owner(0)
"""A configuration is no document."""

Used = Mapping[tuple[int, int], int]
"""How many findings were suppressed, by scope and number of the suppression."""


def of_configurations(plan: Plan, used: Used, sees_all: bool) -> Iterator[Diagnostic]:
    """Findings about suppressions, by file.

    An unused one is told only if all files that it may be needed for were checked. `sees_all` says
    that every file at the paths of the run was.
    """
    scopes: dict[int, list[Bound]] = {}
    for bound in plan.profiles if any(bound.suppress for bound in plan.profiles) else ():
        scopes.setdefault(bound.scope, []).append(bound)
    told: set[tuple[str, tuple[str | int, ...]]] = set()  # one may count in several scopes
    for scope, bounds in scopes.items():
        whole = sees_all and bounds[0].base != "" and below(plan.roots, bounds[0].base)(".")
        for number, one in enumerate(bounds[0].suppress):
            if (one.origin, one.keys) in told:
                continue
            told.add((one.origin, one.keys))
            if not one.holds(plan.today):
                yield from _told(one, bounds[0], plan)
            elif whole and not used.get((scope, number)) and _asked(one, bounds):
                yield from _told(one, bounds[0], plan, unused=True)


def _asked(one: Suppress, bounds: list[Bound]) -> bool:
    """Whether its rules were run: all of them that are on by default, and at least one."""
    rules = {code for bound in bounds for code in bound.rules}
    usual = {code for code in one.codes if catalog().rules[code].default}
    return usual <= rules and not one.codes.isdisjoint(rules)


def _told(one: Suppress, bound: Bound, plan: Plan, unused: bool = False) -> Iterator[Diagnostic]:
    """The finding about a suppression, at its table in the configuration."""
    try:
        data = read_text(one.origin).encode()
    except (OSError, ValueError):
        return  # the configuration has changed since it was read
    window = Window(data)
    row, column = position(data.decode(), one.keys) or (1, 1)
    start = window.starts[row - 1] + column - 1
    end = window.line_bounds(window.line_at(start))[1]
    flaw: SpanFlaw
    if unused:
        words = sorted(one.codes) if len(one.codes) < 4 else [*sorted(one.codes)[:3], "…"]
        flaw = UnusedSuppression(start, end, tuple(words), one.files.lines)
    else:
        assert one.until is not None
        flaw = ExpiredSuppression(start, end, one.until, one.reason)
    found = Findings(one.origin, _NO_DOCUMENT, plan.limit)
    for rule, severity, hit in rule_set(bound).wording.explained([flaw]):
        found.add(rule, severity, hit, window)
    yield from found.diagnostics()
