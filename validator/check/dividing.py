"""The divider for the files of a profile, if they must be divided at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..delimiters.division import wanted
from ..memo import memo
from .fact_plan import fact_plan
from .plan import Bound
from .ruleset import rule_set

if TYPE_CHECKING:
    from ..delimiters.divider import Divider


@memo
def divider_of(bound: Bound) -> Divider | None:
    """The divider for the files of a profile; None where rules ask only for their bytes."""
    rules = rule_set(bound)
    if rules.looks or rules.series or wanted(bound.settings) or fact_plan(bound).rows:
        from ..delimiters.divider import Divider  # only where there is something to divide

        return Divider(bound.settings)
    return None
