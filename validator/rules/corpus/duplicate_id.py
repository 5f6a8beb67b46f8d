"""Two documents under one id: an index keeps the last, a join doubles rows, a link is in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.declared_checks import Unique
from ...corpus.facts import OR, Facts
from ...corpus.members import Member
from ...corpus.options import UNIQUE
from ...corpus.partitions import Keyed
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import found, place_of, shown, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[UNIQUE]
    names = [name for check in checks for name in check.names]
    return wanted(settings, checks, *names)


def _key(check: Unique) -> tuple[str, ...]:
    return (OR.join(check.names),) if check.fallback else check.fields


def keys(settings: Settings) -> list[Keyed]:
    return [Keyed(_key(check)) for check in settings[UNIQUE]]


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for check in settings[UNIQUE]:
        for first, other in facts.twins(_key(check)):
            equal = facts.same(first, other)
            named = _fields_of(facts, other, check)
            pairs = zip(named, other.values, strict=True)
            told = " with ".join(f"`{name}` {shown(value)}" for name, value in pairs)
            hit = about_file(
                f"{told} is already used by {place_of(first, other)}"
                + (", with the same content" if equal else ""),
                help="remove the copy" if equal else "give each document an id of its own",
                data={
                    "field": ", ".join(named),
                    "value": b", ".join(other.values).decode("utf-8", "replace"),
                },
            )
            place = first.spot(_fields_of(facts, first, check)[0])
            yield found(other, named[0], hit, check, [(place, "first used here")])


def _fields_of(facts: Facts, member: Member, check: Unique) -> tuple[str, ...]:
    """The fields that make the key of a document."""
    own = check.fields
    lacks = check.fallback and facts.fact(member, own[0]) is None
    return (check.fallback,) if lacks else own


rule = Rule(
    __name__,
    code="COR001",
    summary="Two documents have the same value in a field that must be unique.",
    check=Corpus(facts, resolve, keys=keys),
    options=(UNIQUE,),
    covers=("duplicate-content",),
    profile={"file": {"name": "[0-9]_(?P<id>[a-z])[.]txt"}, "corpus": {"unique": ["file.id"]}},
    bad={"1_a.txt": b"One\nText.\n", "2_a.txt": b"Two\nText.\n"},
    ok={"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
)
