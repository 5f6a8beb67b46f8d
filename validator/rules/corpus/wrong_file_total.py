"""The number of files is known beforehand, and it is another: some were lost, or came twice.

It is the cheapest sum of a corpus, and the only one that notices that a whole part is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import FILES
from ...file.name_fields import FILE
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import wrong_total


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[FILES] else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    return wrong_total(facts, settings, FILES, facts.files)


rule = Rule(
    __name__,
    code="COR015",
    summary="There are more or fewer files than the profile says.",
    check=Corpus(facts, resolve),
    options=(FILES,),
    profile={"corpus": {"files": 2}},
    bad={"a.txt": b"One\nText.\n"},
    ok={"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"},
    ok_profile={"corpus": {"files": [1, 3]}},
)
