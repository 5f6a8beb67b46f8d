"""Two documents with one number: the order of the corpus depends on who sorts it, and how."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import SEQUENCE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import found, place_of, shown, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[SEQUENCE]
    return wanted(settings, checks, *(one.field for one in checks))


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.agreement import sequences

    for check in settings[SEQUENCE]:
        name = check.field
        for numbered in sequences(facts, name, check.within, check.first):
            number, known = next(numbered)
            for other_number, again in numbered:
                if number != other_number:
                    number, known = other_number, again
                    continue
                first, other = (facts.member((name,), one) for one in (known, again))
                equal = facts.same(first, other)
                hit = about_file(
                    f"ordinal {shown(other.key)} is already used by {place_of(first, other)}"
                    + (", with the same content" if equal else ""),
                    help="remove the copy" if equal else "give one of the two the next free number",
                    data={"field": name, "value": number},
                )
                related = [(first.spot(name), "first used here")]
                yield found(other, name, hit, check, related)


rule = Rule(
    __name__,
    code="COR002",
    summary="Two documents of a directory have the same number in the sequence.",
    check=Corpus(facts, resolve),
    options=(SEQUENCE,),
    covers=("duplicate-content",),
    profile={"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    bad={"1_a.txt": b"One\nText.\n", "1_b.txt": b"Two\nText.\n"},
    ok={"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
)
