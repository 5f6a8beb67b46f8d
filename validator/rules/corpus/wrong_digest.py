"""The bytes are not those that were listed: the file was changed, or did not arrive whole."""

from __future__ import annotations

from collections.abc import Iterator

from ...corpus.facts import Facts
from ...corpus.options import MANIFEST
from ...file.name_fields import FILE, SIZE, fact_of_sum
from ...model import about_file
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..rule import Corpus, CorpusHit, Rule
from . import differences, found, wanted


def facts(settings: Settings) -> tuple[str, ...]:
    manifest = settings[MANIFEST]
    if not (manifest and manifest.digest_field):
        return ()
    sizes = (SIZE,) if manifest.size_field else ()
    return wanted(settings, [manifest], FILE, fact_of_sum(manifest.algorithm), *sizes)


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    from ...corpus.manifest_diff import other_line_ends, reader_of

    for manifest, one, spot in differences(facts, settings, "digest"):
        there = facts.file(one.number, (SIZE,) if manifest.size_field else ())
        entry = reader_of(facts, manifest).entry(one.start)
        ends = other_line_ends(there.path, manifest.algorithm, entry.digest or b"") if entry else ""
        why = f"; with {ends} at the end of its lines it would be" if ends else ""
        listed = entry.size if entry and manifest.size_field else None
        if listed is not None and not ends and there.key != b"%d" % listed:
            why = f"; it has {there.key.decode()} bytes, and {listed} are listed"
        advice = "restore the file as it was, or, if the change was meant, make the manifest anew"
        if ends:
            advice = f"save it with {ends}: git or an editor has changed the line ends "
            advice += "(`core.autocrlf`, `* -text` in `.gitattributes`)"
        hit = about_file(
            f"the {manifest.algorithm} is not the one in {visible_bytes(spot.path)}{why}",
            help=advice,
            data={"line_ends": ends},
        )
        related = [(spot, "listed here")]
        yield found(there, FILE, hit, manifest, related)


rule = Rule(
    __name__,
    code="COR023",
    summary="A file has another digest than the manifest says.",
    check=Corpus(facts, resolve),
    options=(MANIFEST,),
    covers=("wrong-size",),
    profile={"corpus": {"manifest": "manifest-md5.txt"}},
    bad={"a.txt": b"One!\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"},
    ok={"a.txt": b"One\n", "manifest-md5.txt": b"b602183573352abf933bc7ca85fd0629  a.txt\n"},
)
