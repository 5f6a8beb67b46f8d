"""Divides a file by separators: `%%%`, `<|endoftext|>`, a blank line."""

from __future__ import annotations

from collections.abc import Iterator

from . import options as keys
from .flaws import EmptyDocument, SeparatorEnd
from .kind import Item
from .marker_reading import Open, Reading
from .scan import Grammar, Mark


class Separated(Reading):
    """Each document ends before the next separator, the last one at the end of the file."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__(grammar)
        if self.opened():
            self.open = Open(0, 0, 1, 1)
        self._blank = any(not marker.form for marker in self.settings[keys.SEPARATOR])

    def on_opening(self, mark: Mark) -> None:
        """See `Reading`."""
        self.open = Open(mark.next, mark.next, mark.row + 1, 1)

    def on_closing(self, mark: Mark) -> Iterator[Item]:
        """See `Reading`."""
        if self.open:
            yield from self._close(self.open, mark.start, None)
        self.frames["closing"] = mark
        self.open = Open(mark.next, mark.next, mark.row + 1, self.count + 1)

    def step(self, mark: Mark) -> Iterator[Item]:
        """See `Reading`."""
        if self.open:
            yield from self._close(self.open, mark.start, mark)
            row = mark.row + (mark.next > mark.end)
            self.open = Open(mark.next, mark.next, row, self.count + 1)

    def _close(self, opened: Open, end: int, mark: Mark | None) -> Iterator[Item]:
        body = self.held.slice(opened.start, end)
        if body is not None and not body.strip() and (self._blank or mark is None):
            if mark is not None:  # one blank line too many makes no document
                yield EmptyDocument(mark.start, mark.next, opened.index, True)
            return
        self.count += 1
        yield from self.emit(opened, mark.next if mark else end, end)

    def finish(self, size: int) -> Iterator[Item]:
        """See `Reading`."""
        if not self.open:
            return
        policy, form = self.settings[keys.TRAILING], self.grammar.form("separator")
        before = self.count
        looks_closed = any(mark.next >= size for mark in self.near)  # has a flaw of its own
        yield from self._close(self.open, size, None)
        if self.count > before and policy == "require" and not looks_closed:
            yield SeparatorEnd(size, size, True, form)
        elif self.count == before and before and policy == "forbid":
            yield SeparatorEnd(self.open.start, self.open.start, False, form)
