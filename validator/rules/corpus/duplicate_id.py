"""Two documents under one id: an index keeps the last, a join doubles rows, a link is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...model import about_file
from ...options import Settings
from ...rule import Corpus, CorpusHit, Example, Folder, Member, Rule
from ...visible import visible_bytes
from . import UNIQUE, all_different, twins


def facts(settings: Settings) -> tuple[str, ...]:
    return settings[UNIQUE]


def clean(folders: Sequence[Folder], settings: Settings) -> bool:
    return all_different(folders)


def resolve(
    fact: str, members: Sequence[Member], settings: Settings, same: Callable[[bytes, bytes], bool]
) -> Iterator[CorpusHit]:
    for first, *others in twins(members):
        for other in others:
            equal = same(first.path, other.path)
            value, owner = visible_bytes(other.key), visible_bytes(first.path)
            told = f"`{fact}` {value} is already used by {owner}"
            hit = about_file(
                told + (", with the same content" if equal else ""),
                help="remove the copy" if equal else "give each document an id of its own",
                data={"field": fact, "value": other.key.decode("utf-8", "replace")},
            )
            yield CorpusHit(other.path, hit, ((first.path, "first used here"),), other.index)


rule = Rule(
    code="COR001",
    name="duplicate-id",
    summary="Two documents have the same value in a field that must be unique.",
    why=__doc__,
    check=Corpus(facts, clean, resolve),
    options=(UNIQUE,),
    covers=("duplicate-content",),
    bad=Example(
        {"1_a.txt": b"One\nText.\n", "2_a.txt": b"Two\nText.\n"},
        {"file": {"name": "[0-9]_(?P<id>[a-z])[.]txt"}, "corpus": {"unique": ["file.id"]}},
    ),
    ok=Example(
        {"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
        {"file": {"name": "[0-9]_(?P<id>[a-z])[.]txt"}, "corpus": {"unique": ["file.id"]}},
    ),
)
