"""The metadata of a document, from its block and its markers; read once and kept with it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any, Final

from ..delimiters.kinds import kind_of
from ..delimiters.options import BEGIN, BLOCK, LENGTH_FIELD
from ..document import Document, Node
from ..file.name_fields import ID
from ..memo import keep, memo
from ..settings.options import Settings
from .syntax.block_flaws import TooLarge
from .syntax.block_text import Examined, decoded, node_of
from .syntax.limits import MAX_BYTES
from .syntax.table import examine, load

FILE: Final = "file."
"""The prefix of the names of fields that all documents of a file share."""


def may_have(settings: Settings) -> bool:
    """Whether documents of a profile may have fields: of a block, of a marker, or as records."""
    in_block = settings[BLOCK] != "none" or kind_of(settings).is_record
    of_markers = any(marker.names for marker in settings[BEGIN])
    return in_block or of_markers or bool(settings[LENGTH_FIELD])  # which is a header


@memo
def values(document: Document, settings: Settings) -> Mapping[str, Any] | None:
    """The fields by name, by the quick way; None if the block must be examined.

    A field of the block replaces a capture of a marker that has the same name.
    """
    if document.sidecar is not None:
        return values(document.sidecar, settings)
    attributes = _attributes(document)
    if document.block[0] < 0:
        return attributes
    found = load(document.syntax, document.head, settings, _limit(settings))
    if found is None or not attributes:
        return found
    return {**attributes, **found}


@memo
def examined(document: Document, settings: Settings) -> Examined:
    """The tree of all fields with their spans, and the flaws of the block. Slow; never raises.

    Spans are offsets in the document's `holder`. Without a block, the tree is that of the captures
    of its markers, and its span is that of the first capture.
    """
    if document.sidecar is not None:
        return examined(document.sidecar, settings)
    block, limit = Examined(None), _limit(settings)
    if document.size > limit and document.size > len(document.data) > 0:  # not all of it is held
        return Examined(None, (TooLarge(*document.block, document.size, limit),))
    if document.block[0] >= 0:
        block = examine(document.syntax, document.data, document.block, settings, limit)
        if block.tree is None or not document.attributes:
            return block
    return _with_attributes(document, block)


def examined_fields(document: Document, settings: Settings) -> Node | None:
    """The tree of all fields, None if there is none; `values` then takes a sound tree's values."""
    found = examined(document, settings)
    if found.tree is not None and not found.flaws:
        remember(document, settings, found.tree.value)
    return found.tree


def fields(document: Document, settings: Settings) -> Mapping[str, Any]:
    """The fields by name, as far as they can be read: without a block that cannot be read."""
    found = values(document, settings)
    if found is None:
        tree = examined(document, settings).tree
        found = tree.value if tree is not None else _attributes(document)
    return found


def field(document: Document, settings: Settings, name: str) -> Any:
    """The value of a field; None if there is none.

    `file.id` is a field of the file, `status` one of the document, `a.b` the field `b` of `a`.
    """
    if name.startswith(FILE):
        return document.place.fields.get(name)
    return within(fields(document, settings), name)


def identity(document: Document, settings: Settings) -> str:
    """The id of a document as text; empty if it has none."""
    name = settings[ID]
    value = field(document, settings, name) if name else None
    return "" if value is None else str(value)


def within(record: Mapping[str, Any], name: str) -> Any:
    """The value of the field `name` of a record (`a.b`: of `b` in `a`); None if there is none."""
    found: Any = record
    if name in found:
        return found[name]
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def remember(document: Document, settings: Settings, record: Mapping[str, Any] | None) -> None:
    """Keep `record`, the fields of a document's block, as the result of `values` for it."""
    keep(values, record, document, settings)


def _limit(settings: Settings) -> int:
    """Most bytes of a block; no limit for records, which may hold long texts."""
    return sys.maxsize if kind_of(settings).is_record else settings[MAX_BYTES]


def _attributes(document: Document) -> dict[str, Any]:
    data = document.data
    return {name: decoded(data[slice(*span)]) for name, span in document.attributes.items()}


def _with_attributes(document: Document, block: Examined) -> Examined:
    """What was read of a block, together with the captures of the markers."""
    texts = _attributes(document)
    nodes = {name: Node(texts[name], *span) for name, span in document.attributes.items()}
    if block.tree is not None and isinstance(block.tree.children, Mapping):
        nodes = {**nodes, **block.tree.children}
        start, end = block.tree.span
    else:
        start, end = min(document.attributes.values(), default=(0, 0))
    return Examined(node_of(nodes, start, end), block.flaws)
