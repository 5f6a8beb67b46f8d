"""The same text twice weighs double in training, leaks between splits, and wastes a reader's time.

Only equal bytes count: a digest finds the candidates, then the files are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ...fields import CONTENT
from ...model import about_file
from ...options import Settings, choice
from ...rule import Corpus, CorpusHit, Example, Folder, Member, Rule
from ...visible import visible_bytes
from . import all_different, twins

UNIQUE_CONTENT = choice(
    "corpus.content", "whether two documents may have the same content", "any", "any", "unique"
)


def facts(settings: Settings) -> tuple[str, ...]:
    return (CONTENT,) if settings[UNIQUE_CONTENT] == "unique" else ()


def clean(folders: Sequence[Folder], settings: Settings) -> bool:
    return all_different(folders)


def resolve(
    fact: str, members: Sequence[Member], settings: Settings, same: Callable[[bytes, bytes], bool]
) -> Iterator[CorpusHit]:
    for first, *others in twins(members):
        for other in others:
            if same(first.path, other.path):
                hit = about_file(
                    f"the content is that of {visible_bytes(first.path)}, byte for byte",
                    help="remove one of the two",
                )
                yield CorpusHit(other.path, hit, ((first.path, "the same content"),), other.index)


rule = Rule(
    code="COR004",
    name="duplicate-content",
    summary="Two documents have the same content.",
    why=__doc__,
    check=Corpus(facts, clean, resolve),
    options=(UNIQUE_CONTENT,),
    bad=Example(
        {"a.txt": b"One\nText.\n", "b.txt": b"One\nText.\n"}, {"corpus": {"content": "unique"}}
    ),
    ok=Example(
        {"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"}, {"corpus": {"content": "unique"}}
    ),
)
