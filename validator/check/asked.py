"""All that the exact way needs of a profile to check its files and the documents in them."""

from __future__ import annotations

from msgspec import Struct

from ..delimiters.divider import Divider
from ..delimiters.division import divides, divides_members
from ..encoding.charsets import other_charsets
from ..memo import memo
from ..settings.options import Settings
from .dividing import divider_of
from .fact_plan import FactPlan, fact_plan
from .plan import Bound
from .ruleset import RuleSet, rule_set
from .screens import Screens, screens
from .surveyor import Surveyor, surveyor


class Asked(Struct, frozen=True):
    """What a profile asks of its files, compiled once.

    `charsets` are the declared encodings other than UTF-8; if there are any, files are in one of
    these and are seen as UTF-8. `divides` says that a file may hold many documents, `by_member`
    that each document must be a member of a compressed file.
    """

    settings: Settings
    rules: RuleSet
    screens: Screens
    facts: FactPlan
    surveyor: Surveyor
    charsets: tuple[str, ...]
    divider: Divider | None
    divides: bool
    by_member: bool


@memo
def asked_of(bound: Bound) -> Asked:
    """What a profile asks of its files."""
    return Asked(
        bound.settings,
        rule_set(bound),
        screens(bound),
        fact_plan(bound),
        surveyor(bound),
        other_charsets(bound.settings),
        divider_of(bound),
        divides(bound.settings),
        divides_members(bound.settings),
    )
