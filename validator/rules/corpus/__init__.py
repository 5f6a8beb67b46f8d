"""COR: do the documents agree with each other?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...body.text_fields import FIELDS, PREFIX, Field
from ...corpus.declared_checks import Amount
from ...corpus.members import Member, Spot
from ...corpus.options import agreements, amount, manifest, sequences, sidecars, unique
from ...corpus.reference_options import references
from ...errors import did_you_mean
from ...file.name_fields import ID
from ...model import Hit
from ...settings.options import Settings
from ...settings.terms import Terms
from ...text.visible import visible_bytes
from ..rule import CorpusHit

UNIQUE = unique(
    "corpus.unique",
    "fields whose value no two documents share; a list in the list is a key of several fields",
)
SEQUENCE = sequences(
    "corpus.sequence",
    "fields that count the documents of a directory, each number once and none left out",
)
REFERENCES = references(
    "corpus.references",
    "fields that name other documents, by a field `to` of theirs, or a `file` by its path from the "
    "document, or with a slash at its start from the root of the corpus",
)
AGREE = agreements(
    "corpus.agree",
    "fields that have the same value in all documents that have them; with `what` = `presence`, "
    "that all documents have, or none",
)
DOCUMENTS = amount(
    "corpus.documents", "how many documents there are in all: a number, or [least, most]"
)
FILES = amount("corpus.files", "how many files there are in all: a number, or [least, most]")

MANIFEST = manifest(
    "corpus.manifest",
    "the list of all files with their digests: the lines of BagIt and `sha256sum`, CSV with a "
    "first line of names, or JSON lines; paths count from its directory",
)
SIDECAR = sidecars(
    "corpus.sidecar",
    "files that stand beside the documents, such as `{stem}.json` beside each `{stem}.txt`",
)


def faults(settings: Settings) -> Iterator[tuple[str, str]]:
    """Fields of the body that are asked for and not declared: the key, and the rest of a sentence.

    Without any that is declared, `body.x` may be a field of the metadata.
    """
    declared = settings[FIELDS].named
    asked: list[tuple[str, str]] = [(REFERENCES.key, one.field) for one in settings[REFERENCES]]
    asked += [(UNIQUE.key, name) for one in settings[UNIQUE] for name in one.fields]
    asked += [(SEQUENCE.key, one.field) for one in settings[SEQUENCE]]
    asked += [(AGREE.key, one.field) for one in settings[AGREE]]
    for key, name in asked:
        if declared and name.startswith(PREFIX) and name not in declared:
            near = did_you_mean(name, declared) or f"; there are {', '.join(declared)}"
            yield key, f"names `{name}`, which `{FIELDS.key}` does not declare{near}"


def names(settings: Settings, name: str, item: bytes) -> str:
    """The beginning of a sentence about an item: `requires` names 7, the text names `EIP-7`."""
    field = settings[FIELDS].get(name)
    if field is None:
        return f"`{name}` names {shown(item)}"
    verb = "links to" if field.of_links else "names"
    return f"{_subject(field)} {verb} {_written(field, item)}"


def leads_to(settings: Settings, name: str, item: bytes) -> str:
    """As `names`, of what leads somewhere by itself: a path, a reference that is followed."""
    field = settings[FIELDS].get(name)
    if field is None:
        return f"`{name}` leads to {shown(item)}"
    return f"{_subject(field)} {'links' if field.of_links else 'leads'} to {_written(field, item)}"


def _subject(field: Field) -> str:
    return "the text" if field.of_text else f"`{field.part}`"


def _written(field: Field, item: bytes) -> str:
    before, _, after = (field.form or "{}").partition("{}")
    return f"`{before}{shown(item)}{after}`"


def is_link(settings: Settings, name: str) -> bool:
    """Whether a field holds targets of links, which may lead out to the net."""
    field = settings[FIELDS].get(name)
    return field is not None and field.of_links


def helped(words: str, item: bytes, otherwise: str) -> str:
    """What to do about an item: in the profile's words, if it has some, or in ours."""
    return words.replace("{}", shown(item)) if words else otherwise


LONGEST = 60
"""Bytes of a value that a message shows."""


def wanted(settings: Settings, terms: Iterable[Terms], *facts: str) -> tuple[str, ...]:
    """Facts, and those that the terms go by: the id for exemptions, fields for severities."""
    listed = list(terms)
    by_id = settings[ID] if any(one.exempt for one in listed) else ""
    deciding = [name for one in listed for name in one.severity.fields]
    return (*facts, *([by_id] if by_id else []), *deciding)


def found(
    member: Member,
    name: str,
    hit: Hit,
    terms: Terms,
    related: Iterable[tuple[Spot, str]] = (),
    item: bytes = b"",
) -> list[CorpusHit]:
    """The hit at a field of a document, under the terms of the check."""
    return [CorpusHit(member.spot(name, item), hit, tuple(related), terms, member)]


def shown(value: bytes) -> str:
    """A value in a message."""
    return visible_bytes(value[:LONGEST]) + ("…" if len(value) > LONGEST else "")


def place_of(member: Member, of: Member) -> str:
    """A document, as a message about another one names it."""
    where = visible_bytes(member.path)
    if member.index == 0 or of.index == 0:
        return where
    if member.path == of.path:
        return f"record {member.index}"
    return where if member.index == 1 == of.index else f"record {member.index} of {where}"


def told_amount(amount: Amount, word: str) -> str:
    """`2 documents`, `1 to 3 files`."""
    if amount.least == amount.most:
        return f"{amount.least} {word}" + ("" if amount.least == 1 else "s")
    return f"{amount.least} to {amount.most} {word}s"
