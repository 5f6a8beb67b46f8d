"""A reference that leads nowhere: the document was renamed, removed, or never written.

Readers follow it and find nothing; whoever joins the corpus on it loses the row without a word.
What a text names or links to is a reference, too, by a field of the body (`docs/body.md`). It is
reported once for a document, at its first place; the lines that say the same are told beside.

A link that leads to no file, where one document of the run has its file name, can be mended: the
document has moved. Where the link names an anchor, it is the one that has that.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ...body.sections import SECTIONS
from ...body.text_fields import FIELDS
from ...corpus.declared_checks import Reference
from ...corpus.facts import Facts
from ...corpus.members import AGAIN, Member, Spot, items_of
from ...corpus.options import REFERENCES
from ...corpus.partitions import Keyed
from ...errors import Nearest
from ...model import Applicability, Fix
from ...settings.options import Settings
from ..rule import Corpus, CorpusHit, Rule, unsafely
from . import about_item, found, is_link, leads_to, names, shown, wanted

if TYPE_CHECKING:
    from ...corpus.moved import Moved

FEW = 5000
"""Documents at most among which the nearest id is looked for."""

MANY = 4096
"""Links at most that are held at a time while their moved targets are looked for."""

_NAME_ANOTHER = "name a document that is there, or remove the reference"


class _Lost(Struct, frozen=True):
    """An item of a document, the path that it is or stands for, and what is wrong with the path.

    `others` are the other places where the text names the same file.
    """

    member: Member
    item: bytes
    path: bytes
    problem: str
    others: Sequence[Spot]


def facts(settings: Settings) -> tuple[str, ...]:
    checks = settings[REFERENCES]
    ours = [check.field for check in checks]
    theirs = [check.to for check in checks if check.to != "file" and not check.profile]
    return wanted(settings, [check.terms for check in checks], *ours, *theirs)


def elsewhere(settings: Settings) -> list[tuple[str, str]]:
    return [(check.profile, check.to) for check in settings[REFERENCES] if check.profile]


def every_file(settings: Settings) -> bool:
    return any(_is_address(settings, check) for check in settings[REFERENCES] if check.to == "file")


def keys(settings: Settings) -> Iterator[Keyed]:
    for check in settings[REFERENCES]:
        if check.to != "file" and not check.file:
            yield Keyed((check.field,), check.split)
            yield Keyed((check.to,), profile=check.profile)


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
    from ...corpus.references import dangling, some_values

    known: list[str] | None = None
    near = Nearest()
    for member, item in dangling(facts, check.field, check.split, aims, check.to):
        if known is None:
            values = some_values(aims, check.to, FEW)
            known = [value.decode("utf-8", "replace") for value in values]
        words = f"{names(settings, check.field, item)}, but no document has that `{check.to}`"
        words += near(item.decode("utf-8", "replace"), known)
        hit = about_item(check.field, item, words, check.help, _NAME_ANOTHER)
        yield found(member, check.field, hit, check.terms, item=item)


def _to_file(
    facts: Facts, settings: Settings, check: Reference, told: set[tuple[int, bytes]]
) -> Iterator[CorpusHit]:
    """Hits for items whose file does not exist; with a fix if the file has moved."""
    every = _lost(facts, settings, check, told)
    while few := [*islice(every, MANY)]:
        for one, aim in zip(few, _aims(facts, settings, check, few), strict=True):
            yield _no_file(settings, check, one, aim)


def _aims(
    facts: Facts, settings: Settings, check: Reference, lost: Sequence[_Lost]
) -> Iterable[Moved | None]:
    """For each lost item the place that it should lead to; None if that is not known."""
    if not _is_address(settings, check):
        return [None] * len(lost)
    from ...corpus.moved import moved
    from ...corpus.paths import ABSENT

    links = [(one.member, one.item if one.problem == ABSENT else b"") for one in lost]
    return moved(facts, links, settings[SECTIONS].syntax)


def _lost(
    facts: Facts, settings: Settings, check: Reference, told: set[tuple[int, bytes]]
) -> Iterator[_Lost]:
    """Items whose file does not exist; a file that a text both names and links to comes once."""
    from ...corpus.paths import file_problem

    of_text = _of_text(settings, check)
    own = (check.to,) if not check.to_itself and check.file and not check.profile else ()
    for member in facts.members((check.field,)):
        itself = facts.member((check.field, *own), member.number).values[1] if own else b""
        spoken: Mapping[bytes, Sequence[Spot]] | None = None
        for item, path in _paths(check, member.key):
            if own and item == itself:
                continue
            problem = file_problem(facts, member, path, _is_address(settings, check))
            if not problem or (of_text and (member.number, path) in told):
                continue
            others: Sequence[Spot] = ()
            if of_text:
                told.add((member.number, path))
                if spoken is None:
                    spoken = _others(facts, settings, check, member)
                others = spoken.get(path, ())
            yield _Lost(member, item, path, problem, others)


def _of_text(settings: Settings, check: Reference) -> bool:
    field = settings[FIELDS].get(check.field)
    return field is not None and field.of_text


def _is_address(settings: Settings, check: Reference) -> bool:
    return not check.file and is_link(settings, check.field)


def _paths(check: Reference, key: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The items of a field, and the path that each is or stands for."""
    for item in items_of(key, check.split):
        yield item, check.file.encode().replace(b"{}", item) if check.file else item


def _others(
    facts: Facts, settings: Settings, check: Reference, member: Member
) -> Mapping[bytes, Sequence[Spot]]:
    """Where the text of a document names files in other fields of references: path -> places."""
    spots: dict[bytes, list[Spot]] = {}
    for other in settings[REFERENCES]:
        if other.field != check.field and other.file and _of_text(settings, other):
            key = facts.member((other.field,), member.number).key
            for item, path in _paths(other, key):
                spots.setdefault(path, []).append(member.spot(other.field, item))
    return spots


def _no_file(settings: Settings, check: Reference, lost: _Lost, aim: Moved | None) -> CorpusHit:
    member, item, path = lost.member, lost.item, lost.path
    if check.file:
        words = f"{names(settings, check.field, item)}, but {shown(path)} {lost.problem}"
        advice = _NAME_ANOTHER
    else:
        words = f"{leads_to(settings, check.field, item)}, which {lost.problem}"
        advice = (
            "write the path from the directory of this file, or with a slash at its start from "
            "the root of the corpus"
        )
    if aim is not None:
        advice = f"write `{shown(aim.target)}`, where the one document of this name is"
    hit = about_item(check.field, item, words, check.help, advice)
    related = [(spot, AGAIN) for spot in lost.others]
    one = found(member, check.field, hit, check.terms, related, item)
    return one if aim is None else _mending(one, aim)


def _mending(one: CorpusHit, aim: Moved) -> CorpusHit:
    """The hit with a fix that writes the target `aim`."""
    words = f"write `{shown(aim.target)}`"
    fix = Fix(words, (), Applicability.UNSAFE, how=(os.fsdecode(aim.file),))
    return replace(one, hit=replace(one.hit, fix=fix), instead=aim.target)


rule = Rule(
    __name__,
    code="COR010",
    summary="A field names a document or a file that is not there.",
    check=Corpus(facts, resolve, elsewhere, keys, every_file),
    repairs=(
        unsafely(
            "The target of a link is written as the path to the one document of that name.",
            keeps="link-directories",
        ),
    ),
    options=(REFERENCES,),
    profile={
        "delimiters": {"kind": "json-lines"},
        "corpus": {"references": [{"field": "replaces", "to": "id"}]},
    },
    bad={"a.jsonl": b'{"id": "eip-1"}\n{"id": "eip-2", "replaces": "eip-11"}\n'},
    ok={"a.jsonl": b'{"id": "eip-1"}\n{"id": "eip-2", "replaces": "eip-1"}\n'},
)
