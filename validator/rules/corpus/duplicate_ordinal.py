"""Two documents with one number: the order of the corpus depends on who sorts it, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from ...model import about_file
from ...options import Settings
from ...rule import Corpus, CorpusHit, Example, Folder, Member, Rule
from ...visible import visible_bytes
from . import SEQUENCE, by_folder, numbers


def facts(settings: Settings) -> tuple[str, ...]:
    return settings[SEQUENCE]


def clean(folders: Sequence[Folder], settings: Settings) -> bool:
    return all(len(set(found)) == len(found) for found in map(numbers, folders))


def resolve(
    fact: str, members: Sequence[Member], settings: Settings, same: Callable[[bytes, bytes], bool]
) -> Iterator[CorpusHit]:
    for numbered in by_folder(members):
        for (number, first), (other_number, other) in pairwise(numbered):
            if number != other_number:
                continue
            equal = same(first.path, other.path)
            hit = about_file(
                f"ordinal {visible_bytes(other.key)} is already used by {visible_bytes(first.path)}"
                + (", with the same content" if equal else ""),
                help="remove the copy" if equal else "give one of the two the next free number",
                data={"field": fact, "value": number},
            )
            yield CorpusHit(other.path, hit, ((first.path, "first used here"),), other.index)


rule = Rule(
    code="COR002",
    name="duplicate-ordinal",
    summary="Two documents of a directory have the same number in the sequence.",
    why=__doc__,
    check=Corpus(facts, clean, resolve),
    options=(SEQUENCE,),
    covers=("duplicate-content",),
    bad=Example(
        {"1_a.txt": b"One\nText.\n", "1_b.txt": b"Two\nText.\n"},
        {"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    ),
    ok=Example(
        {"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
        {"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    ),
)
