"""The figures, findings and facts of the files of a part, added up in their order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from xxhash import xxh3_128_digest

from ..corpus.fact_rows import Rows
from ..file.name_fields import CONTENT, SIZE, fact_of_sum
from ..file.reading import sums
from ..model import Diagnostic, Fixed, Flaw, Report, Totals
from .fact_plan import FactPlan
from .fast import Survey

if TYPE_CHECKING:
    from .exact import Diagnosed


NOTHING: Final = Totals()


class Tally:
    """Adds up the files of a part, in their order."""

    def __init__(self, facts: FactPlan, spool: str) -> None:
        self._facts = facts
        self._files = self._documents = self._size = self._outside = 0
        self._totals = NOTHING
        self._diagnostics: list[Diagnostic] = []
        self._digests: list[bytes | None] = []
        self._rows = Rows(len(facts.of_documents), spool)
        self._counts: list[int] = []
        self._files_facts: dict[str, list[bytes | None]] = {}
        self._rejected: dict[bytes, list[int]] = {}
        self._muted: Counter[int] = Counter()
        self._fixed: list[Fixed] = []

    def add_all(self, heads: Collection[bytes]) -> None:
        """Count clean files of one document each that have no survey; `heads` are their bytes."""
        self._files += len(heads)
        self._documents += len(heads)
        self._size += sum(map(len, heads))
        if self._facts.content:
            self._digests += map(xxh3_128_digest, heads)

    def add(self, head: bytes, survey: Survey) -> None:
        """Count a clean file."""
        self._files += 1
        self._documents += survey.count
        self._size += len(head) + survey.beside
        self._outside += len(head) - survey.size
        if self._facts.rows:
            self._counts.append(survey.count)
            self._rows.extend(survey.rows)
        elif self._facts.content:
            self._digests.append(xxh3_128_digest(head))

    def sum_up(self, folder: bytes, names: Sequence[bytes], heads: Sequence[bytes | Flaw]) -> None:
        """Take in the sizes and digests of files on the disk; None for one that cannot be read."""
        told = (SIZE, *map(fact_of_sum, self._facts.sums))
        columns = [self._files_facts.setdefault(fact, []) for fact in told]
        for name, head in zip(names, heads, strict=True):
            known: list[bytes | None] = [None] * len(columns)
            try:
                if not isinstance(head, Flaw):
                    size, digests = sums(folder + name, head, self._facts.sums)
                    known = [str(size).encode(), *digests]
            except OSError:
                pass  # it has become unreadable, which its own finding says
            for column, fact in zip(columns, known, strict=True):
                column.append(fact)

    def diagnosed(self, name: bytes, found: Diagnosed, digest: bytes | None) -> None:
        """Take in the findings of one file."""
        if found.rejected:
            self._rejected[name] = found.rejected
        if found.fixed:
            self._fixed.append(found.fixed)
        self._totals += found.totals
        self._diagnostics += found.diagnostics
        self._muted += found.muted
        self._digests.append(digest)
        self._counts.append(found.rows.count)
        self._rows.join(found.rows)

    def report(self, captured: Sequence[list[bytes | None]]) -> Report:
        """The report; `captured` has, for each fact, what is captured in the file names."""
        facts = self._facts
        totals = Totals(
            files=self._files, documents=self._documents, bytes=self._size, outside=self._outside
        )
        if self._totals is not NOTHING:
            totals += self._totals
        found = tuple(self._diagnostics)
        columns = dict(zip(facts.names, captured, strict=True))
        columns.update(self._files_facts)
        if facts.rows:
            columns.update(zip(facts.of_documents, self._rows.columns(), strict=True))
        elif facts.content:
            columns[CONTENT] = self._digests
        chosen = tuple(columns[fact] for fact in facts.names)
        counts = self._counts if facts.rows else ()
        return Report(
            totals,
            found,
            chosen,
            counts,
            self._rejected,
            self._rows.chunks,
            self._muted,
            (*self._fixed,),
        )
