"""A field that is text in one file and a number in the next has no column where both are one table.

Readers that make tables take the types from the first file, or from each, and fail where they
differ; so they do where a list is always empty in one file and holds objects in the next. Files are
read together whose names differ in digits alone, `2024-01.jsonl` and `2024-02.jsonl`. Asked are
the first 100 records of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...corpus.facts import Facts
from ...corpus.members import Spot
from ...corpus.series import Typed, series, types_in
from ...metadata.syntax.shapes import ITEM, FieldPath, field_name
from ...model import FindingKind, Hit, about_file
from ...readers.options import READERS
from ...readers.reader_set import Evidence, readers_for
from ...settings.options import Settings
from ...text.visible import visible_bytes
from ..metadata.mixed_field_types import FORMAT, TYPES, WORDS
from ..rule import Corpus, CorpusHit, Rule

Known = dict[FieldPath, tuple[Typed, bytes]]


def asked(settings: Settings) -> Evidence | None:
    by_readers = settings[TYPES] == "by-readers"
    return readers_for(settings, FORMAT).dispute("mixed-types") if by_readers else None


def facts(settings: Settings) -> tuple[str, ...]:
    return ("file.series",) if asked(settings) else ()


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    evidence = asked(settings)
    if evidence is None:
        return
    for paths in series(path for _, path, _ in facts.files_with(())):
        known: Known = {}
        for path in paths:
            yield from _compared(known, path, types_in(path), evidence)


def _compared(
    known: Known, path: bytes, types: Mapping[FieldPath, Typed], evidence: Evidence
) -> Iterator[CorpusHit]:
    told: set[FieldPath] = set()
    for field, one in types.items():
        if any(field[:size] in told for size in range(1, len(field))):
            continue  # its table or list is reported already
        first = known.get(field)
        whole = known.get(field[:-1]) if field[-1] == ITEM else None
        if first is not None and first[0].kind is not one.kind:
            words = f"{WORDS[first[0].kind]} in {_name(first[1])}"
            yield _hit(path, field, one, first, words, evidence)
            told.add(field)
        elif first is None and whole is not None and whole[1] != path:
            words = f"always empty in {_name(whole[1])}"
            yield _hit(path, field[:-1], one, whole, words, evidence)
            known[field] = one, path
        elif first is None:
            known[field] = one, path


def _hit(
    path: bytes,
    field: FieldPath,
    one: Typed,
    first: tuple[Typed, bytes],
    words: str,
    evidence: Evidence,
) -> CorpusHit:
    name = field_name(field)
    here = "a list of " + _items(one) if words.startswith("always") else WORDS[one.kind]
    hit: Hit = about_file(
        f"the field `{name}` is {here} here and {words}",
        help="give the field one type in all files that are read together",
        data={"field": name, "readings": evidence.data()},
    )
    spot = Spot(path, one.record, field[0])
    return CorpusHit(spot, hit, ((Spot(first[1], first[0].record, field[0]), "there"),))


def _name(path: bytes) -> str:
    return visible_bytes(path.rpartition(b"/")[2])


def _items(one: Typed) -> str:
    return {str: "texts", bool: "truth values", float: "numbers", dict: "objects"}.get(
        one.kind, "lists"
    )


rule = Rule(
    __name__,
    code="COR040",
    summary="A field has another type in another file of the same table.",
    own_kind=FindingKind.READER,
    check=Corpus(facts, resolve),
    options=(TYPES, READERS),
    profile={"delimiters": {"kind": "json-lines"}, "metadata": {"types": "by-readers"}},
    bad={"a-1.jsonl": b'{"id":"a","n":1}\n', "a-2.jsonl": b'{"id":"b","n":"2"}\n'},
    ok={"a-1.jsonl": b'{"id":"a","n":1}\n', "a-2.jsonl": b'{"id":"b","n":2}\n'},
)
