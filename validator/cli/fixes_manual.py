"""The tables of `docs/fixes.md`, made of what rules and invariants say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from ..fix.invariants import named, names
from ..model import Applicability
from ..rules.catalog import catalog
from ..rules.rule import Repair, Rule


def repairs(applicability: Applicability) -> Iterator[tuple[Rule, Repair]]:
    """The rules that have a fix of this kind, in the order of their codes."""
    for rule in catalog().rules.values():
        repair = rule.repair(applicability)
        if repair is not None:
            yield rule, repair


def safe_fixes() -> str:
    """The safe fixes as a table."""
    return _table(Applicability.SAFE)


def unsafe_fixes() -> str:
    """The unsafe fixes as a table."""
    return _table(Applicability.UNSAFE)


def _table(applicability: Applicability) -> str:
    lines = ["| rule | what is done | what is kept |", "|---|---|---|"]
    for rule, one in repairs(applicability):
        name = f"[{rule.code} {rule.name}](rules/{rule.name}.md)"
        lines.append(f"| {name} | {one.words} | `{one.keeps}` |")
    return "\n".join(lines) + "\n"


def invariants() -> str:
    """The invariants as a table, each with the number of rules whose fixes keep it."""
    kept: dict[str, set[str]] = {name: set() for name in names()}
    for applicability in Applicability:
        for rule, one in repairs(applicability):
            kept[one.keeps].add(rule.code)
    lines = ["| invariant | what is proved before anything is written | rules |", "|---|---|---|"]
    lines += (f"| `{name}` | {named(name).statement} | {len(kept[name])} |" for name in names())
    return "\n".join(lines) + "\n"
