"""Divides a file by begin markers. A document ends with its end marker, or before the next begin.

A second begin before the end means that the first document was never closed, or that the second
one is inside of it. Only what follows the next end marker tells which: both stay open until then.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping

from ..text.lines import NEWLINE, line_end, line_start
from . import options as keys
from .flaws import Disagreeing, MarkerInBody, Near, Nested, Ordinal, Stranger, StrayEnd, Unclosed
from .kind import Item
from .marker_reading import Open, Reading
from .markers import is_number
from .scan import Grammar, Mark


class Bracketed(Reading):
    """Documents that begin with a marker."""

    def __init__(self, grammar: Grammar) -> None:
        super().__init__(grammar)
        self._inner: Open | None = None
        self._inner_end: Mark | None = None
        self._outer_data: bytes | None = None
        self._crossed: Mapping[str, bytes] | None = None
        self._depth = 0
        self._boundary: bytes | None = None
        self._due: int | None = None
        self._usual: bool | None = None
        self._last_closing: Mark | None = None
        self._closes = bool(self.settings[keys.END])

    def step(self, mark: Mark) -> Iterator[Item]:
        """See `Reading`."""
        if mark.role == "begin":
            yield from self._on_begin(mark)
        elif self._depth:
            self._depth -= 1
        else:
            yield from self._on_end(mark)

    def _on_begin(self, mark: Mark) -> Iterator[Item]:
        if self._other_boundary(mark):
            return
        if self.open and self.settings[keys.NESTING] == "allow" and self._closes:
            self._depth += 1
            return
        if self._glued(mark):
            yield MarkerInBody(mark.start, mark.end, mark.marker.form, self.count)
            return
        if self._inner:
            yield from self._give_up_outer()
        yield from self._enter(mark)

    def _enter(self, mark: Mark) -> Iterator[Item]:
        """Begin the document of this marker: after the one before, or as a second open one."""
        self._crossed = None
        if self.open is None:
            self.look_outside(mark.start)
            yield from self.outside_flaws("between" if self.count else "before")
            self.open = yield from self._opened(mark)
        elif not self._closes:
            yield from self._close(self.open, mark.start, mark.start)
            self.open = yield from self._opened(mark)
        else:
            self._outer_data = self.held.slice(self.open.start, mark.start)
            self._inner = yield from self._opened(mark)

    def _on_end(self, mark: Mark) -> Iterator[Item]:
        if self.open is None and self._crossed and mark.values == self._crossed:
            self.look_outside(mark.start)
            self.outside()  # reported with the document that this marker ends
            self._crossed = None
            self.taken(mark.next)
        elif self.open is None:
            self.look_outside(mark.start)
            start, _, size = self.outside()
            near = self.nearest("begin", start, mark.start) if size else None
            begin = self.grammar.form("begin")
            yield StrayEnd(mark.start, mark.end, mark.marker.form, begin, size, near)
            self.taken(mark.next)
        elif self._inner is None:
            yield from self._close(self.open, mark.next, mark.start, mark)
            self.open = None
        elif self._inner_end is None and not self._means_outer(mark):
            self._inner_end = mark
        else:  # the second document is inside the first one
            inner, outer = self._inner, self.open
            yield Nested(inner.start, inner.body, outer.row, outer.start)
            self.count -= 1
            self._crossed = None if self._inner_end else inner.values
            self._inner = self._inner_end = None
            yield from self._close(self.open, mark.next, mark.start, mark)
            self.open = None

    def finish(self, size: int) -> Iterator[Item]:
        """See `Reading`."""
        if self._inner:
            yield from self._give_up_outer()
        if self.open is None:
            yield from self._after_last(size)
        elif not self._closes:
            yield from self._close(self.open, size, size)
        else:
            end = self._before_closing(size)
            yield from self._unclosed(self.open, end, "file", 0)
            if self.open.mark:  # the file was cut, or so it looks: one finding is enough
                self.frames.setdefault("closing", self.open.mark)
            yield from self.emit(self.open, end, end, whole=False)
            self.open = None

    def _after_last(self, size: int) -> Iterator[Item]:
        """Look at the text after the last document; a closing line may have been taken for text."""
        closing = self._last_closing
        if closing and closing.start >= self._seen:
            self.look_outside(closing.start)
            yield from self.outside_flaws("between")
            self.frames["closing"] = closing
            self.taken(closing.next)
        self.look_outside(size)
        yield from self.outside_flaws("after")

    def _before_closing(self, size: int) -> int:
        """Where the last document must end: before the closing line of the file, if it has one."""
        if self._last_closing is None:
            return size
        self.frames["closing"] = self._last_closing
        return self._last_closing.start

    def on_closing(self, mark: Mark) -> Iterator[Item]:
        """See `Reading`."""
        if self.open and self._closes:
            self._last_closing = mark  # it is text of the document, if an end marker follows
            return
        if self.open:
            yield from self._close(self.open, mark.start, mark.start)
            self.open = None
        self.look_outside(mark.start)
        yield from self.outside_flaws("between")
        self.frames["closing"] = mark
        self.taken(mark.next)

    def _give_up_outer(self) -> Iterator[Item]:
        """The first of two open documents has no end; the second one takes its place."""
        outer, inner, end = self.open, self._inner, self._inner_end
        assert outer is not None
        assert inner is not None
        yield from self._unclosed(outer, inner.start, "begin", inner.row)
        yield from self.emit(outer, inner.start, inner.start, self._outer_data, False)
        self.open, self._inner, self._inner_end = inner, None, None
        if end is not None:
            yield from self._close(inner, end.next, end.start, end)
            self.open = None
            self._seen = end.next  # the text after it was taken for a part of the outer document

    def _unclosed(self, opened: Open, end: int, reason: str, row: int) -> Iterator[Item]:
        near = self.nearest("end", opened.start, end) or self._glued_end(opened, end)
        mark = opened.mark
        assert mark is not None
        yield Unclosed(
            opened.start, mark.end, opened.index, row, reason,
            self.grammar.form("end"), near, end if reason == "begin" else -1,
        )  # fmt: skip

    def _glued_end(self, opened: Open, end: int) -> Near | None:
        """An end marker that has text before it on its line; None if there is none."""
        text = self._outer_data if self._inner else self.held.slice(opened.start, end)
        for marker in self.settings[keys.END] if text else ():
            at = text.find(marker.form.encode()) if text and marker.exact else -1
            if text and at >= 0:
                start = line_start(text, at)
                stop, _ = line_end(text, at)
                row = opened.row + len(NEWLINE.findall(text, 0, start))
                line = text[start:stop]
                why = "it does not stand on a line of its own"
                return Near(opened.start + start, opened.start + stop, row, line, marker.form, why)
        return None

    def _opened(self, mark: Mark) -> Generator[Item, None, Open]:
        """The document that this marker begins; yields the flaws of the marker itself."""
        self.count += 1
        yield from self._ordinal(mark)
        yield from self._stranger(mark)
        self.taken(mark.next)
        return Open(mark.start, mark.next, mark.row, self.count, mark)

    def _close(
        self, opened: Open, end: int, body_end: int, mark: Mark | None = None
    ) -> Iterator[Item]:
        if mark is not None:
            for name in mark.values.keys() & opened.values.keys():
                wanted, found = opened.values[name], mark.values[name]
                if wanted != found:
                    start, stop = mark.captures[name]
                    said = opened.mark.captures[name][0] if opened.mark else opened.start
                    yield Disagreeing(start, stop, name, wanted, found, opened.row, said)
        self.taken(end)
        yield from self.emit(opened, end, body_end)

    def _means_outer(self, mark: Mark) -> bool:
        """Whether an end marker has the captures of the first open document, not of the second."""
        assert self.open is not None
        assert self._inner is not None
        shared = mark.values.keys() & self.open.values.keys() & self._inner.values.keys()
        said = {name: mark.values[name] for name in shared}
        outer = {name: self.open.values[name] for name in shared}
        inner = {name: self._inner.values[name] for name in shared}
        return bool(shared) and said == outer != inner

    def _other_boundary(self, mark: Mark) -> bool:
        """Whether the boundary of the marker differs from that of the first one in the file."""
        name = self.settings[keys.BOUNDARY]
        if not name:
            return False
        if self._boundary is None:
            self._boundary = mark.values.get(name, b"")
        return mark.values.get(name, b"") != self._boundary

    def _glued(self, mark: Mark) -> bool:
        """Whether the blank line before the marker is missing that all but the first must have."""
        if self.settings[keys.BLANK_BEFORE] != "require" or not self.open:
            return False
        before = self.held.slice(max(0, mark.start - 4), mark.start) or b""
        return not before.endswith((b"\n\n", b"\n\r\n", b"\r\r"))

    def _ordinal(self, mark: Mark) -> Iterator[Item]:
        name = self.settings[keys.ORDINAL]
        if not name:
            return
        said = mark.values.get(name, b"")
        start, end = mark.captures.get(name, (mark.start, mark.end))
        if not is_number(said):
            yield Ordinal(start, end, name, -1, said)
        elif self._due not in (None, int(said)):
            yield Ordinal(start, end, name, self._due or 0, said)
        self._due = int(said) + 1 if is_number(said) else self._due

    def _stranger(self, mark: Mark) -> Iterator[Item]:
        name = self.settings[keys.STRANGER]
        if not name:
            return
        odd = bool(mark.values.get(name))
        if self._usual is None:
            self._usual = odd
        if odd and not self._usual:
            yield Stranger(mark.start, mark.end, name, mark.line, self.count)
