"""A reference leads to a document that it must not lead to: one that is less settled, say.

What is final cannot stand on a draft, and a translation belongs to a text of the same series. Each
document is right by itself; only the two together are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...agreements import Compare
from ...gathered import Facts
from ...links import linked
from ...members import Member
from ...model import Hit, about_file
from ...options import Settings
from ...rule import Corpus, CorpusHit, Example, Rule
from . import REFERENCES, found, place_of, shown, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = [check for check in settings[REFERENCES] if check.compare]
    names = []
    for check in checks:
        if check.compare:
            names += [check.field, check.compare.own]
            names += [] if check.profile else [check.to, check.compare.field]
    return wanted(settings, [check.terms for check in checks], *names)


def elsewhere(settings: Settings) -> list[tuple[str, str]]:
    return [
        (check.profile, name)
        for check in settings[REFERENCES]
        if check.compare and check.profile
        for name in (check.to, check.compare.field)
    ]


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for check in settings[REFERENCES]:
        aims = facts.others.get(check.profile) if check.profile else facts
        rule = check.compare
        if rule is None or aims is None:
            continue
        fields, targets = (check.field, rule.own), (check.to, rule.field)
        links = linked(facts, fields, check.split, aims, targets)
        for member, item, target in links:
            ours, theirs = member.values[1], target.values[1]
            if not ours or not theirs or _holds(rule, ours, theirs):
                continue
            hit = _hit(rule, check.field, member, item, target)
            related = [(target.spot(rule.field), "the document that it leads to")]
            yield from found(member, check.field, hit, check.terms, related, item)


def _holds(rule: Compare, ours: bytes, theirs: bytes) -> bool:
    if rule.relation == "same":
        return ours == theirs
    own, other = rule.rank(ours), rule.rank(theirs)
    if own < 0 or other < 0:
        return True  # a value without a rank is for the rules about the field itself
    return other >= own if rule.relation == "at-least" else other <= own


def _hit(rule: Compare, name: str, member: Member, item: bytes, target: Member) -> Hit:
    ours, theirs = shown(member.values[1]), shown(target.values[1])
    least = {"same": "", "at-least": "at least ", "at-most": "at most "}[rule.relation]
    return about_file(
        f"`{name}` leads to {shown(item)}, whose `{rule.field}` is {theirs}; "
        f"it must be {least}{ours}, as here",
        help=f"lead to another document, or change the `{rule.field}` of "
        f"{place_of(target, member)}, or `{rule.own}` here",
        data={"field": name, "value": item.decode("utf-8", "replace")},
    )


_KEYS: Mapping[str, Mapping[str, object]] = {
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
}

rule = Rule(
    code="COR011",
    name="target-mismatch",
    summary="A reference leads to a document that does not fit the one that refers to it.",
    why=__doc__,
    check=Corpus(facts, resolve, elsewhere),
    options=(REFERENCES,),
    bad=Example(
        {
            "a.jsonl": b'{"id": "1", "status": "Draft"}\n'
            b'{"id": "2", "status": "Final", "requires": "1"}\n'
        },
        _KEYS,
    ),
    ok=Example(
        {
            "a.jsonl": b'{"id": "1", "status": "Final"}\n'
            b'{"id": "2", "status": "Review", "requires": "1"}\n'
        },
        _KEYS,
    ),
)
