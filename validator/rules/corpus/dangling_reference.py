"""A reference that leads nowhere: the document was renamed, removed, or never written.

Readers follow it and find nothing; whoever joins the corpus on it loses the row without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...agreements import Reference
from ...errors import did_you_mean
from ...gathered import Facts
from ...links import dangling, file_problem, some_values
from ...members import Member, items_of
from ...model import about_file
from ...options import Settings
from ...prose.fields import FIELDS
from ...rule import Corpus, CorpusHit, Example, Rule
from . import REFERENCES, found, helped, is_link, leads_to, names, shown, wanted

FEW = 5000
"""Documents among which the nearest id is looked for."""


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[REFERENCES]
    ours = [check.field for check in checks]
    theirs = [check.to for check in checks if check.to != "file" and not check.profile]
    return wanted(settings, [check.terms for check in checks], *ours, *theirs)


def elsewhere(settings: Settings) -> list[tuple[str, str]]:
    return [(check.profile, check.to) for check in settings[REFERENCES] if check.profile]


def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
    told: set[tuple[int, bytes]] = set()
    for check in settings[REFERENCES]:
        aims = facts.others.get(check.profile) if check.profile else facts
        if check.to == "file" or check.file:
            yield from _to_file(facts, settings, check, told)
        elif aims is not None:  # else the documents of that profile are not looked at in this run
            yield from _to_field(facts, settings, check, aims)


def _to_field(
    facts: Facts, settings: Settings, check: Reference, aims: Facts
) -> Iterator[CorpusHit]:
    known: list[str] | None = None
    for member, item in dangling(facts, check.field, check.split, aims, check.to):
        if known is None:
            values = some_values(aims, check.to, FEW)
            known = [value.decode("utf-8", "replace") for value in values]
        hit = about_file(
            f"{names(settings, check.field, item)}, but no document has that `{check.to}`"
            + did_you_mean(item.decode("utf-8", "replace"), known),
            help=helped(check, item, "name a document that is there, or remove the reference"),
            data={"field": check.field, "value": item.decode("utf-8", "replace")},
        )
        yield from found(member, check.field, hit, check.terms, item=item)


def _to_file(
    facts: Facts, settings: Settings, check: Reference, told: set[tuple[int, bytes]]
) -> Iterator[CorpusHit]:
    """What is not there; a file that a text names and links to is missing once, not twice."""
    link = is_link(settings, check.field)
    of_body = settings[FIELDS].get(check.field) is not None
    own = (check.to,) if not check.to_itself and check.file and not check.profile else ()
    for member in facts.members((check.field,)):
        itself = facts.member((check.field, *own), member.number).values[1] if own else b""
        for item in items_of(member.key, check.split):
            path = check.file.encode().replace(b"{}", item) if check.file else item
            if own and item == itself:
                continue
            problem = file_problem(facts, member, path, link and not check.file)
            if problem and (member.number, path) not in told:
                if of_body:
                    told.add((member.number, path))
                yield from _no_file(settings, check, member, item, path, problem)


def _no_file(
    settings: Settings, check: Reference, member: Member, item: bytes, path: bytes, problem: str
) -> Iterator[CorpusHit]:
    if check.file:
        words = f"{names(settings, check.field, item)}, but {shown(path)} {problem}"
        advice = "name a document that is there, or remove the reference"
    else:
        words = f"{leads_to(settings, check.field, item)}, which {problem}"
        advice = (
            "write the path from the directory of this file, or with a slash at its start from "
            "the root of the corpus"
        )
    hit = about_file(
        words,
        help=helped(check, item, advice),
        data={"field": check.field, "value": item.decode("utf-8", "replace")},
    )
    yield from found(member, check.field, hit, check.terms, item=item)


_KEYS: Mapping[str, Mapping[str, object]] = {
    "delimiters": {"kind": "json-lines"},
    "corpus": {"references": [{"field": "replaces", "to": "id"}]},
}

rule = Rule(
    code="COR010",
    name="dangling-reference",
    summary="A field names a document or a file that is not there.",
    why=__doc__,
    check=Corpus(facts, resolve, elsewhere),
    options=(REFERENCES,),
    bad=Example({"a.jsonl": b'{"id": "eip-1"}\n{"id": "eip-2", "replaces": "eip-11"}\n'}, _KEYS),
    ok=Example({"a.jsonl": b'{"id": "eip-1"}\n{"id": "eip-2", "replaces": "eip-1"}\n'}, _KEYS),
)
