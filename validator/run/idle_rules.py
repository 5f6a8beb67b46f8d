"""Rules that are selected but can find nothing, because no option of the profiles asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..check.plan import Bound, Plan
from ..profile.selection import Selection
from ..profile.toml_file import At
from ..rules.catalog import catalog
from ..rules.indexing import works
from ..rules.rule import Explain, Rule
from ..settings.options import Settings
from ..settings.value_types import shown
from ..text.visible import visible
from .configurations import Configurations


def idle_rules(
    known: Configurations, plan: Plan, taken: Iterable[int], layer: Selection
) -> Iterator[str]:
    """The warnings: `PLACE: WORDS`.

    `taken` are the profiles that got files, by their index in the plan; `layer` is the selection of
    rules by the invocation.
    """
    asked = [plan.profiles[at] for at in taken]
    yield from _idle("--select", (*(layer.select or ()), *layer.extend), asked)
    for scope, config in enumerate(known.every):
        here = [bound for bound in asked if bound.scope == scope]
        for key in ("select", "extend-select"):
            written = config.places.get(key)
            if written is not None:
                yield from _idle(key, written.value, here, written)
            for profile in config.own:
                place = profile.places.get(key)
                if place is not None and not place.source.sound:
                    own = [bound for bound in here if bound.name == profile.name]
                    yield from _idle(key, place.value, own, place)


def _idle(
    key: str, words: Iterable[str], bounds: Sequence[Bound], place: At | None = None
) -> Iterator[str]:
    """Warnings for those of these words that select only rules which can find nothing."""
    for word in words if bounds else ():
        rules = [catalog().rules[code] for code in sorted(catalog().select(word))]
        asked = [(rule, one.settings) for rule in rules for one in bounds if rule.code in one.rules]
        if not asked or any(_may_find(rule, settings) for rule, settings in asked):
            continue
        names = dict.fromkeys(f"`{visible(bound.name)}`" for bound in bounds)
        what = f"{place}: `{key}` has `{word}`, which" if place else f"{key}: `{word}`"
        words = f"can find nothing under {' and '.join(names)}"
        yield f"{what} {words}{_to_set(rules, place is None)}"


def _may_find(rule: Rule, settings: Settings) -> bool:
    """Whether a rule has anything to look for under these settings."""
    return isinstance(rule.check, Explain) or works(rule, settings)


def _to_set(rules: Sequence[Rule], of_run: bool) -> str:
    """What to set, so that a rule has something to look for: as its bad example does."""
    rule, *more = rules
    for option in rule.options if not more else ():
        family, _, name = option.key.rpartition(".")
        value = rule.profile.get(family, {}).get(name)
        if value is None or value == option.default:
            continue
        if not isinstance(value, str | int):
            return f": the profile must have `{option.key}`"
        if of_run:
            return f": add `--set {option.key}={value}`"
        return f": set `{option.key} = {shown(value)}`"
    return ": no option asks for it"
