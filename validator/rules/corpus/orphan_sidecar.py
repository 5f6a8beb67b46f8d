"""Metadata without their document: it was renamed or removed, and they were forgotten.

Should a document of that name come again, it gets what was said of another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...fields import FILE
from ...gathered import Facts
from ...links import orphans
from ...members import Spot
from ...model import about_file
from ...options import Settings
from ...rule import Corpus, CorpusHit, Example, Rule
from ...visible import visible_bytes
from . import SIDECAR


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[SIDECAR] else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for check in settings[SIDECAR]:
        for path, partner, near in orphans(facts, check.of, check.name):
            there = f"; there is {visible_bytes(near)}" if near else ""
            hit = about_file(
                f"{visible_bytes(partner)}, which it belongs to, is not there{there}",
                help="remove the file, or give it the name of its document",
                data={"document": partner.decode("utf-8", "replace")},
            )
            yield CorpusHit(Spot(path), hit, terms=check.terms)


_KEYS: Mapping[str, Mapping[str, object]] = {
    "corpus": {"sidecar": {"of": "{stem}.txt", "name": "{stem}.json"}}
}

rule = Rule(
    code="COR031",
    name="orphan-sidecar",
    summary="The document that a file belongs to is not there.",
    why=__doc__,
    check=Corpus(facts, resolve),
    options=(SIDECAR,),
    bad=Example({"a.txt": b"One\n", "a.json": b"{}\n", "b.json": b"{}\n"}, _KEYS),
    ok=Example({"a.txt": b"One\n", "a.json": b"{}\n"}, _KEYS),
)
