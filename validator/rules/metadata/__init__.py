"""MET: is the metadata there, readable, and true?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from ...document import Document, Node, Place
from ...memo import memo
from ...metadata import fields as metadata
from ...metadata.schema.declaration import Declared
from ...metadata.schema.options import EXEMPT, ORDER, SCHEMA
from ...metadata.stubs import STUB
from ...model import Hit
from ...settings.options import Option, Settings
from ...text.visible import shortened as cut_to
from ..rule import Each, Shared

if TYPE_CHECKING:
    from ...metadata.schema.engine import Schema
    from ...metadata.schema.violation import Violation

FRONT_MATTER: Final[Mapping[str, Mapping[str, object]]] = {"delimiters": {"block": "front-matter"}}
"""The keys of a profile whose files are one document each, with a block between fences."""

RECORDS: Final[Mapping[str, Mapping[str, object]]] = {"delimiters": {"kind": "json-lines"}}
"""The keys of a profile whose files hold a JSON record a line."""

SHOWN: Final = 60
"""Code points of a document's text that a message repeats at most."""

SCHEMA_OPTIONS: Final[tuple[Option[Any], ...]] = (SCHEMA, ORDER, EXEMPT, STUB)
"""The options of the rules that report violations of a schema."""


def misfits(settings: Settings) -> Iterator[tuple[str, str]]:
    """Schemas that no document could fit: of fields without metadata, or of another type.

    For each the wrong key, and the rest of the sentence "`key` ...".
    """
    for key in (SCHEMA.key, ORDER.key) if not metadata.may_have(settings) else ():
        if settings.values.get(key):
            yield key, f"asks for fields, which no document of this profile has: {_BLOCK}"
    written = settings[SCHEMA].get("type", "object")
    if "object" not in (written if isinstance(written, list) else [written]):
        words = "metadata is always a table of fields: write `object`, or leave it out"
        yield f"{SCHEMA.key}.type", f"is `{shortened(str(written))}`, and {words}"


_BLOCK: Final = (
    'say in the table `delimiters` where their metadata stands, as in `block = "front-matter"`'
)


def holds(cause: str) -> Each:
    """The check of the rule that reports violations of the schema with this `cause`, its name."""
    return _JUDGED.of(cause, _wanted)


@memo
def _clean(document: Document, settings: Settings) -> bool:
    """Whether the metadata fits the schema; True also for a block that cannot be read."""
    found = _fields(document, settings)
    return found is None or _schema(settings).fits(found, document)


def _clean_records(records: Sequence[Mapping[str, Any]], place: Place, settings: Settings) -> bool:
    return _schema(settings).check_all(records, place)


def _wanted(settings: Settings) -> bool:
    schema, order = settings[SCHEMA], settings[ORDER]
    return bool(schema or order)


@memo
def _schema(settings: Settings) -> Schema:
    """The schema of these settings, compiled."""
    from ...metadata.schema.engine import compiled

    schema, order = settings[SCHEMA], settings[ORDER]
    return compiled(Declared({**schema, "x-order": [*order]}) if order else schema)


def _fields(document: Document, settings: Settings) -> Mapping[str, Any] | None:
    found = metadata.values(document, settings)
    if found is not None:
        return found
    tree = metadata.examined(document, settings).tree
    return tree.value if tree is not None and isinstance(tree.value, Mapping) else None


def _faults(document: Document, settings: Settings) -> Iterator[tuple[str, Hit]]:
    """All violations of the schema in the metadata, each with its cause."""
    return ((one.cause, replace(one.hit(), fix=one.fix)) for one in _violations(document, settings))


def _violations(document: Document, settings: Settings) -> Iterator[Violation]:
    found = None if _clean(document, settings) else _fields(document, settings)
    if found is None:
        return

    from ...metadata.schema.violation import Context

    def tree() -> Node | None:
        return metadata.examined(document, settings).tree

    exempt = settings[EXEMPT]
    context = Context(found, document, metadata.identity(document, settings), exempt)
    yield from _schema(settings).explained(found, tree, context)


_JUDGED: Final = Shared(_clean, _faults, _clean_records)
"""The common look at a document of all rules that report violations of a schema."""


def under(**keys: object) -> Mapping[str, Mapping[str, object]]:
    """The profile of an example: front matter, and these keys in the table `metadata`."""
    return {"delimiters": {"block": "front-matter"}, "metadata": keys}


def shortened(text: str) -> str:
    """`text`, made visible and cut to what a message may hold."""
    return cut_to(text, SHOWN)
