"""The bytes are not those that were listed: the file was changed, or did not arrive whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...corpus.facts import Facts
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Example, Rule
from . import differences, found, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    manifest = settings[MANIFEST]
    if not (manifest and manifest.digest_field):
        return ()
    return wanted(settings, [manifest], FILE, manifest.algorithm)


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for manifest, one, spot in differences(facts, settings, "digest"):
        hit = about_file(
            f"the {manifest.algorithm} is not the one in {visible_bytes(spot.path)}",
            help="restore the file as it was, or, if the change was meant, make the manifest anew",
        )
        related = [(spot, "listed here")]
        yield from found(facts.file(one.number), FILE, hit, manifest, related)


_KEYS: Mapping[str, Mapping[str, object]] = {"corpus": {"manifest": "manifest-md5.txt"}}

rule = Rule(
    code="COR023",
    name="wrong-digest",
    summary="A file has another digest than the manifest says.",
    why=__doc__,
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    bad=Example(
        {"a.txt": b"One!\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"},
        _KEYS,
    ),
    ok=Example(
        {"a.txt": b"One\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"}, _KEYS
    ),
)
