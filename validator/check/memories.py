"""What rules remember of the documents of a file that they have gone over, to compare the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from ..document import Document
from ..metadata.syntax.shapes import shape, shapes
from ..model import Severity
from ..rules.rule import Rule, Series
from ..settings.options import Settings
from .ruleset import Said


class Memories:
    """A fresh memory for a file of each rule of the shape `Series`; false if there is none."""

    def __init__(
        self, settings: Settings, series: Sequence[tuple[Rule, Severity, Series]] = ()
    ) -> None:
        self._settings = settings
        begun = ((rule, severity, one.begin(settings)) for rule, severity, one in series)
        self._begun = [(rule, severity, memory) for rule, severity, memory in begun if memory]

    def __bool__(self) -> bool:
        return bool(self._begun)

    def agree(self, records: Sequence[Mapping[str, Any]]) -> bool:
        """Whether records that stand together are no news to any rule; they are then taken in."""
        return not self._begun or self.take(shapes(records), len(records))

    def agrees(self, found: Set[object]) -> bool:
        """Whether records of these shapes are no news to any rule."""
        return all(memory.agrees(found) for _, _, memory in self._begun)

    def take(self, found: Set[object], count: int) -> bool:
        """Take in so many records of these shapes if they are no news; whether they are none."""
        if not self.agrees(found):
            return False
        for _, _, memory in self._begun:
            memory.take(count)
        return True

    def compared(self, document: Document, record: Mapping[str, Any]) -> Iterator[Said]:
        """What is wrong with a document in the light of those before it; it is taken in."""
        if not self._begun:
            return
        found = {shape(record)}
        for rule, severity, memory in self._begun:
            if memory.agrees(found):
                memory.take(1)
            else:
                hits = memory.step(document, record, self._settings)
                yield from ((rule, severity, hit) for hit in hits)
