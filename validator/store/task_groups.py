"""Tasks whose facts are gathered together: about so many documents, which make one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..check.plan import Part, Undivided
from ..model import Report

MOST: Final = 1 << 20
"""Documents of a group, and records of an object: 24 MB in the store, 100 to put them in order."""

MANY: Final = 1 << 16
"""Documents of a shard that are gathered when it is done; of fewer it is as quick to merge."""


class TaskFacts(Struct, frozen=True):
    """A task whose report tells facts: how it is found, and what of the part that needs.

    `documents` is how many there are in it.
    """

    task: bytes
    profile: int
    files: int
    is_archive: bool
    documents: int

    @classmethod
    def of(cls, task: bytes, part: Part, report: Report) -> TaskFacts:
        """A task, by its digest, of this part and with this report."""
        documents = report.totals.documents
        return cls(task, part.profile, len(part.names), part.is_archive, documents)

    @property
    def part(self) -> Part:
        """A part that stands for the task: its files have no names."""
        return Part(self.profile, b"", (b"",) * self.files, is_archive=self.is_archive)


class Group(Undivided, frozen=True):
    """Tasks whose facts are gathered together: of halves it would have other names."""

    tasks: tuple[TaskFacts, ...]

    @property
    def work(self) -> int:
        """Two documents take about as long as a clean small file."""
        return 1 + sum(task.documents for task in self.tasks) // 2


def grouped(tasks: Iterable[TaskFacts], most: int = MOST) -> Iterator[Group]:
    """Neighbours together, with about so many documents."""
    held: list[TaskFacts] = []
    documents = 0
    for task in tasks:
        held.append(task)
        documents += task.documents
        if documents >= most:
            yield Group(tuple(held))
            held, documents = [], 0
    if held:
        yield Group(tuple(held))
