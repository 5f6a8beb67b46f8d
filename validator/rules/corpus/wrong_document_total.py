"""The number of documents is known beforehand, and it is another: some were lost, or came twice.

It is the cheapest sum of a corpus, and the only one that notices that a whole part is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.members import Spot
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Example, Rule
from . import DOCUMENTS, told_amount


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[DOCUMENTS].wanted else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.paths import shared_folder

    amount = settings[DOCUMENTS]
    if amount.wanted and not amount.least <= facts.documents <= amount.most:
        hit = about_file(
            f"there must be {told_amount(amount, 'document')}, and there are {facts.documents}",
            help="find out which are missing or too many, or mend `corpus.documents`",
            data={"found": facts.documents, "least": amount.least, "most": amount.most},
        )
        yield CorpusHit(Spot(shared_folder(facts)), hit)


rule = Rule(
    code="COR014",
    name="wrong-document-total",
    summary="There are more or fewer documents than the profile says.",
    why=__doc__,
    check=Corpus(facts, resolve),
    options=(DOCUMENTS,),
    bad=Example({"a.txt": b"One\nText.\n"}, {"corpus": {"documents": 2}}),
    ok=Example(
        {"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"}, {"corpus": {"documents": [1, 3]}}
    ),
)
