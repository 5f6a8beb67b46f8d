"""Comments in a document that have findings not told: where they are, and what they say.

<!-- seed-validator: ignore TXT206, MET014 until 2027-06-30 -- a quotation -->
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter, itemgetter
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from stringzilla import find

from ..body.comment_forms import CommentForm, form_of, in_front_matter
from ..document import Span
from ..text.lazy_re import later
from ..text.lines import Window, line_end

MARK: Final = b"seed-validator:"

STACKED: Final = 100
"""Comments below each other that are about the same line, at most."""

_SAID: Final = later(
    rb"[ \t]*ignore[ \t]+([A-Za-z0-9-]+(?:[ \t]*,[ \t]*[A-Za-z0-9-]+)*)"
    rb"(?:[ \t]+until[ \t]+(\S+?))?(?:[ \t]+--[ \t]*(.*?))?[ \t]*"
)
_TEXT: Final = later(rb"\S")


class Comment(Struct, frozen=True):
    """A comment, from the byte `start` of the file to `end`.

    It is about findings that begin from `first`, where its own line does, to `stop`. `rules` are
    codes or names, `wrong` says what is wrong with it, if anything is.
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
        self._open = False  # the last ones are about a line that has not come yet

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
        at = data.find(MARK)
        while at >= 0:
            form = front[0] if front and at < front[1] else usual
            found = _comment(data, at, form) if form and not _within(code, at) else None
            if found is not None:
                self._take(data, offset, found, front is not None and at < front[1])
            at = data.find(MARK, at + 1)

    def _take(self, data: bytes, offset: int, found: Comment, front: bool) -> None:
        """Keep a comment, moved to its place in the file. `front` is front matter."""
        alone = not (data[found.first : found.start] + data[found.end : found.stop]).strip()
        stop, self._open = found.stop, False
        if alone:
            stop, self._open = _next_text(data, found.stop)
        first = found.first
        if front and alone and not data[3:first].strip():
            first = 0  # the first line of a block speaks of the fence above it, too
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
        """What the last comment of the window before is about."""
        stop, self._open = _next_text(data, 0)
        self.comments[-1] = replace(self.comments[-1], stop=offset + stop)
        self._share(offset + stop)

    def _share(self, stop: int) -> None:
        """Comments that stand below each other are about the same line, the one after the last."""
        for at in range(len(self.comments) - 2, max(-1, len(self.comments) - 2 - STACKED), -1):
            if self.comments[at].stop <= self.comments[at + 1].first:
                break
            self.comments[at] = replace(self.comments[at], stop=stop)

    def about(self, at: int) -> Iterator[int]:
        """The comments, by number, that are about a finding which begins at this byte."""
        number = bisect_right(self.comments, at, key=attrgetter("first"))
        while number and self.comments[number - 1].stop > at:
            number -= 1
            yield number


def _within(spans: Sequence[Span], at: int) -> bool:
    """Whether a byte stands in one of these spans, which are in order."""
    number = bisect_right(spans, at, key=itemgetter(0))
    return number > 0 and at < spans[number - 1][1]


def _next_text(data: bytes, at: int) -> tuple[int, bool]:
    """Where the next line ends that is not blank, and whether there is none in these bytes."""
    text = _TEXT.search(data, at)
    if text is None:
        return len(data), True
    return line_end(data, text.start())[1], False


def _comment(data: bytes, at: int, form: CommentForm) -> Comment | None:
    """The comment in which a mark stands, if it is one; `stop` is where its line ends."""
    first = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at)) + 1
    end, stop = line_end(data, at)
    before = data[first:at].rstrip(b" \t")
    if not before.endswith(form.opening):
        return None
    start = first + len(before) - len(form.opening)
    lead = data[first:start]
    if (form.begins_line and lead.strip()) or lead.endswith(b"`"):
        return None
    said = data[at + len(MARK) : end]
    if form.closing:
        closing = said.find(form.closing)
        if closing < 0:
            return Comment(start, end, first, stop, wrong="it does not end on its line")
        end = at + len(MARK) + closing + len(form.closing)
        said = said[:closing]
    return _parsed(said, Comment(start, end, first, stop))


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
