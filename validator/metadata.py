"""The metadata of a document: its block, what its markers carry, what its file's name captures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from .document import Document, Node
from .model import Flaw
from .options import Settings


def values(document: Document, settings: Settings) -> Mapping[str, Any] | None:
    """Field and value of the block and the markers; None when they cannot be read plainly."""
    return {
        name: document.data[start:end].decode("utf-8", "replace")
        for name, (start, end) in document.attributes.items()
    }


class Examined(Struct, frozen=True):
    """Metadata with the bytes of every key and value, and what is wrong with how it is written."""

    tree: Node | None
    flaws: tuple[Flaw, ...]


def examined(document: Document, settings: Settings) -> Examined:
    """The metadata read slowly and exactly."""
    return Examined(None, ())


def field(document: Document, settings: Settings, name: str) -> Any | None:
    """The value of a field: `file.id`, `title`, `meta.source`; None where it has none."""
    if name.startswith("file."):
        return document.place.fields.get(name)
    return (values(document, settings) or {}).get(name)


def clean_run(lines: Sequence[bytes], settings: Settings) -> bool:
    """Whether all of these lines are JSON objects that every reader takes the same way."""
    return False
