"""The manifest lists a file that is not there: the corpus is not the one that was sealed."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule
from . import differences, shown


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[MANIFEST] else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    for manifest, _, spot in differences(facts, settings, "missing"):
        hit = about_file(
            f"{shown(spot.item)} is listed, but is not there",
            help="restore the file, or make the manifest anew",
            data={"path": spot.item.decode("utf-8", "replace")},
        )
        yield CorpusHit(spot, hit, terms=manifest, about=spot.item)


_LISTED = b"b602183573352abf933bc7ca85fd0629  "

rule = Rule(
    __name__,
    code="COR021",
    summary="The manifest lists a file that is not there.",
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    profile={"corpus": {"manifest": "manifest-md5.txt"}},
    bad={
        "a.txt": b"One\n",
        "manifest-md5.txt": _LISTED + b"a.txt\n" + _LISTED + b"b.txt\n",
    },
    ok={"a.txt": b"One\n", "manifest-md5.txt": _LISTED + b"a.txt\n"},
)
