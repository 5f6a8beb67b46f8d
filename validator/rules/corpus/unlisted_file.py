"""A file that the manifest does not list: nothing says that it belongs here, or what is in it."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Rule
from . import differences, found, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    manifest = settings[MANIFEST]
    return wanted(settings, [manifest], FILE) if manifest else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for manifest, one, spot in differences(facts, settings, "unlisted"):
        hit = about_file(
            f"the file is not listed in {visible_bytes(spot.path)}",
            help="remove the file, or make the manifest anew",
        )
        yield found(facts.file(one.number), FILE, hit, manifest)


rule = Rule(
    __name__,
    code="COR022",
    summary="A file is not listed in the manifest.",
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    profile={"corpus": {"manifest": "manifest-md5.txt"}},
    bad={
        "a.txt": b"One\n",
        "b.txt": b"Two\n",
        "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n",
    },
    ok={"a.txt": b"One\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"},
)
