"""What clean files hold: documents, the bytes in them, and their facts; or a closer look is needed.

Every question is quick and may cry wolf: where one says no, the file goes the exact way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ..corpus.fact_rows import Row
from ..corpus.members import LIST
from ..delimiters.runs import Run
from ..document import Document, Place
from ..encoding.declared import small_views
from ..encoding.utf8 import all_utf8
from ..file.name_fields import CONTENT
from ..file.reading import SMALL
from ..metadata import fields as metadata
from ..metadata.syntax.shapes import shape, shapes
from ..metadata.syntax.table import SYNTAXES
from ..model import Hit, Severity
from ..rules.rule import Memory, Rule
from ..settings.options import Settings
from ..text.json_escapes import hides, texts_of
from ..text.lines import Window
from .ruleset import Duty

Question = Callable[[Document, Settings], bool]
"""Whether a document is clean under the settings, by what a rule asks."""


PORTION: Final = SMALL
"""Bytes screened together. With more, one odd file has the others looked at once more, too."""


class Survey(Struct, frozen=True):
    """A clean file: its documents, the bytes in them, and their facts.

    `beside` are the bytes of the file that holds its metadata.
    """

    count: int
    size: int
    rows: list[Row]
    beside: int = 0


class Surveyor:
    """Asks what a profile wants to know of clean files and of records that stand together."""

    def __init__(self, duty: Duty) -> None:
        self._duty = duty

    def clean_records(self, run: Run, place: Place) -> Sequence[Mapping[str, Any]] | None:
        """The fields of records of a line each; None if one of them may not be clean by itself."""
        records = metadata.records(run.window.data, run.count, self._duty.settings)
        if records is None or self.hides(run.window.data, records):
            return None
        left = [
            clean
            for clean, of_records in self._duty.questions.items()
            if of_records is None or not of_records(records, place, self._duty.settings)
        ]
        for document, record in zip(run.documents(), records, strict=True) if left else ():
            placed = replace(document, place=place)
            metadata.remember(placed, self._duty.settings, record)
            if not all(clean(placed, self._duty.settings) for clean in left):
                return None
        return records

    def hides(self, written: bytes, records: Sequence[Mapping[str, Any]]) -> bool:
        """Whether texts that JSON writes with escapes may hold what rules about characters seek."""
        if not hides(written):
            return False
        texts = "\n".join(texts_of(records)).encode("utf-8", "replace")
        return self._duty.suspicious_text(texts)

    def hides_in(self, document: Document) -> bool:
        """Whether this document does."""
        holder = document.holder
        if not holder.syntax or not SYNTAXES[holder.syntax].escapes:
            return False
        record = metadata.values(document, self._duty.settings)
        return record is not None and self.hides(holder.head, [record])

    def surveys(self, folder: bytes, files: Mapping[bytes, bytes]) -> dict[bytes, Survey | None]:
        """What small files of clean bytes hold, by name; None for those that need a closer look."""
        if self._duty.divider is None:
            return {name: Survey(1, len(text), []) for name, text in files.items()}
        places = {name: self._duty.place(folder + name, name) for name in files}
        if self._duty.divides:
            return {name: self.survey(text, places[name]) for name, text in files.items()}
        documents = {}
        for name, text in files.items():
            document = self._duty.divider.only(text, places[name])
            if document and self._readable(document):
                documents[name] = document
        if self._duty.beside:
            documents = _with_clean_sidecars(documents, self._duty.beside)
        left = self._left([*documents.values()])
        return {
            name: Survey(
                1,
                document.size,
                [self.row(document)] if self._duty.rows else [],
                document.sidecar.size if document.sidecar else 0,
            )
            for name, document in documents.items()
            if all(clean(document, self._duty.settings) for clean in left)
        }

    def _left(self, documents: Sequence[Document]) -> list[Question]:
        """The questions that must be asked of each of these documents."""
        left = []
        parts = [documents[few] for few in portions([one.size for one in documents])]
        for clean, of_many in self._duty.of_many.items():
            if of_many is None or not all(of_many(few, self._duty.settings) for few in parts):
                left.append(clean)
        return left

    def survey(self, text: bytes, place: Place) -> Survey | None:
        """What a small file of clean bytes holds; None where it needs a closer look."""
        assert self._duty.divider is not None
        count = size = 0
        rows: list[Row] = []
        memories = self._duty.memories()
        for item in self._duty.divider.divide((Window(text),), place):
            if isinstance(item, Run):
                records = self.clean_records(item, place)
                if records is None or self._is_news(memories, item, records):
                    return None
                count += item.count
                size += len(item.window.data)
                rows += self.rows_of(item, records) if self._duty.rows else ()
            elif isinstance(item, Document) and self._plainly_clean(item):
                record = metadata.fields(item, self._duty.settings) if memories else {}
                if any(True for _ in compared(memories, item, record, self._duty.settings)):
                    return None
                count += 1
                size += item.size
                rows += [self.row(item)] if self._duty.rows else ()
            else:
                return None
        return Survey(count, size, rows)

    def _is_news(self, memories: Memories, run: Run, records: Sequence[Mapping[str, Any]]) -> bool:
        """Whether one of these records differs from those before it, which are taken in."""
        return not agree(memories, records) and any(
            True
            for pair in zip(run.documents(), records, strict=True)
            for _ in compared(memories, *pair, self._duty.settings)
        )

    def row(self, document: Document) -> Row:
        """The facts of a document that the corpus rules want."""
        return tuple(self._fact(document, fact) for fact in self._duty.document_facts)

    def _fact(self, document: Document, fact: str) -> bytes | None:
        if fact == CONTENT:
            text = document.text or document.data
            return _digest(text) if text and not text.isspace() else None
        found = self._duty.body_fields.get(fact)
        if found is not None:
            from ..body.mentions import values  # only where a field of the body is asked for

            return LIST.join(values(document, self._duty.settings, found)) or None
        return told(metadata.field(document, self._duty.settings, fact))

    def rows_of(self, run: Run, records: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The facts of records of a line each."""
        documents = [*run.documents()] if self._duty.body_fields else []
        for document, record in zip(documents, records, strict=False):
            metadata.remember(document, self._duty.settings, record)
        columns = [
            [_digest(line.removesuffix(b"\r")) for line in run.lines()]
            if fact == CONTENT
            else [self._fact(one, fact) for one in documents]
            if fact in self._duty.body_fields
            else [told(metadata.within(record, fact)) for record in records]
            for fact in self._duty.document_facts
        ]
        return list(zip(*columns, strict=True)) if columns else [()] * run.count

    def _plainly_clean(self, document: Document) -> bool:
        return self._readable(document) and all(
            clean(document, self._duty.settings) for clean in self._duty.questions
        )

    def _readable(self, document: Document) -> bool:
        """Whether its metadata can be read quickly, and no text in them hides behind escapes."""
        if document.holder.syntax and metadata.values(document, self._duty.settings) is None:
            return False
        return not self.hides_in(document)


def clean(texts: list[bytes], duty: Duty) -> bool:
    """Whether small files hold text and give no rule that looks at bytes a clue.

    Every step is a C call for all of them: a clean file should cost little more than being read.
    """
    if duty.charsets:
        views = small_views(texts, duty.charsets)
        if views is None or not all(views):  # one may be nothing but a byte order mark
            return False
        texts = views
    others = [text for text in texts if not text.isascii()]
    return (
        not duty.suspicious.any(texts, others)
        and all_utf8(others)
        and True not in map(bytes.isspace, texts)
    )


def portions(sizes: Sequence[int]) -> Iterator[slice]:
    """Neighbours that are screened together: at least one, and no more than PORTION bytes."""
    start = size = 0
    for at, own in enumerate(sizes if sum(sizes) > PORTION else ()):
        if size + own > PORTION and at > start:
            yield slice(start, at)
            start, size = at, 0
        size += own
    yield slice(start, len(sizes))


def _with_clean_sidecars(
    documents: Mapping[bytes, Document], beside: Duty
) -> dict[bytes, Document]:
    """The documents whose sidecars, if they have them, give no clue; all are asked together."""
    texts = [one.sidecar.data for one in documents.values() if one.sidecar]
    if not texts or clean(texts, beside):
        return {**documents}
    return {
        name: one
        for name, one in documents.items()
        if not one.sidecar or clean([one.sidecar.data], beside)
    }


Memories = Sequence[tuple[Rule, Severity, Memory]]


def agree(memories: Memories, records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether records that stand together are no news to any rule; they are then taken in."""
    found = shapes(records) if memories else frozenset()
    if not all(memory.agrees(found) for _, _, memory in memories):
        return False
    for _, _, memory in memories:
        memory.take(records)
    return True


def compared(
    memories: Memories, document: Document, record: Mapping[str, Any], settings: Settings
) -> Iterator[tuple[Rule, Severity, Hit]]:
    """What is wrong with a document in the light of those before it; it is taken in."""
    found = {shape(record)} if memories else frozenset()
    for rule, severity, memory in memories:
        if memory.agrees(found):
            memory.take([record])
        else:
            hits = memory.step(document, record, settings)
            yield from ((rule, severity, hit) for hit in hits)


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
