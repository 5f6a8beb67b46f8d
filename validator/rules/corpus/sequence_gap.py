"""A number that is left out is a document that was lost, or never arrived.

Nothing else in the corpus would show it: every file that is there is good.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.declared_checks import Sequence
from ...corpus.facts import Facts
from ...corpus.members import Member
from ...corpus.options import SEQUENCE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import found, place_of, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[SEQUENCE]
    return wanted(settings, checks, *(one.field for one in checks))


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.agreement import sequences

    for check in settings[SEQUENCE]:
        for numbered in sequences(facts, check.field, check.within, check.first):
            before: int | None = None
            last = -1 if check.first is None else check.first - 1
            for number, after in numbered:
                if number - last > 1 and (before is not None or check.first is not None):
                    known = None if before is None else facts.member((check.field,), before)
                    here = facts.member((check.field,), after)
                    one = "this record" if facts.divided and here.index else "this file"
                    yield _gap(check, last, known, number, here, one)
                before, last = after, number


def _gap(
    check: Sequence, last: int, before: Member | None, number: int, after: Member, this: str
) -> CorpusHit:
    wide = len(before.key if before is not None else after.key)
    low, high = str(last + 1).zfill(wide), str(number - 1).zfill(wide)
    missing = number - last - 1
    what = f"ordinal {low} is" if missing == 1 else f"ordinals {low} to {high} ({missing}) are"
    if before is None:
        where, related = f"before {this}, which is the first", []
    else:
        where = f"between {this} and {place_of(before, after)}"
        related = [(before.spot(check.field), "the document before the gap")]
    hit = about_file(
        f"{what} missing {where}",
        help="restore what is missing, or number the documents anew",
        data={"field": check.field, "first": last + 1, "last": number - 1},
    )
    return found(after, check.field, hit, check, related)


rule = Rule(
    __name__,
    code="COR003",
    summary="A number of the sequence is missing.",
    check=Corpus(facts, resolve),
    options=(SEQUENCE,),
    profile={"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    bad={"1_a.txt": b"One\nText.\n", "3_b.txt": b"Two\nText.\n"},
    ok={"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
)
