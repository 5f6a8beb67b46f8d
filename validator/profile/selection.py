"""Which rules run, and their severities: layers of selectors, each above the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from ..errors import UsageError, did_you_mean, option
from ..model import FindingKind, Severity
from ..rules.catalog import catalog
from .hints import unknown_rule


class Selection(Struct, frozen=True):
    """One layer of the selection of rules: words that select rules, and severities by such words.

    `select` replaces the selection below it, None keeps that; `kinds` limits it to these kinds.
    """

    select: tuple[str, ...] | None = None
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, Severity], ...] = ()
    kinds: tuple[str, ...] | None = None


def above(inherited: Selection, own: Selection) -> Selection:
    """The layer `own` merged with the one it extends: `select` and `kinds` replace, others add."""
    return Selection(
        own.select if own.select is not None else inherited.select,
        inherited.extend + own.extend,
        inherited.ignore + own.ignore,
        inherited.severity + own.severity,
        own.kinds if own.kinds is not None else inherited.kinds,
    )


def read_selection(
    select: Iterable[str] | None,
    extend: Iterable[str],
    ignore: Iterable[str],
    kinds: Iterable[str] | None = None,
    spelled: Callable[[str], str] = option,
) -> Selection:
    """A layer of selection from the invocation.

    Raises UsageError for a word that selects no rule; `spelled` gives the name of a parameter such
    as `extend_select` in the message.
    """
    layer = Selection(
        None if select is None else tuple(select),
        tuple(extend),
        tuple(ignore),
        kinds=None if kinds is None else tuple(kinds),
    )
    names = {"select": layer.select, "extend_select": layer.extend, "ignore": layer.ignore}
    said = {spelled(name): words for name, words in names.items()}
    for key, word, near in unknown_rules(said):
        raise UsageError(f"unknown rule `{word}` in {key}{near}")
    for word in layer.kinds or ():
        if word not in [*FindingKind]:
            near = did_you_mean(word, FindingKind) or f"; they are {', '.join(FindingKind)}"
            raise UsageError(f"unknown kind of findings `{word}`{near}")
    return layer


def unknown_rules(said: Mapping[str, Iterable[str] | None]) -> Iterator[tuple[str, str, str]]:
    """For each word that selects no rule: its key, the word, the end of a sentence about it.

    `said` has the words by key.
    """
    for key, words in said.items():
        for word in words or ():
            if not catalog().select(word):
                yield key, word, unknown_rule(word)


def enabled_rules(layers: Iterable[Selection]) -> dict[str, Severity]:
    """The rules to run, after all layers in order: code -> severity.

    Within a layer the more specific selector wins; of two equally specific ones, `ignore`. The last
    layer with `kinds` leaves only rules of these kinds, and those that later layers add. A layer
    with `select` begins anew: what earlier layers selected does not count.
    """
    rules = catalog().entries
    enabled = {code for code, rule in rules.items() if rule.default}
    severities = {code: rule.severity for code, rule in rules.items()}
    kinds: tuple[str, ...] | None = None
    added: frozenset[str] = frozenset()
    for layer in layers:
        if layer.select is not None:
            enabled = set()
        if layer.select is not None or layer.kinds is not None:
            kinds, added = layer.kinds, frozenset()
        else:
            added = added.union(*map(catalog().select, layer.extend))
        steps = [(word, True) for word in (*(layer.select or ()), *layer.extend)]
        steps += [(word, False) for word in layer.ignore]
        for word, on in sorted(steps, key=lambda step: (_specificity(step[0]), not step[1])):
            enabled = enabled | catalog().select(word) if on else enabled - catalog().select(word)
        for word, severity in sorted(layer.severity, key=lambda item: _specificity(item[0])):
            severities.update(dict.fromkeys(catalog().select(word), severity))
    if kinds is not None:
        enabled = {code for code in enabled if rules[code].kind in kinds or code in added}
    return {code: severities[code] for code in rules if code in enabled}


def _specificity(word: str) -> int:
    if word == "ALL":
        return 0
    return len(word) if word.isupper() else 99
