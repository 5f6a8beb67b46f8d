"""Groups of tasks whose facts are gathered together: about so many documents make one object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from ..check.plan import Part, Undivided
from ..model import Report

MOST: Final = 1 << 20
"""About so many documents of a group, or records of an object: 24 MB, and 100 to sort them."""

MANY: Final = 1 << 16
"""The keys of a shard with so many documents are gathered in its end; of fewer, by the merge."""


class TaskFacts(Struct, frozen=True):
    """A task whose report has facts: its digest, and what is needed of its part to read them."""

    task: bytes
    profile: int
    files: int
    is_archive: bool
    documents: int

    @classmethod
    def of(cls, task: bytes, part: Part, report: Report) -> TaskFacts:
        """The record of a task with this digest, part and report."""
        documents = report.totals.documents
        return cls(task, part.profile, len(part.names), part.is_archive, documents)

    @property
    def part(self) -> Part:
        """A part in place of that of the task: its files have empty names."""
        return Part(self.profile, b"", (b"",) * self.files, is_archive=self.is_archive)


class Group(Undivided, frozen=True):
    """Tasks whose facts are gathered together, never cut: halves would have other names."""

    tasks: tuple[TaskFacts, ...]

    @property
    def work(self) -> int:
        """In small files; two documents take about as long as a clean small file."""
        return 1 + sum(task.documents for task in self.tasks) // 2


def grouped(tasks: Iterable[TaskFacts], most: int = MOST) -> Iterator[Group]:
    """Groups of neighbouring tasks with about `most` documents each."""
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
