"""A number that is left out is a document that was lost, or never arrived.

Nothing else in the corpus would show it: every file that is there is good.
"""

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
    return all(_dense(set(numbers(folder))) for folder in folders)


def _dense(found: set[int]) -> bool:
    return not found or max(found) - min(found) + 1 == len(found)


def resolve(
    fact: str, members: Sequence[Member], settings: Settings, same: Callable[[bytes, bytes], bool]
) -> Iterator[CorpusHit]:
    for numbered in by_folder(members):
        for (number, before), (next_number, after) in pairwise(numbered):
            missing = next_number - number - 1
            if missing < 1:
                continue
            low = str(number + 1).zfill(len(before.key))
            high = str(next_number - 1).zfill(len(before.key))
            what = (
                f"ordinal {low} is" if missing == 1 else f"ordinals {low} to {high} ({missing}) are"
            )
            hit = about_file(
                f"{what} missing between this file and {visible_bytes(before.path)}",
                help="restore what is missing, or number the documents anew",
                data={"field": fact, "first": number + 1, "last": next_number - 1},
            )
            yield CorpusHit(
                after.path, hit, ((before.path, "the document before the gap"),), after.index
            )


rule = Rule(
    code="COR003",
    name="sequence-gap",
    summary="A number of the sequence is missing.",
    why=__doc__,
    check=Corpus(facts, clean, resolve),
    options=(SEQUENCE,),
    bad=Example(
        {"1_a.txt": b"One\nText.\n", "3_b.txt": b"Two\nText.\n"},
        {"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    ),
    ok=Example(
        {"1_a.txt": b"One\nText.\n", "2_b.txt": b"Two\nText.\n"},
        {"file": {"name": "(?P<n>[0-9])_[a-z][.]txt"}, "corpus": {"sequence": ["file.n"]}},
    ),
)
