"""The size is the cheapest proof that a file did not arrive whole."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE, SIZE
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Rule
from . import differences, found, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    manifest = settings[MANIFEST]
    if not (manifest and manifest.size_field):
        return ()
    return wanted(settings, [manifest], FILE, SIZE)


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.manifest_diff import reader_of

    for manifest, one, spot in differences(facts, settings, "size"):
        there = facts.file(one.number, (SIZE,))
        entry = reader_of(facts, manifest).entry(one.start)
        hit = about_file(
            f"the file has {there.key.decode()} bytes, and {entry.size if entry else 0} are listed "
            f"in {visible_bytes(spot.path)}",
            help="restore the file as it was, or, if the change was meant, make the manifest anew",
        )
        related = [(spot, "listed here")]
        yield found(facts.file(one.number), FILE, hit, manifest, related)


rule = Rule(
    __name__,
    code="COR024",
    summary="A file is longer or shorter than the manifest says.",
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    profile={
        "corpus": {"manifest": {"path": "files.csv", "digest-field": "", "size-field": "bytes"}}
    },
    bad={"a.txt": b"One!\n", "files.csv": b"path,bytes\na.txt,4\n"},
    ok={"a.txt": b"One\n", "files.csv": b"path,bytes\na.txt,4\n"},
)
