"""The metadata of a document: what its block and its markers say, read once and kept with it."""

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
"""How the names of fields begin that the file gives to all of its documents."""


def may_have(settings: Settings) -> bool:
    """Whether documents of a profile may have fields at all: in a block, by marker, as records."""
    in_block = settings[BLOCK] != "none" or kind_of(settings).is_record
    of_markers = any(marker.names for marker in settings[BEGIN])
    return in_block or of_markers or bool(settings[LENGTH_FIELD])  # which is a header


@memo
def values(document: Document, settings: Settings) -> Mapping[str, Any] | None:
    """Fields by name, quickly; None when the block must be examined.

    A field of the block hides an attribute of the same name that a marker carries.
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
    """The tree of all fields with their bytes, and the flaws of the block. Slow; never raises.

    The bytes are those of the document's `holder`.
    A document without a block has a tree of the attributes that its markers carry, whose bytes are
    those of the first.
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
    """The tree of all fields; where it has no flaw, it is not read once more for its values."""
    found = examined(document, settings)
    if found.tree is not None and not found.flaws:
        remember(document, settings, found.tree.value)
    return found.tree


def fields(document: Document, settings: Settings) -> Mapping[str, Any]:
    """Fields by name as far as they can be read: nothing of a block that cannot."""
    found = values(document, settings)
    if found is None:
        tree = examined(document, settings).tree
        found = tree.value if tree is not None else _attributes(document)
    return found


def field(document: Document, settings: Settings, name: str) -> Any:
    """The value of a field, None if there is none.

    `file.id` is a field of the file, `status` one of the document, `a.b` one within another.
    """
    if name.startswith(FILE):
        return document.place.fields.get(name)
    return within(fields(document, settings), name)


def identity(document: Document, settings: Settings) -> str:
    """The id of a document, empty where it has none."""
    name = settings[ID]
    value = field(document, settings, name) if name else None
    return "" if value is None else str(value)


def within(record: Mapping[str, Any], name: str) -> Any:
    """The value of the field `status`, or of `a.b` one within another; None if there is none."""
    found: Any = record
    if name in found:
        return found[name]
    for part in name.split("."):
        if not isinstance(found, Mapping) or part not in found:
            return None
        found = found[part]
    return found


def remember(document: Document, settings: Settings, record: Mapping[str, Any] | None) -> None:
    """Keep with a document what its block is already known to hold."""
    keep(values, record, document, settings)


def _limit(settings: Settings) -> int:
    """Bytes that a block may have; a record that is its own metadata holds texts of any length."""
    return sys.maxsize if kind_of(settings).is_record else settings[MAX_BYTES]


def _attributes(document: Document) -> dict[str, Any]:
    data = document.data
    return {name: decoded(data[slice(*span)]) for name, span in document.attributes.items()}


def _with_attributes(document: Document, block: Examined) -> Examined:
    """What was read of a block, with the attributes that the markers carry."""
    texts = _attributes(document)
    nodes = {name: Node(texts[name], *span) for name, span in document.attributes.items()}
    if block.tree is not None and isinstance(block.tree.children, Mapping):
        nodes = {**nodes, **block.tree.children}
        start, end = block.tree.span
    else:
        start, end = min(document.attributes.values(), default=(0, 0))
    return Examined(node_of(nodes, start, end), block.flaws)
