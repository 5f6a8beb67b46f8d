"""The facts that the corpus rules want to know of files and documents, and where they are had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..corpus.fact_rows import Row
from ..delimiters.division import divides
from ..file.name_fields import CONTENT, SIZE, SUMS, fact_of_sum, group_of, is_of_file
from ..memo import memo
from ..rules.catalog import catalog
from ..rules.rule import Corpus, Rule
from .plan import Bound

if TYPE_CHECKING:
    from ..delimiters.runs import Run
    from ..document import Document
    from .document_facts import DocumentFacts


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
        self.sums = tuple(one for one in SUMS if fact_of_sum(one) in names)
        self.disk = bool(self.sums) or SIZE in names
        self.of_documents = tuple(name for name in names if not is_of_file(name))
        of_documents = any(name != CONTENT for name in self.of_documents)
        self.rows = bool(names) and (divides(settings) or of_documents)
        self.groups = tuple(group_of(name, settings) for name in names)

    def row(self, document: Document) -> Row:
        """The facts of a document."""
        return self._told.row(document)

    def rows_of(self, run: Run, records: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The facts of records of a line each, whose fields are known."""
        return self._told.rows_of(run, records)

    @cached_property
    def _told(self) -> DocumentFacts:
        from .document_facts import DocumentFacts  # few profiles ask documents

        return DocumentFacts(self._settings, self.of_documents)


def corpus_rules(bound: Bound) -> Iterator[tuple[Rule, Corpus]]:
    """The rules of a profile about all documents together that have something to ask for."""
    for entry in catalog().awake(bound.rules, bound.settings):
        if entry.shape == "corpus":
            rule = catalog().rules[entry.code]
            assert isinstance(rule.check, Corpus)
            yield rule, rule.check


@memo
def fact_plan(bound: Bound) -> FactPlan:
    """What the corpus rules want of a profile, and what other profiles do."""
    wanted: dict[str, None] = {}
    for _, check in corpus_rules(bound):
        wanted.update(dict.fromkeys(check.facts(bound.settings)))
    wanted.update(dict.fromkeys(bound.asked))
    return FactPlan(bound, tuple(wanted))
