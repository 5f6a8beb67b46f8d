"""The documents of a large file, checked by helpers while one worker divides the file.

Where a document begins may depend on all that came before, so one worker divides the file, from
start to end. Whether a document is clean alone does not depend on that, so helpers find it out.
Documents wait for their results and are then taken in in their order, so that the outcome is the
same as without helpers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, TypeGuard

from msgspec import Struct, field

from ..corpus.fact_rows import Row
from ..delimiters.kind import Item
from ..delimiters.runs import Run
from ..document import Document
from .assistants import Assistants
from .plan import DocumentBatch, Helpers, Part

SIZE: Final = 1 << 18
"""About so many bytes of documents are sent to a helper together."""

_MOST: Final = 256
"""The most documents that are sent together."""

_WAITING: Final = 16
"""The most batches that wait."""

_OFTEN: Final = 8
"""After so many documents results of helpers are taken in."""


class Clean(Struct, frozen=True):
    """A document that is clean by itself: its facts, and the shape of its fields.

    `row` is empty, and `shape` None, where no rule needs them.
    """

    row: Row = ()
    shape: object = None


class BatchReport(Struct, frozen=True):
    """What a helper found of documents, in order; None for one that must be checked exactly."""

    found: Sequence[Clean | None]


class _Batch(Struct, eq=False):
    """Items of a division in order; `found` is what a helper told of the documents among them."""

    number: int
    items: list[Item] = field(default_factory=list)
    size: int = 0
    given: bool = False
    found: Sequence[Clean | None] = ()

    def documents(self) -> tuple[Document, ...]:
        """The documents of the batch that helpers check."""
        return tuple(filter(_can_travel, self.items))


def _can_travel(item: Item) -> TypeGuard[Document]:
    """Whether an item is a document that a helper can check."""
    return isinstance(item, Document) and item.sidecar is None and item.data != b""


class DocumentsAhead:
    """Hands documents of a division to helpers; takes in all items in order, with the results."""

    def __init__(self, part: Part, helpers: Helpers) -> None:
        self._part = part
        self._assistants = Assistants(helpers, 1, self._tell)
        self._waiting: deque[_Batch] = deque()
        self._last = _Batch(0)
        self._take: Callable[[Item, Clean | None], None]

    def close(self) -> None:
        """End all helpers, and wait until they are gone."""
        self._assistants.close()

    def begin(self, take: Callable[[Item, Clean | None], None]) -> None:
        """Set the function that takes in an item, with what a helper found of it or None."""
        self._take = take

    def add(self, item: Item) -> None:
        """Add the next item; it is taken in now or later."""
        last = self._last
        last.items.append(item)
        if isinstance(item, Document | Run):
            last.size += len(item.window.data)
        if len(last.items) % _OFTEN == 0:
            self._assistants.hear()
            self._hand_out()
        if last.size >= SIZE or len(last.items) >= _MOST:
            self._assistants.come()
            self._close_batch()
            self._go_on()

    def _close_batch(self) -> None:
        self._waiting.append(self._last)
        self._last = _Batch(self._last.number + 1)

    def _go_on(self) -> None:
        """Take in batches with results; where too many wait, also the first one without."""
        waiting, assistants = self._waiting, self._assistants
        self._hand_out()
        while waiting:
            first = waiting[0]
            if first.found or (not assistants and not first.given):
                self._settle()
            elif len(waiting) < _WAITING:
                return
            elif assistants.have(first.number):
                assistants.hear(None)
            else:
                waiting[0].given = True  # to no helper: it is checked here
                self._hand_out()
                self._settle()

    def drain(self) -> None:
        """Take in all that waits."""
        if self._last.items:
            self._close_batch()
        while self._waiting:
            while self._assistants.have(self._waiting[0].number):
                self._assistants.hear(None)
            self._settle()

    def _settle(self) -> None:
        """Take in the items of the first batch."""
        batch = self._waiting.popleft()
        found = iter(batch.found)
        for item in batch.items:
            self._take(item, next(found, None) if _can_travel(item) else None)

    def _hand_out(self) -> None:
        for batch in self._waiting:
            if not self._assistants.have_room:
                return
            if not batch.given:
                batch.given = True
                self._assistants.give(batch.number, DocumentBatch(self._part, batch.documents()))

    def _tell(self, number: int, said: object) -> None:
        if isinstance(said, BatchReport) and self._waiting:
            at = number - self._waiting[0].number
            self._waiting[at].found = said.found
