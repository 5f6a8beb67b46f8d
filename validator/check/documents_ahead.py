"""The documents of a large file, looked at by helpers while one divides it further.

Where a document begins may hang on all that came before, in ways that each division has of its own:
so one worker divides the file, from start to end. What is in a document does not, as far as it is
clean. Documents wait until a helper has told of them, and are taken in in their order, before
anything is seen that would not have been seen by then.
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
"""Bytes of documents that travel together, about."""

_MOST: Final = 256
"""Documents that travel together."""

_WAITING: Final = 16
"""Batches that wait at most."""

_OFTEN: Final = 8
"""Documents after which helpers are asked whether they are done."""


class Clean(Struct, frozen=True):
    """What is known of a document that is clean by itself: its facts, and the shape of its fields.

    Of either nothing, where nobody asks for it.
    """

    row: Row = ()
    shape: object = None


class BatchReport(Struct, frozen=True):
    """What is known of documents, in order; None of one that must be looked at."""

    found: Sequence[Clean | None]


class _Batch(Struct, eq=False):
    """Items of a division in order, and what is known of the documents among them."""

    number: int
    items: list[Item] = field(default_factory=list)
    size: int = 0
    given: bool = False
    found: Sequence[Clean | None] = ()

    def documents(self) -> tuple[Document, ...]:
        """Those that helpers look at."""
        return tuple(filter(_can_travel, self.items))


def _can_travel(item: Item) -> TypeGuard[Document]:
    """Whether an item is a document that can be looked at alone."""
    return isinstance(item, Document) and item.sidecar is None and item.data != b""


class DocumentsAhead:
    """Items of a division, each taken in when it is known what helpers tell of it."""

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
        """Items are to be taken in so, with what is known of a document."""
        self._take = take

    def add(self, item: Item) -> None:
        """The next item, which may have to wait."""
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
        """Take in what is known; where too much waits, also what is not."""
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
                waiting[0].given = True  # to nobody: it is done here
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
