"""The facts that documents tell: fields of their metadata, of their bodies, and their content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..corpus.fact_rows import Row
from ..corpus.members import LIST
from ..delimiters.runs import Run
from ..document import Document
from ..file.name_fields import CONTENT
from ..metadata import fields as metadata
from ..settings.options import Settings

if TYPE_CHECKING:
    from ..body.text_fields import Field


class DocumentFacts:
    """Reads the facts of these names from documents."""

    def __init__(self, settings: Settings, names: tuple[str, ...]) -> None:
        self._settings, self._names = settings, names
        self._body_fields = _of_body(names, settings)

    def row(self, document: Document) -> Row:
        """The facts of a document."""
        return tuple(self._fact(document, name) for name in self._names)

    def rows_of(self, run: Run, records: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The facts of each record of a run of lines; `records` are their fields."""
        documents = [*run.documents()] if self._body_fields else []
        for document, record in zip(documents, records, strict=False):
            metadata.remember(document, self._settings, record)
        columns = [
            [_digest(line.removesuffix(b"\r")) for line in run.lines()]
            if name == CONTENT
            else [self._fact(one, name) for one in documents]
            if name in self._body_fields
            else [told(metadata.within(record, name)) for record in records]
            for name in self._names
        ]
        return list(zip(*columns, strict=True)) if columns else [()] * run.count

    def _fact(self, document: Document, name: str) -> bytes | None:
        if name == CONTENT:
            text = document.text or document.data
            return _digest(text) if text and not text.isspace() else None
        found = self._body_fields.get(name)
        if found is not None:
            from ..body.mentions import values  # only where a field of the body is asked for

            return LIST.join(values(document, self._settings, found)) or None
        return told(metadata.field(document, self._settings, name))


def _of_body(names: Sequence[str], settings: Settings) -> Mapping[str, Field]:
    """Those of the facts that are fields of the body."""
    if not names:
        return {}
    from ..body.text_fields import FIELDS

    fields = settings[FIELDS]
    return {name: fields[name] for name in names if name in fields}


def told(value: object) -> bytes | None:
    """The value of a field as a fact; the items of a list stand between NULs."""
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    if value is None:
        return None
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, list | tuple):
        return LIST.join(told(item) or b"" for item in value)
    return str(value).encode("utf-8", "surrogatepass")


def _digest(text: bytes) -> bytes:
    """The digest of the content of one document of a file; equal digests are not compared again."""
    from hashlib import sha256  # only where contents are compared

    return sha256(text).digest()
