"""A manifest that cannot be read proves nothing, and who trusts it does not find out.

A line that is no entry is a file that nobody checks; a path that is there twice has two digests, of
which one is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.members import Spot
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible
from ..rule import Corpus, CorpusHit, Rule
from . import shown

_FORMS = {
    "bagit": "digest, two blanks, path",
    "csv": "a row of CSV under a first line with the names of the columns",
    "jsonl": "a JSON object",
}


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[MANIFEST] else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.manifest import BadLine
    from ...corpus.manifest_diff import compared, reader_of
    from ...corpus.paths import shared_folder

    manifest = settings[MANIFEST]
    if manifest is None:
        return
    reader = reader_of(facts, manifest)
    if not reader.path:
        hit = about_file(
            f"the manifest {visible(manifest.path)} is not there",
            help="put it into the directory that is checked, or mend `corpus.manifest`",
        )
        yield CorpusHit(Spot(shared_folder(facts)), hit, terms=manifest)
        return
    if reader.leads_out:
        hit = about_file(
            "the manifest is a link that leads out of the corpus; it was not followed",
            help="put the file itself here",
        )
        yield CorpusHit(Spot(reader.path), hit, terms=manifest)
        return
    try:
        for line in reader.lines():
            if isinstance(line, BadLine):
                hit = about_file(
                    f"the line {line.reason}",
                    help=f"an entry is {_FORMS[manifest.format]}",
                )
                spot = Spot(reader.path, start=line.start, end=line.end)
                yield CorpusHit(spot, hit, terms=manifest)
    except OSError as error:
        hit = about_file(f"the manifest cannot be read: {error.strerror}")
        yield CorpusHit(Spot(reader.path), hit, terms=manifest)
    for _, spot in compared(facts, manifest, "twice"):
        hit = about_file(f"{shown(spot.item)} is listed once more", help="leave one of the entries")
        yield CorpusHit(spot, hit, terms=manifest)


rule = Rule(
    __name__,
    code="COR020",
    summary="The manifest is not there, or a line of it cannot be read.",
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    profile={"corpus": {"manifest": "manifest-md5.txt"}},
    bad={"a.txt": b"One\nText.\n", "manifest-md5.txt": b"a.txt\n"},
    ok={"a.txt": b"One\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"},
)
