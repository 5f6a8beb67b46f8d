"""What rules remember of the documents of a file, to compare the next ones with them."""

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
    """The memories of the rules of the shape `Series`, empty for each file; false without any."""

    def __init__(
        self, settings: Settings, series: Sequence[tuple[Rule, Severity, Series]] = ()
    ) -> None:
        self._settings = settings
        begun = ((rule, severity, one.begin(settings)) for rule, severity, one in series)
        self._begun = [(rule, severity, memory) for rule, severity, memory in begun if memory]

    def __bool__(self) -> bool:
        return bool(self._begun)

    def agree(self, records: Sequence[Mapping[str, Any]]) -> bool:
        """Take in neighbouring records if no rule has anything to say of them; whether it did."""
        return not self._begun or self.take(shapes(records), len(records))

    def agrees(self, found: Set[object]) -> bool:
        """Whether no rule has anything to say of records of these shapes after those before."""
        return all(memory.agrees(found) for _, _, memory in self._begun)

    def take(self, found: Set[object], count: int) -> bool:
        """Take in `count` records of these shapes if they agree; whether it did."""
        if not self.agrees(found):
            return False
        for _, _, memory in self._begun:
            memory.take(count)
        return True

    def compared(self, document: Document, record: Mapping[str, Any]) -> Iterator[Said]:
        """The hits of a document compared with those before it; it is taken in."""
        if not self._begun:
            return
        found = {shape(record)}
        for rule, severity, memory in self._begun:
            if memory.agrees(found):
                memory.take(1)
            else:
                hits = memory.step(document, record, self._settings)
                yield from ((rule, severity, hit) for hit in hits)
