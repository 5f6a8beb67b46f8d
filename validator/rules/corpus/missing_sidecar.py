"""A document without the file that belongs beside it: its metadata, its annotation, its source.

Whoever reads the two together drops the document, or stops.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import SIDECAR
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Rule
from . import found, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[SIDECAR]
    return wanted(settings, checks, FILE) if checks else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.references import without_sidecar

    for check in settings[SIDECAR]:
        for member, partner, near in without_sidecar(facts, check.of, check.name):
            shown = visible_bytes(partner)
            there = f"; there is {visible_bytes(near)}" if near else ""
            beside = b"/" not in partner
            hit = about_file(
                f"{shown} is not there{' beside it' if beside else ''}{there}",
                help=f"put `{shown}` into the same directory"
                if beside
                else f"add `{shown}`, or remove this file if what it was made from is gone",
                data={"sidecar": partner.decode("utf-8", "replace")},
            )
            yield found(member, FILE, hit, check)


rule = Rule(
    __name__,
    code="COR030",
    summary="The file that belongs beside a document is not there.",
    check=Corpus(facts, resolve),
    options=(SIDECAR,),
    profile={"corpus": {"sidecar": {"of": "{stem}.txt", "name": "{stem}.json"}}},
    bad={"a.txt": b"One\n", "a.json": b"{}\n", "b.txt": b"Two\n"},
    ok={"a.txt": b"One\n", "a.json": b"{}\n"},
)
