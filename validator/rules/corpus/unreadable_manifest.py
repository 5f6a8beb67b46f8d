"""A manifest that cannot be read proves nothing, and who trusts it does not find out.

A line that is no entry is a file that nobody checks; a path that is there twice has two digests, of
which one is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.declared_checks import Manifest
from ...corpus.facts import Facts
from ...corpus.members import Spot
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE
from ...model import Hit, about_file
from ...settings.options import Settings
from ...text.visible import visible
from ..rule import Corpus, CorpusHit, Rule
from . import shown

_FORMS = {
    "bagit": "an entry is digest, two blanks, path",
    "csv": "an entry is a row of CSV under a first line with the names of the columns",
    "jsonl": "an entry is a JSON object",
}


def facts(settings: Settings) -> tuple[str, ...]:
    return (FILE,) if settings[MANIFEST] else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    manifest = settings[MANIFEST]
    if manifest is not None:
        for spot, hit in _faults(facts, manifest):
            yield CorpusHit(spot, hit, terms=manifest)


def _faults(facts: Facts, manifest: Manifest) -> Iterator[tuple[Spot, Hit]]:
    from ...corpus.manifest import BadLine
    from ...corpus.manifest_diff import compared, reader_of
    from ...corpus.paths import shared_folder

    reader = reader_of(facts, manifest)
    if not reader.path:
        message = f"the manifest {visible(manifest.path)} is not there"
        advice = "put it into the directory that is checked, or mend `corpus.manifest`"
        yield Spot(shared_folder(facts)), about_file(message, help=advice)
        return
    if reader.leads_out:
        message = "the manifest is a link that leads out of the corpus; it was not followed"
        yield Spot(reader.path), about_file(message, help="put the file itself here")
        return
    try:
        for line in reader.lines():
            if isinstance(line, BadLine):
                hit = about_file(f"the line {line.reason}", help=_FORMS[manifest.format])
                yield Spot(reader.path, start=line.start, end=line.end), hit
    except OSError as error:
        yield Spot(reader.path), about_file(f"the manifest cannot be read: {error.strerror}")
    for _, spot in compared(facts, manifest, "twice"):
        message = f"{shown(spot.item)} is listed once more"
        yield spot, about_file(message, help="leave one of the entries")


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
