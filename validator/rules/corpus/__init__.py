"""COR: do the documents agree with each other?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from ...body.text_fields import FIELDS, PREFIX, Field
from ...corpus.declared_checks import Manifest
from ...corpus.facts import Facts
from ...corpus.members import Member, Spot
from ...corpus.options import AGREE, MANIFEST, REFERENCES, SEQUENCE, UNIQUE
from ...errors import did_you_mean
from ...file.archive_names import display_path
from ...file.name_fields import FILE, ID
from ...model import Hit, about_file
from ...settings.amount import Amount
from ...settings.options import Option, Settings
from ...settings.severity import fields_of
from ...settings.terms import Terms
from ...text.visible import visible, visible_bytes
from ..rule import Corpus, CorpusHit

if TYPE_CHECKING:
    from ...corpus.manifest_diff import Difference


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """Fields of the body that an option names and `body.fields` does not declare.

    For each the wrong key, and the rest of the sentence "`key` ...". Where no field is declared at
    all, `body.x` may be a field of the metadata: then there is nothing wrong.
    """
    declared = settings[FIELDS]
    asked: list[tuple[str, str]] = [(REFERENCES.key, one.field) for one in settings[REFERENCES]]
    asked += [(UNIQUE.key, name) for one in settings[UNIQUE] for name in one.names]
    asked += [(SEQUENCE.key, one.field) for one in settings[SEQUENCE]]
    asked += [(AGREE.key, one.field) for one in settings[AGREE]]
    for key, name in asked:
        if declared and name.startswith(PREFIX) and name not in declared:
            near = did_you_mean(name, declared) or f"; there are {', '.join(declared)}"
            yield key, f"names `{name}`, which `{FIELDS.key}` does not declare{near}"


def names(settings: Settings, name: str, item: bytes, verb: str = "names") -> str:
    """The beginning of a sentence about an item: "`requires` names 7", "the text names `EIP-7`"."""
    field = settings[FIELDS].get(name)
    if field is None:
        return f"`{name}` {verb} {shown(item)}"
    return f"{_subject(field)} {'links to' if field.of_links else verb} {_written(field, item)}"


def leads_to(settings: Settings, name: str, item: bytes) -> str:
    """As `names`, for an item that is a path, or a reference that can be followed."""
    return names(settings, name, item, "leads to")


def _subject(field: Field) -> str:
    return "the text" if field.of_text else f"`{field.scope.name}`"


def _written(field: Field, item: bytes) -> str:
    before, _, after = (field.form or "{}").partition("{}")
    return f"`{before}{shown(item)}{after}`"


def is_link(settings: Settings, name: str) -> bool:
    """Whether a field holds targets of links, which may be addresses on the web."""
    field = settings[FIELDS].get(name)
    return field is not None and field.of_links


def about_item(name: str, item: bytes, words: str, help_: str, otherwise: str) -> Hit:
    """A hit about an item of a field. Its help is `help_`, the profile's words, or `otherwise`."""
    return about_file(
        words,
        help=help_.replace("{}", shown(item)) if help_ else otherwise,
        data={"field": name, "value": item.decode("utf-8", "replace")},
    )


LONGEST = 60
"""Bytes of a value that a message shows at most."""


def wanted(settings: Settings, terms: Iterable[Terms], *facts: str) -> tuple[str, ...]:
    """These facts, and those that terms need: the id for exemptions, fields for severities."""
    listed = list(terms)
    by_id = settings[ID] if any(one.exempt for one in listed) else ""
    deciding = [name for one in listed for name in fields_of(one.severity)]
    return (*facts, *([by_id] if by_id else []), *deciding)


def found(
    member: Member,
    name: str,
    hit: Hit,
    terms: Terms,
    related: Iterable[tuple[Spot, str]] = (),
    item: bytes = b"",
) -> CorpusHit:
    """The hit at the field `name` of a document (at `item` in it), under the terms of the check."""
    return CorpusHit(member.spot(name, item), hit, tuple(related), terms, member)


def shown(value: bytes) -> str:
    """A value in a message."""
    return visible_bytes(value[:LONGEST]) + ("…" if len(value) > LONGEST else "")


def place_of(member: Member, of: Member) -> str:
    """The name of the document `member` in a message about the document `of`."""
    where = visible(display_path(member.path))
    if member.index == 0 or of.index == 0:
        return where
    if member.path == of.path:
        return f"record {member.index}"
    return where if member.index == 1 == of.index else f"record {member.index} of {where}"


def differences(
    facts: Facts, settings: Settings, kind: str
) -> Iterator[tuple[Manifest, Difference, Spot]]:
    """The differences of this kind between the files and the manifest; see `compared`."""
    from ...corpus.manifest_diff import compared

    manifest = settings[MANIFEST]
    if manifest is not None:
        yield from ((manifest, *found) for found in compared(facts, manifest, kind))


def total(option: Option[Amount | None], of: Callable[[Facts], int]) -> Corpus:
    """The check that the number of documents or files is as an option says; `of` counts them."""

    def facts(settings: Settings) -> tuple[str, ...]:
        return (FILE,) if settings[option] else ()

    def resolve(facts: Facts, settings: Settings) -> Iterator[CorpusHit]:
        from ...corpus.paths import shared_folder

        amount, number = settings[option], of(facts)
        if amount and not amount.allows(number):
            hit = about_file(
                f"there must be {_so_many(amount, option)}, and there are {number}",
                help=f"find out which are missing or too many, or mend `{option.key}`",
                data={"found": number, "least": amount.least, "most": amount.most},
            )
            yield CorpusHit(Spot(shared_folder(facts)), hit)

    return Corpus(facts, resolve)


def _so_many(amount: Amount, option: Option[Amount | None]) -> str:
    """An amount in words: `2 to 3 files`; the noun is taken from the key of the option."""
    word = option.key.partition(".")[2][:-1]
    if amount.least != amount.most:
        return f"{amount.least} to {amount.most} {word}s"
    return f"{amount.least} {word}" + ("" if amount.least == 1 else "s")
