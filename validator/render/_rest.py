"""The causes of a run that are not shown: the number of their findings, by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from ..model import Diagnostic
from ..text.visible import visible_path
from . import Look
from ._causes import Cause
from ._table import table
from ._words import counted, linked_rows, place

RULES: Final = 20
"""Rules at most that are named; findings of the others are counted together."""


class Besides(Struct):
    """The findings of a rule that are not shown: the first, their number, that of their causes."""

    first: Diagnostic
    count: int = 0
    causes: int = 0


def counted_by_rule(rest: Sequence[Cause], look: Look) -> Iterator[str]:
    """A table of these causes, the worst rules first."""
    rules: dict[tuple[str, str], Besides] = {}
    for cause in rest:
        key = (cause.code, cause.severity.value)
        rule = rules.setdefault(key, Besides(cause.first[0]))
        rule.count += cause.count + cause.unclear
        rule.causes += 1
    worst = sorted(rules.values(), key=lambda one: (-one.first.severity.rank, -one.count))
    total = sum(one.count for one in worst)
    yield f"Besides there are {counted(total, 'finding')}, of {counted(len(rest), 'cause')}:\n\n"
    head = ("count", "rule", "severity", "causes", "first")
    told = worst[:RULES]
    names = ((one.first.code, one.first.name) for one in told)
    yield from linked_rows(table(head, [_row(one) for one in told], look.width), names, look)
    left = worst[RULES:]
    if left:
        count = sum(one.count for one in left)
        yield f"And {counted(count, 'finding')} of {counted(len(left), 'rule')} more.\n\n"


def _row(rule: Besides) -> Sequence[str]:
    found = rule.first
    where = visible_path(found.path) if found.whole_file else place(found)
    severity = found.severity.value
    return str(rule.count), f"{found.code} {found.name}", severity, str(rule.causes), where
