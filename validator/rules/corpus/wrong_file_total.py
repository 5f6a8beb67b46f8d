"""The number of files is known beforehand, and it is another: some were lost, or came twice.

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
from . import FILES, told_amount


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[FILES].wanted else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.paths import shared_folder

    amount = settings[FILES]
    if amount.wanted and not amount.least <= facts.files <= amount.most:
        hit = about_file(
            f"there must be {told_amount(amount, 'file')}, and there are {facts.files}",
            help="find out which are missing or too many, or mend `corpus.files`",
            data={"found": facts.files, "least": amount.least, "most": amount.most},
        )
        yield CorpusHit(Spot(shared_folder(facts)), hit)


rule = Rule(
    code="COR015",
    name="wrong-file-total",
    summary="There are more or fewer files than the profile says.",
    why=__doc__,
    check=Corpus(facts, resolve),
    options=(FILES,),
    bad=Example({"a.txt": b"One\nText.\n"}, {"corpus": {"files": 2}}),
    ok=Example({"a.txt": b"One\nText.\n", "b.txt": b"Two\nText.\n"}, {"corpus": {"files": [1, 3]}}),
)
