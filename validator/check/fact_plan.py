"""The facts that the corpus rules want to know of files and documents, and where they are had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..corpus.fact_rows import Row
from ..corpus.members import LIST
from ..delimiters.divider import divides
from ..delimiters.runs import Run
from ..document import Document
from ..file.name_fields import CONTENT, SIZE, SUMS, group_of, is_of_file
from ..memo import memo
from ..metadata import fields as metadata
from ..rules.catalog import catalog
from ..rules.rule import Corpus
from ..settings.options import Settings
from .plan import Bound

if TYPE_CHECKING:
    from ..body.text_fields import Field


class FactPlan:
    """The facts of a profile by name, each once, in a fixed order.

    `groups` is for each the group of `file.name` that captures it, if one does. `of_documents` are
    those that a document tells; where `rows` is true, they are told of each. `content` says that
    contents are compared; `sums` are digests of the file on the disk, `disk` that these or its size
    are asked for.
    """

    def __init__(self, bound: Bound, names: tuple[str, ...]) -> None:
        self._settings = settings = bound.settings
        self.names = names
        self.content = CONTENT in names
        self.sums = tuple(name for name in names if name in SUMS)
        self.disk = bool(self.sums) or SIZE in names
        self.of_documents = tuple(name for name in names if not is_of_file(name))
        self._body_fields = _of_body(self.of_documents, settings)
        of_documents = any(name != CONTENT for name in self.of_documents)
        self.rows = bool(names) and (divides(settings) or of_documents)
        self.groups = tuple(group_of(name, settings) for name in names)

    def row(self, document: Document) -> Row:
        """The facts of a document."""
        return tuple(self._fact(document, name) for name in self.of_documents)

    def rows_of(self, run: Run, records: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The facts of records of a line each, whose fields are known."""
        documents = [*run.documents()] if self._body_fields else []
        for document, record in zip(documents, records, strict=False):
            metadata.remember(document, self._settings, record)
        columns = [
            [_digest(line.removesuffix(b"\r")) for line in run.lines()]
            if name == CONTENT
            else [self._fact(one, name) for one in documents]
            if name in self._body_fields
            else [told(metadata.within(record, name)) for record in records]
            for name in self.of_documents
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


@memo
def fact_plan(bound: Bound) -> FactPlan:
    """What the corpus rules want of a profile, and what other profiles do."""
    wanted: dict[str, None] = {}
    for entry in catalog().awake(bound.rules, bound.settings):
        check = catalog().rules[entry.code].check if entry.shape == "corpus" else None
        if isinstance(check, Corpus):
            wanted.update(dict.fromkeys(check.facts(bound.settings)))
    wanted.update(dict.fromkeys(bound.asked))
    return FactPlan(bound, tuple(wanted))


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
    """What stands for the content of a document that is not a file: nothing compares it again."""
    from hashlib import sha256  # only where contents are compared

    return sha256(text).digest()
