"""One document in another language, licence or version than all others was put in by mistake.

A corpus is described once, by what all of its documents share. What does not share it is read
under a wrong description.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.declared_checks import Agree
from ...corpus.facts import Facts
from ...corpus.options import AGREE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import found, shown, wanted


def _checks(settings: Settings) -> list[Agree]:
    return [check for check in settings[AGREE] if check.what == "value"]


def facts(settings: Settings) -> tuple[str, ...]:
    checks = _checks(settings)
    return wanted(settings, checks, *(one.field for one in checks))


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.agreement import MOST_VALUES, tallies_of

    for check in _checks(settings):
        name = check.field
        tallies = tallies_of(facts, name, check.within)
        if all(len(tally.counts) < 2 for tally in tallies.values()):
            continue
        for scope, first, keys in facts.scoped(name, check.within):
            tally = tallies[scope]
            if len(tally.counts) < 2 or set(keys) <= {tally.usual(), None}:
                continue
            usual = tally.usual()
            first_usual = facts.member((name,), tally.firsts[usual])
            total = tally.counts.total()
            of = f"{total}" if len(tally.counts) < MOST_VALUES else f"more than {total}"
            for number, key in enumerate(keys, first):
                if key is None or key == usual:
                    continue
                hit = about_file(
                    f"`{name}` is {shown(key)}, but {tally.counts[usual]} of {of} documents have "
                    f"{shown(usual)}",
                    help="give all documents the same value, or move this one to a place of its "
                    "own",
                    data={"field": name, "value": key.decode("utf-8", "replace")},
                )
                related = [(first_usual.spot(name), f"{shown(usual)}, as most documents have it")]
                member = facts.member((name,), number)
                yield found(member, name, hit, check, related)


rule = Rule(
    __name__,
    code="COR012",
    summary="A document has another value than the others in a field that all share.",
    check=Corpus(facts, resolve),
    options=(AGREE,),
    profile={
        "delimiters": {"kind": "json-lines"},
        "corpus": {"agree": ["lang"]},
    },
    bad={"a.jsonl": b'{"lang": "en"}\n{"lang": "en"}\n{"lang": "fr"}\n'},
    ok={"a.jsonl": b'{"lang": "en"}\n{"lang": "en"}\n{"id": "1"}\n'},
)
