"""A reference leads to a document that it must not lead to: one that is less settled, say.

What is final cannot stand on a draft, and a translation belongs to a text of the same series. Each
document is right by itself; only the two together are wrong. `compare` may also say values: that
what is named `ERC-20` `is` of the category ERC, and what is named otherwise `is-not`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial

from ...corpus.declared_checks import Compare, Reference
from ...corpus.facts import Facts
from ...corpus.members import Member
from ...corpus.options import REFERENCES
from ...corpus.partitions import Keyed
from ...model import Hit
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import about_item, found, leads_to, names, place_of, shown, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = [check for check in settings[REFERENCES] if check.compare]
    asked: list[str] = []
    for check in checks:
        if check.compare:
            asked += [check.field, *_own(check.compare)]
            asked += [] if check.profile else [check.to, check.compare.field]
    return wanted(settings, [check.terms for check in checks], *asked)


def _own(rule: Compare) -> tuple[str, ...]:
    return (rule.beside,) if rule.beside else ()


def elsewhere(settings: Settings) -> list[tuple[str, str]]:
    return [
        (check.profile, name)
        for check in settings[REFERENCES]
        if check.compare and check.profile
        for name in (check.to, check.compare.field)
    ]


def keys(settings: Settings) -> Iterator[Keyed]:
    for check in settings[REFERENCES]:
        if check.compare:
            own, theirs = _own(check.compare), (check.compare.field,)
            yield Keyed((check.field,), check.split, own, valued=True)
            yield Keyed((check.to,), None, theirs, check.profile, valued=True)


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.references import Comparison

    for check in settings[REFERENCES]:
        aims = facts.others.get(check.profile) if check.profile else facts
        rule = check.compare
        if rule is None or aims is None:
            continue
        fields, targets = (check.field, *_own(rule)), (check.to, rule.field)
        fits = partial(_fits, rule)
        compared = Comparison(facts, fields, check.split, aims, targets, fits)
        for member, item, target in compared.unfit():
            itself = aims is facts and target.spot("") == member.spot("")
            exempt = itself and not check.to_itself
            if exempt or not _lies_there(facts, check, member, item, target):
                continue
            words = names if rule.values else leads_to
            start = words(settings, check.field, item)
            hit = _hit(check.field, rule, start, member, item, target)
            related = [(target.spot(rule.field), "the document that it leads to")]
            yield found(member, check.field, hit, check.terms, related, item)


def _lies_there(
    facts: Facts, check: Reference, member: Member, item: bytes, target: Member
) -> bool:
    """Whether the document `target` lies where `file` says: another may have the same value."""
    from ...corpus.paths import home_of, path_to

    if not check.file:
        return True
    home = home_of(facts, member)
    path = check.file.encode().replace(b"{}", item)
    return home is not None and path_to(facts, home, path) == os.path.abspath(target.path)


def _fits(rule: Compare, ours: bytes, theirs: bytes) -> bool:
    """Whether the value of a target is as the rule says; with `values`, `ours` is not used."""
    if rule.values:
        return (theirs in rule.known) == (rule.relation == "is")
    if not ours or not theirs:
        return True
    if rule.relation == "same":
        return ours == theirs
    own, other = rule.rank(ours), rule.rank(theirs)
    if own < 0 or other < 0:
        return True  # a value without a rank is for the rules about the field itself
    return other >= own if rule.relation == "at-least" else other <= own


def _hit(name: str, rule: Compare, start: str, member: Member, item: bytes, target: Member) -> Hit:
    theirs = shown(target.values[1])
    stated = f"whose `{rule.field}` is {theirs}" if theirs else f"which has no `{rule.field}`"
    if rule.values:
        values = " or ".join(rule.values)
        must = f"must be {values}" if rule.relation == "is" else f"must not be {values}"
        advice = f"lead to another document: its `{rule.field}` {must}"
        words = f"{start}, {stated}"
    else:
        least = {"same": "", "at-least": "at least ", "at-most": "at most "}[rule.relation]
        words = f"{start}, {stated}; it must be {least}{shown(member.values[1])}, as here"
        advice = (
            f"lead to another document, or change the `{rule.field}` of "
            f"{place_of(target, member)}, or `{rule.beside}` here"
        )
    return about_item(name, item, words, rule.help, advice)


rule = Rule(
    __name__,
    code="COR011",
    summary="A reference leads to a document that does not fit the one that refers to it.",
    check=Corpus(facts, resolve, elsewhere, keys),
    options=(REFERENCES,),
    profile={
        "delimiters": {"kind": "json-lines"},
        "corpus": {
            "references": [
                {
                    "field": "requires",
                    "to": "id",
                    "compare": {
                        "field": "status",
                        "must-be": "at-least",
                        "order": ["Draft", ["Review", "Last Call"], "Final"],
                    },
                }
            ]
        },
    },
    bad={
        "a.jsonl": b'{"id": "1", "status": "Draft"}\n'
        b'{"id": "2", "status": "Final", "requires": "1"}\n'
    },
    ok={
        "a.jsonl": b'{"id": "1", "status": "Final"}\n'
        b'{"id": "2", "status": "Review", "requires": "1"}\n'
    },
)
