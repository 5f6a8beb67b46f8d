"""Whether the files of a profile must be divided at all, and by what."""

from __future__ import annotations

from ..delimiters.divider import Divider, wanted
from ..memo import memo
from .fact_plan import fact_plan
from .plan import Bound
from .ruleset import rule_set


@memo
def divider_of(bound: Bound) -> Divider | None:
    """What divides the files of a profile; None where nothing is asked but their bytes."""
    rules = rule_set(bound)
    if rules.looks or rules.series or wanted(bound.settings) or fact_plan(bound).rows:
        return Divider(bound.settings)
    return None
