"""Metadata without their document: it was renamed or removed, and they were forgotten.

Should a document of that name come again, it gets what was said of another one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.members import Spot
from ...corpus.options import SIDECAR
from ...delimiters.options import SIDECAR as BESIDE
from ...file.name_fields import FILE, name_reader
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Rule


def facts(settings: Settings) -> tuple[str, ...]:
    asked = bool(settings[SIDECAR]) or bool(settings[BESIDE])
    return (FILE,) if asked else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.references import orphans

    for check in settings[SIDECAR]:
        for path, partner, near in orphans(facts, check.of, check.name):
            there = f"; there is {visible_bytes(near)}" if near else ""
            hit = about_file(
                f"{visible_bytes(partner)}, which it belongs to, is not there{there}",
                help="remove the file, or give it the name of its document",
                data={"document": partner.decode("utf-8", "replace")},
            )
            yield CorpusHit(Spot(path), hit, terms=check)
    for path in _forgotten(facts, settings):
        hit = about_file(
            "it is named as the metadata of a document, and no such document is beside it",
            help="remove the file, or give it the name of its document",
        )
        yield CorpusHit(Spot(path), hit)


def _forgotten(facts: Facts, settings: Settings) -> Iterator[bytes]:
    """Files that hold the metadata of no document."""
    from ...corpus.references import without_document

    if settings[BESIDE]:
        yield from without_document(facts, settings[BESIDE], name_reader(settings))


rule = Rule(
    __name__,
    code="COR031",
    summary="The document that a file belongs to is not there.",
    check=Corpus(facts, resolve),
    options=(SIDECAR, BESIDE),
    profile={"corpus": {"sidecar": {"of": "{stem}.txt", "name": "{stem}.json"}}},
    bad={"a.txt": b"One\n", "a.json": b"{}\n", "b.json": b"{}\n"},
    ok={"a.txt": b"One\n", "a.json": b"{}\n"},
)
