"""The survey of files of clean bytes: whether their documents are clean, their sizes and facts.

All questions are quick. The answer for a clean file may be no, never yes for one that is not clean;
after a no the file goes the exact way, with what was divided and read of it so far.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any

from ..corpus.fact_rows import Row
from ..delimiters.division import divides
from ..delimiters.kind import Item
from ..delimiters.runs import Run
from ..document import Document, Place
from ..memo import keep, memo
from ..metadata import fields as metadata
from ..metadata.syntax.json import load_lines
from ..metadata.syntax.table import SYNTAXES
from ..settings.options import Settings
from ..text.lines import Window
from .dividing import divider_of
from .fact_plan import fact_plan
from .fast import Doubt, Survey, portions
from .memories import Memories
from .plan import Bound
from .ruleset import rule_set
from .screens import Screens, screens
from .sidecar_rules import of_sidecars

Question = Callable[[Document, Settings], bool]
"""Whether a document is clean under the settings for some rules: the `clean` of `Each`."""


class Surveyor:
    """Asks the questions of a profile of files of clean bytes and of neighbouring records."""

    def __init__(self, bound: Bound) -> None:
        self._settings, self._facts = bound.settings, fact_plan(bound)
        self._screens = screens(bound)
        rules, sidecars = rule_set(bound), of_sidecars(bound)
        self._looks, self._series = rules.looks, rules.series
        self._divider = divider_of(bound)
        self._beside = screens(sidecars) if sidecars else None
        self.divides = divides(bound.settings)

    def surveys(
        self, files: Mapping[bytes, bytes], places: Mapping[bytes, Place]
    ) -> Mapping[bytes, Survey | Doubt]:
        """The surveys of small files of clean bytes, by name; `places` are by name, too."""
        assert self._divider is not None
        if self.divides:
            return {name: self.survey(text, places[name]) for name, text in files.items()}
        found: dict[bytes, Survey | Doubt] = {}
        documents = {}
        for name, text in files.items():
            items = self._divider.only(text, places[name])
            document = items[-1]
            if len(items) == 1 and isinstance(document, Document) and self._readable(document):
                documents[name] = document
            else:
                found[name] = Doubt(items)
        if self._beside:
            clean = _with_clean_sidecars(documents, self._beside)
            found |= {name: Doubt((documents[name],)) for name in documents.keys() - clean.keys()}
            documents = clean
        left = self._left([*documents.values()])
        rows = self._facts.rows
        for name, document in documents.items():
            if all(question(document, self._settings) for question in left):
                row = [self._facts.row(document)] if rows else []
                beside = document.sidecar.size if document.sidecar else 0
                found[name] = Survey(1, document.size, row, beside)
            else:
                found[name] = Doubt((document,))
        return found

    def _left(self, documents: Sequence[Document]) -> list[Question]:
        """The questions that must be asked of each document: not answered for all together."""
        left = []
        parts = [documents[few] for few in portions([one.size for one in documents])]
        for look in self._looks:
            many = look.clean_many
            if many is None or not all(many(few, self._settings) for few in parts):
                left.append(look.clean)
        return left

    def survey(self, text: bytes, place: Place) -> Survey | Doubt:
        """The survey of a small file of clean bytes, which may hold many documents."""
        assert self._divider is not None
        count = size = 0
        rows: list[Row] = []
        memories = Memories(self._settings, self._series)
        items = self._divider.divide((Window(text),), place)
        seen: list[Item] = []
        for item in items:
            seen.append(item)
            if isinstance(item, Run):
                records = clean_records(item, self._settings, self)
                if records is None or _is_news(memories, item, records):
                    return Doubt(chain(seen, items))
                count += item.count
                size += len(item.window.data)
                rows += self._facts.rows_of(item, records) if self._facts.rows else ()
            elif isinstance(item, Document) and self._plainly_clean(item, memories):
                count += 1
                size += item.size
                rows += [self._facts.row(item)] if self._facts.rows else ()
            else:
                return Doubt(chain(seen, items))
        return Survey(count, size, rows)

    def all_clean(self, run: Run, records: Sequence[Mapping[str, Any]]) -> bool:
        """Whether records are clean by themselves; asked one by one where not all are together."""
        settings = self._settings
        if self._screens.hides(run.window.data, records):
            return False
        left = [
            look.clean
            for look in self._looks
            if look.clean_records is None or not look.clean_records(records, run.place, settings)
        ]
        for document, record in zip(run.documents(), records, strict=True) if left else ():
            metadata.remember(document, settings, record)
            if not all(clean(document, settings) for clean in left):
                return False
        return True

    def is_clean(self, document: Document) -> bool:
        """Whether a document of clean bytes is clean by itself."""
        if not self._readable(document):
            return False
        return all(look.clean(document, self._settings) for look in self._looks)

    def _plainly_clean(self, document: Document, memories: Memories) -> bool:
        settings = self._settings
        if not self.is_clean(document):
            return False
        record = metadata.fields(document, settings) if memories else {}
        return next(memories.compared(document, record), None) is None

    def _readable(self, document: Document) -> bool:
        """Whether its metadata can be read quickly, and no text in them hides behind escapes."""
        if document.holder.syntax and metadata.values(document, self._settings) is None:
            return False
        return not hides_in(document, self._settings, self._screens)


@memo
def surveyor(bound: Bound) -> Surveyor:
    """The surveyor of a profile."""
    return Surveyor(bound)


def hides_in(document: Document, settings: Settings, asked: Screens) -> bool:
    """Whether the metadata may hold, in escapes, a clue for rules about characters."""
    holder = document.holder
    if not holder.syntax or not SYNTAXES[holder.syntax].escapes:
        return False
    record = metadata.values(document, settings)
    return record is not None and asked.hides(holder.head, [record])


@memo
def fields_of(run: Run, settings: Settings) -> Sequence[Mapping[str, Any]] | None:
    """The fields of neighbouring records; None where one of them must be examined."""
    return load_lines(run.window.data, run.count, settings)


@memo
def clean_records(
    run: Run, settings: Settings, asking: Surveyor
) -> Sequence[Mapping[str, Any]] | None:
    """The fields of neighbouring records; None if one of them may not be clean by itself."""
    records = load_lines(run.window.data, run.count, settings)
    if records is not None and asking.all_clean(run, records):
        return records
    keep(fields_of, records, run, settings)
    return None


def _is_news(memories: Memories, run: Run, records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a rule has a hit where these records are compared with those before them."""
    return not memories.agree(records) and any(
        True
        for pair in zip(run.documents(), records, strict=True)
        for _ in memories.compared(*pair)
    )


def _with_clean_sidecars(
    documents: Mapping[bytes, Document], beside: Screens
) -> dict[bytes, Document]:
    """The documents whose sidecars, if they have them, give no clue; all are asked together."""
    texts = [one.sidecar.data for one in documents.values() if one.sidecar]
    if not texts or beside.clean(texts):
        return {**documents}
    return {
        name: one
        for name, one in documents.items()
        if not one.sidecar or beside.clean([one.sidecar.data])
    }
