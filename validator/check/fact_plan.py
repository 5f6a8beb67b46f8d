"""The facts that the corpus rules ask for: of files, of their names, and of documents."""

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

    `groups` has for each the number of the group of `file.name` that captures it, or None.
    `of_documents` are those that documents tell, not files; `rows` says that they are told of each
    document. `content` says that contents are compared. `sums` are the kinds of digests of files on
    the disk that are asked for; `disk` says that these, or the size, are.
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
        """The facts of each record of a run of lines; `records` are their fields."""
        return self._told.rows_of(run, records)

    @cached_property
    def _told(self) -> DocumentFacts:
        from .document_facts import DocumentFacts  # few profiles ask documents

        return DocumentFacts(self._settings, self.of_documents)


def corpus_rules(bound: Bound) -> Iterator[tuple[Rule, Corpus]]:
    """The corpus rules of a profile that have work to do under its settings."""
    for entry in catalog().awake(bound.rules, bound.settings):
        if entry.shape == "corpus":
            rule = catalog().rules[entry.code]
            assert isinstance(rule.check, Corpus)
            yield rule, rule.check


@memo
def fact_plan(bound: Bound) -> FactPlan:
    """The facts that the corpus rules of a profile, and those of other profiles, want of it."""
    wanted: dict[str, None] = {}
    for _, check in corpus_rules(bound):
        wanted.update(dict.fromkeys(check.facts(bound.settings)))
    wanted.update(dict.fromkeys(bound.asked))
    return FactPlan(bound, tuple(wanted))
