"""The same text twice weighs double in training, leaks between splits, and wastes a reader's time.

Only equal bytes count: a digest finds the candidates, then the files are compared. Of documents
that are parts of files the body counts, known by its SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.partitions import Keyed
from ...file.name_fields import CONTENT
from ...model import about_file
from ...settings.options import Settings, choice
from ..rule import Corpus, CorpusHit, Rule
from . import place_of

UNIQUE_CONTENT = choice(
    "corpus.content", "whether two documents may have the same content", "any unique"
)


def facts(settings: Settings) -> tuple[str, ...]:
    return (CONTENT,) if settings[UNIQUE_CONTENT] == "unique" else ()


def keys(settings: Settings) -> list[Keyed]:
    return [Keyed((CONTENT,))] if settings[UNIQUE_CONTENT] == "unique" else []


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    if settings[UNIQUE_CONTENT] != "unique":
        return
    for first, other in facts.twins((CONTENT,)):
        if facts.equal(first, other):
            hit = about_file(
                f"the content is that of {place_of(first, other)}, byte for byte",
                help="remove one of the two",
            )
            yield CorpusHit(other.spot(CONTENT), hit, ((first.spot(CONTENT), "the same content"),))


rule = Rule(
    __name__,
    code="COR004",
    summary="Two documents have the same content.",
    check=Corpus(facts, resolve, keys=keys),
    options=(UNIQUE_CONTENT,),
    profile={"corpus": {"content": "unique"}},
    bad={"a.txt": b"One\nText.\n", "b.txt": b"One\nText.\n"},
    ok={"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"},
)
