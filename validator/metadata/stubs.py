"""Stubs: documents that only say where another one is, so that old links to them still work."""

from typing import Annotated, Final

from msgspec import Meta
from msgspec import field as key

from ..document import Document
from ..settings.annotations import OR_ONE
from ..settings.options import Option, Settings, Word
from ..settings.severity import Spelled, spelled
from ..settings.value_types import Table
from .fields import field


class Stub(Table, frozen=True):
    """How a stub is recognised: by a field, and by its values if not all of them mean a stub."""

    field: Annotated[Word, "the field that tells a stub"]
    values: Annotated[
        tuple[Spelled, ...],
        Meta(min_length=1),
        OR_ONE,
        "the values of the field with which it does (default any)",
    ] = key(name="is", default=())


STUB: Final = Option[Stub | None](
    "metadata.stub",
    'documents that only say where another one is: `{ field = "status", is = ["Moved"] }`; nothing '
    "is asked of their fields and of their body",
    None,
    Stub,
)


def is_stub(document: Document, settings: Settings) -> bool:
    """Whether a document is a stub under these settings."""
    stub = settings[STUB]
    if stub is None:
        return False
    value = field(document, settings, stub.field)
    return value is not None and (not stub.values or _written(value) in stub.values)


def _written(value: object) -> str:
    return spelled(value) if isinstance(value, str | int | float) else str(value)
