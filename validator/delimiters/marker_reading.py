"""The common part of both ways to divide by markers: around documents, and between them.

It keeps the state of one file: the bytes that are held, the text outside of documents, and the
lines that look like a marker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from ..document import Document
from ..encoding.utf8 import MARK
from ..model import Flaw
from ..text.lines import Window
from . import options as keys
from .flaws import EmptyDocument, MissingLine, Near, NearMiss, Outside, Oversized
from .held import Held
from .joined_windows import stitched
from .kind import Item
from .scan import Grammar, Mark

MOST_NEAR: Final = 100
"""Most lines that look like a marker and are kept at a time; further ones tell nothing new."""


class Open(Struct, frozen=True):
    """A document that has begun at the byte `start`, in `row`; its body begins at `body`.

    `index` is its number in the file, from 1; `mark` is its begin marker, None if it has none.
    """

    start: int
    body: int
    row: int
    index: int
    mark: Mark | None = None

    @property
    def values(self) -> Mapping[str, bytes]:
        """The captures of its begin marker; empty without one."""
        return self.mark.values if self.mark else {}


class Reading:
    """Divides one file. The subclass for each way to divide has `step` and `finish`."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar, self.settings = grammar, grammar.settings
        self.count = 0
        self.open: Open | None = None
        self.near: list[Mark] = []
        self.held = Held(grammar.settings[keys.RECORD_BYTES])
        self.frames: dict[str, Mark] = {}
        self._outside = [0, 0]  # start and end of text, without blanks around it
        self._seen = 0  # text outside of documents has been looked at up to here

    def run(self, windows: Iterable[Window]) -> Iterator[Item]:
        """Documents and flaws of the file, each document after the flaws in it."""
        grammar, size, done = self.grammar, 0, 0
        for window, certain in stitched(self._kept(windows), grammar.longest, grammar.reach):
            size = window.offset + len(window.data)
            for mark in grammar.marks(window):
                if mark.start >= certain:
                    break
                if mark.start < done:
                    continue  # inside a marker that began in the window before
                done = mark.next
                if mark.is_near:
                    self.note(mark)
                elif mark.role in ("opening", "closing"):
                    yield from self._on_frame(mark)
                else:
                    yield from self.step(mark)
            if self.open is None:
                self.look_outside(certain)
            self.held.forget_before(self.open.start if self.open else self._seen)
        yield from self.finish(size)
        yield from self._missing_frames(size)

    def _kept(self, windows: Iterable[Window]) -> Iterator[Window]:
        for window in windows:
            self.held.add(window)
            yield window

    def step(self, mark: Mark) -> Iterator[Item]:
        """Take the next begin marker, end marker or separator; gives the items that it ends."""
        raise NotImplementedError

    def finish(self, size: int) -> Iterator[Item]:
        """Take the end of the file, at `size` bytes; gives the remaining items."""
        raise NotImplementedError

    def note(self, mark: Mark) -> None:
        """Keep a line that looks like a marker, for the flaw that it may explain."""
        if len(self.near) < MOST_NEAR:
            self.near.append(mark)

    def nearest(self, role: str, start: int, end: int) -> Near | None:
        """The last line in `start:end` that looks like a marker of this role; None if none does.

        The line is not kept any longer.
        """
        for mark in reversed(self.near):
            if mark.role == role and start < mark.end and mark.start < end:
                self.near.remove(mark)
                return near_of(mark)
        return None

    def rest_of_near(self, end: int, inside: int) -> Iterator[Flaw]:
        """Flaws for the lines before `end` that look like a marker and explain no other flaw."""
        for mark in [mark for mark in self.near if mark.start < end]:
            self.near.remove(mark)
            yield NearMiss(mark.start, mark.end, near_of(mark), inside)

    def look_outside(self, until: int) -> None:
        """Take the text up to the byte `until`, which is in no document."""
        start, text = self.held.what_is_left(self._seen, until)
        bare = _bare(text)
        if bare:
            at = start + text.find(bare)
            if not self._outside[1]:
                self._outside[0] = at
            self._outside[1] = at + len(bare)
        self._seen = max(self._seen, until)

    def taken(self, until: int) -> None:
        """Note that all bytes before `until` are in a document or a marker."""
        self._seen = max(self._seen, until)

    def outside(self) -> tuple[int, int, int]:
        """Start, end and size of the text since the last document; it is then forgotten."""
        start, end = self._outside
        self._outside[:] = 0, 0
        return start, end, end - start

    def outside_flaws(self, place: str) -> Iterator[Flaw]:
        """A flaw if there is text outside of documents where the profile allows none.

        `place` is `before`, `between` or `after` the documents.
        """
        start, end, size = self.outside()
        if place == "before" and self.grammar.form("opening") and "opening" not in self.frames:
            return  # the flaw of the missing opening tells it
        if place == "after" and not self.count and not self.settings[keys.DOCUMENTS]:
            place = "all"
        if place == "after" and self._is_nearly_closing(start, end):
            return  # the flaw of the missing closing tells it
        allowed = {"before": keys.PREAMBLE, "after": keys.EPILOGUE}.get(place)
        if size and not (allowed and self.settings[allowed] == "allow"):
            near = self.nearest("begin", start, end + 1)
            yield Outside(start, end, place, self.grammar.form("begin"), near)

    def _is_nearly_closing(self, start: int, end: int) -> bool:
        """Whether the text looks like the closing line, and this is missing."""
        return "closing" not in self.frames and any(
            mark.role == "closing" and mark.start <= start and end <= mark.end for mark in self.near
        )

    def emit(
        self,
        opened: Open,
        end: int,
        body_end: int,
        kept: bytes | None = None,
        whole: bool = True,
    ) -> Iterator[Item]:
        """The document from `opened` to the byte `end`, after the flaws that are known only now.

        Its body ends at `body_end`. `kept` are its bytes, if they may not be held any more. A
        document that is not `whole` (its end is missing) is not reported as empty, too.
        """
        yield from self.rest_of_near(end, opened.index)
        data = self.held.slice(opened.start, end) if kept is None else kept
        base = opened.start
        if data is None:
            yield Oversized(base, opened.body, opened.index, end - base, self.held.limit)
        elif whole and self.settings[keys.EMPTY] == "forbid":
            body = data[opened.body - base : body_end - base]
            if not body or body.isspace():
                yield EmptyDocument(base, max(end, base), opened.index, False)
        window = Window(data or b"", opened.start, opened.row, 1, opened.start == 0)
        captures = opened.mark.captures if opened.mark and data else {}
        yield Document(
            window,
            (opened.body - base, body_end - base) if data else (0, 0),
            attributes={name: (a - base, b - base) for name, (a, b) in captures.items()},
            index=opened.index,
            size=end - base,
        )

    def _on_frame(self, mark: Mark) -> Iterator[Item]:
        if mark.role == "closing" and (self.opened() or self.count):
            yield from self.on_closing(mark)
        elif mark.role == "opening" and not self.open and not self.opened():
            self.look_outside(mark.start)
            yield from self.outside_flaws("before")
            self.frames[mark.role] = mark
            self.taken(mark.next)
            self.on_opening(mark)

    def on_opening(self, mark: Mark) -> None:
        """Take the opening line of the file."""

    def on_closing(self, mark: Mark) -> Iterator[Item]:
        """Take a line that may be the closing line of the file."""
        raise NotImplementedError

    def opened(self) -> bool:
        """Whether the opening line of the file was found, or the profile wants none."""
        return not self.grammar.form("opening") or "opening" in self.frames

    def _missing_frames(self, size: int) -> Iterator[Flaw]:
        for role, place in (("opening", 0), ("closing", size)):
            form = self.grammar.form(role)
            if form and role not in self.frames and (self.count or not self.grammar.form("begin")):
                near = self.nearest(role, 0, size + 1)
                yield MissingLine(place, place, role, form, near)
                if not self.count:
                    return  # the other one was not looked for


def _bare(text: bytes) -> bytes:
    """The text without blanks and byte order marks around it."""
    while True:
        bare = text.strip(b" \t\r\n").removeprefix(MARK).removesuffix(MARK)
        if bare == text:
            return bare
        text = bare


def near_of(mark: Mark) -> Near:
    """A line that looks like a marker, as flaws have it."""
    marker = mark.marker
    exact = marker.exact and not marker.inline  # the end of an inline one is not known
    return Near(mark.start, mark.end, mark.row, mark.line, marker.form, mark.why, exact)
