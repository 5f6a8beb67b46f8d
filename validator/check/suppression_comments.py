"""Comments in a document that suppress findings: where they are, and what they say.

<!-- seed-validator: ignore TXT206, MET014 until 2027-06-30 -- a quotation -->
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from stringzilla import find

from ..body.comment_forms import CommentForm, form_of, in_front_matter
from ..document import Span
from ..file.suppressions import MARK
from ..text.lazy_re import later
from ..text.lines import Window, line_end, line_start

STACKED: Final = 100
"""The most comments below each other that are about the same line."""

_SAID: Final = later(
    rb"[ \t]*ignore[ \t]+([A-Za-z0-9-]+(?:[ \t]*,[ \t]*[A-Za-z0-9-]+)*)"
    rb"(?:[ \t]+until[ \t]+(\S+?))?(?:[ \t]+--[ \t]*(.*?))?[ \t]*"
)
_TEXT: Final = later(rb"\S")


class Comment(Struct, frozen=True):
    """A comment, from the byte `start` of the file to `end`.

    It is about findings that begin in `first:stop`, where `first` is the start of its own line.
    `rules` are codes or names; `wrong` says what is wrong with the comment, or is empty.
    """

    start: int
    end: int
    first: int
    stop: int
    rules: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    wrong: str = ""


class CommentReader:
    """Reads the comments of one file, window by window."""

    def __init__(self, name: bytes) -> None:
        self._name = name
        self.comments: list[Comment] = []
        self._open = False  # whether the last ones are about a line of a later window

    def read(self, window: Window) -> None:
        """Take in the next window."""
        data, offset = window.data, window.offset
        if self._open:
            self._close(data, offset)
        if find(data, MARK) < 0:
            return
        usual = form_of(self._name)
        front = in_front_matter(data) if window.first else None
        code = usual.code(data) if usual else []
        line = _Line(data)
        at = data.find(MARK)
        while at >= 0:
            form = front[0] if front and at < front[1] else usual
            line = line.at(at)
            found = _comment(line, at, form) if form and not _within(code, at) else None
            if found is not None:
                self._take(line, offset, found, front is not None and at < front[1])
            at = data.find(MARK, at + 1)

    def _take(self, line: _Line, offset: int, found: Comment, front: bool) -> None:
        """Keep a comment, moved to its place in the file. `front`: it stands in front matter."""
        alone = line.is_alone(found)
        stop, self._open = found.stop, False
        if alone:
            stop, self._open = _next_text(line.data, found.stop)
        first = found.first
        if front and alone and not self.comments and not line.data[3:first].strip():
            first = 0  # the first line of a block: about the fence above, too
        moved = replace(
            found,
            start=offset + found.start,
            end=offset + found.end,
            first=offset + first,
            stop=offset + stop,
        )
        self.comments.append(moved)
        self._share(moved.stop)

    def _close(self, data: bytes, offset: int) -> None:
        """Find the line that the last comment of the window before is about."""
        stop, self._open = _next_text(data, 0)
        self.comments[-1] = replace(self.comments[-1], stop=offset + stop)
        self._share(offset + stop)

    def _share(self, stop: int) -> None:
        """Comments that stand below each other are about the same line, the one after the last."""
        for at in range(len(self.comments) - 2, max(-1, len(self.comments) - 2 - STACKED), -1):
            if not self.comments[at + 1].first < self.comments[at].stop != stop:
                break
            self.comments[at] = replace(self.comments[at], stop=stop)

    def before(self, at: int) -> int:
        """How many comments are in the line of a finding at the byte `at`, or before that line."""
        return bisect_right(self.comments, at, key=attrgetter("first"))


def _within(spans: Sequence[Span], at: int) -> bool:
    """Whether a byte stands in one of these spans, which are in order."""
    number = bisect_right(spans, at, key=itemgetter(0))
    return number > 0 and at < spans[number - 1][1]


def _next_text(data: bytes, at: int) -> tuple[int, bool]:
    """The end of the next line that is not blank, and whether there is none in these bytes."""
    text = _TEXT.search(data, at)
    if text is None:
        return len(data), True
    return line_end(data, text.start())[1], False


class _Line:
    """The line of a window that a mark stands in: found once, however many marks stand in it."""

    def __init__(self, data: bytes, start: int = 0, end: int = 0, stop: int = 0) -> None:
        self.data, self.start, self.end, self.stop = data, start, end, stop
        self.low = self._next = start  # the ends of the mark before this one, and of this one
        self._closed: dict[bytes, int] = {}

    def at(self, mark: int) -> _Line:
        """The line of this mark; marks must be given in order."""
        line = self if mark < self.end else self._at_or_below(mark)
        line.low, line._next = line._next, mark + len(MARK)
        return line

    def _at_or_below(self, mark: int) -> _Line:
        data, low = self.data, self.stop
        return _Line(data, line_start(data, mark, low), *line_end(data, mark))

    def closing(self, closing: bytes) -> int:
        """Where `closing` stands next after the mark, in its line; -1 if it does not."""
        found = self._closed.get(closing, 0)
        if 0 <= found < self._next:
            found = self._closed[closing] = self.data.find(closing, self._next, self.end)
        return found

    def said(self, opening: bytes, end: int) -> bytes:
        """The bytes after the mark, up to `end` or to the next comment."""
        other = self.data.find(MARK, self._next, end)
        said = self.data[self._next : end if other < 0 else other]
        return said if other < 0 else said.rstrip(b" \t").removesuffix(opening)

    def is_alone(self, found: Comment) -> bool:
        """Whether there is nothing but this comment in the line."""
        alone = self.low == self.start and not self.data[self.start : found.start].strip()
        return alone and not _TEXT.search(self.data, found.end, found.stop)


def _comment(line: _Line, at: int, form: CommentForm) -> Comment | None:
    """The comment in which a mark stands; None if it is none. Its `stop` is the end of its line."""
    before = line.data[line.low : at].rstrip(b" \t")
    if not before.endswith(form.opening):
        return None
    start = line.low + len(before) - len(form.opening)
    lead = line.data[line.low : start]
    if (form.begins_line and (line.low > line.start or lead.strip())) or lead.endswith(b"`"):
        return None
    place = Comment(start, line.end, line.start, line.stop)
    end = line.closing(form.closing) if form.closing else line.end
    if end < 0:
        return replace(place, wrong="it does not end on its line")
    return _parsed(line.said(form.opening, end), replace(place, end=end + len(form.closing)))


def _parsed(said: bytes, place: Comment) -> Comment:
    match: re.Match[bytes] | None = _SAID.fullmatch(said)
    if match is None:
        return replace(place, wrong="it is not `ignore RULE, RULE -- reason`")
    rules = tuple(word.strip().decode() for word in match[1].split(b","))
    until = None
    if match[2] is not None:
        try:
            until = date.fromisoformat(match[2].decode("utf-8", "replace"))
        except ValueError:
            return replace(place, wrong="the day after `until` is not written 2027-01-31")
    reason = (match[3] or b"").decode("utf-8", "replace").strip()
    return replace(place, rules=rules, until=until, reason=reason)
