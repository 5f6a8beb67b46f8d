"""Finds the markers of a window, and lines that look like one, in one pass of RE2.

Only lines that look like a marker are looked at one by one, not the text between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from ..document import Span
from ..encoding.utf8 import MARK
from ..settings.options import Option, Settings
from ..text.lines import NEWLINE, Window, line_end
from ..text.re2 import compiled, searcher
from . import options as keys
from .markers import Captures, Marker

Role = str
"""`begin`, `end`, `separator`, `opening` or `closing`."""

_ROLES: Final[Mapping[Role, Option[tuple[Marker, ...]]]] = {
    "end": keys.END,
    "begin": keys.BEGIN,
    "separator": keys.SEPARATOR,
    "opening": keys.OPENING,
    "closing": keys.CLOSING,
}
"""The option of each role. A line that fits markers of two roles has the first of these roles."""


class Mark(Struct, frozen=True):
    """A marker in a file, or a line that only looks like one (`is_near`, and `why` in words).

    `start` and `end` (before the line end), `next` (after it) and the spans of `captures` are byte
    offsets in the file; `values` are the bytes of the captures.
    """

    role: Role
    marker: Marker
    start: int
    end: int
    next: int
    row: int
    line: bytes
    captures: Mapping[str, tuple[int, int]] = {}
    values: Mapping[str, bytes] = {}
    is_near: bool = False
    why: str = ""


class Grammar:
    """The markers that divide the files of one profile, compiled."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        near = settings[keys.NEAR_MISSES] == "report"
        self._markers = [(role, one) for role, key in _ROLES.items() for one in settings[key]]
        self._prefixes = [marker.prefix for _, marker in self._markers]
        self._looks_like = [
            (role, marker, compiled(f"(?i)(?s){_indented(marker)}.*"))
            for role, marker in self._markers
            if marker.near and near
        ]
        whole = [marker for _, marker in self._markers if not marker.inline]
        lines = [_bare(marker.lines[0]) for marker in whole]
        lines += [_indented(marker) for marker in whole if marker.near and near]
        inline = [marker.near or re.escape(marker.form) for _, marker in self._markers
                  if marker.inline]  # fmt: skip
        # The same first line of several spellings is looked for once.
        line = "|".join(dict.fromkeys(lines))
        self._first = searcher(f"(?i)\\A(?:{line})") if lines else None
        parts = ([f"[\\r\\n](?:{line})"] if lines else []) + inline
        self._search = searcher("(?i)" + "|".join(parts))
        self._inline = [marker.form.encode() for _, marker in self._markers if marker.inline]

    def form(self, role: Role) -> str:
        """How the first marker of a role is written, for messages; empty if it has none."""
        markers = self.settings[_ROLES[role]]
        return markers[0].form if markers else ""

    @property
    def longest(self) -> int:
        """How many lines the longest marker has."""
        return max(len(marker.lines) for _, marker in self._markers)

    @property
    def reach(self) -> int:
        """One less than the bytes of the longest marker inside a line; 0 if there is none."""
        return (
            max((len(one.form.encode()) for _, one in self._markers if one.inline), default=1) - 1
        )

    def marks(self, window: Window) -> Iterator[Mark]:
        """The markers of a window, and the lines that look like one, in order."""
        data, rows = window.data, _Rows(window)
        at = 0
        # a marker may follow the byte order mark, which the rules of ENC report
        mark_size = 3 if window.offset == 0 and data.startswith(MARK) else 0
        if mark_size and self._first and self._first(data[mark_size:], 0):
            found = self._classified(data[mark_size:], 0, 0, replace(window, offset=3), rows)
            if found:
                at = found.next
                yield found
        for start, stop in self._candidates(data, window.column == 1):
            if start < at or start == len(data):
                continue  # inside the marker before; or after the last line
            mark = self._classified(data, start, stop, window, rows)
            if mark:
                at = mark.next - window.offset
                yield mark

    def _candidates(self, data: bytes, at_line_start: bool) -> Iterator[tuple[int, int]]:
        """Start and end of each line, or text in a line, that is a marker or looks like one.

        The end of a line is not known yet: it is given as its start.
        """
        if self._first and at_line_start and self._first(data, 0):
            yield 0, 0
        at = 0
        while found := self._search(data, at):
            start, end = found
            if data[start] in b"\r\n":
                start += 1
                if not data.startswith(b"\n", start) or data[start - 1] != 0x0D:
                    yield start, start  # else between CR and LF, where no line starts
                at = start
            else:
                exact = (data.find(text, start, end) for text in self._inline)
                start = min((place for place in exact if place >= 0), default=start)
                yield start, end
                at = end

    def _classified(
        self, data: bytes, start: int, stop: int, window: Window, rows: _Rows
    ) -> Mark | None:
        at_start = start == 0 or data[start - 1] in b"\r\n"
        for (role, marker), prefix in zip(self._markers, self._prefixes, strict=True):
            if not data.startswith(prefix, start) or not (marker.inline or at_start):
                continue
            found = marker.match(data, start)
            if found:
                return _mark(role, marker, data, start, found, window.offset, rows)
        return self._near_miss(data, start, stop, window, rows)

    def _near_miss(
        self, data: bytes, start: int, stop: int, window: Window, rows: _Rows
    ) -> Mark | None:
        line = data[start : start + 1000]
        line = line[: line_end(line, 0)[0]]
        for role, marker, looks_like in self._looks_like:
            if looks_like.spans(line):
                if marker.inline:
                    end = following = max(stop, start + 1)
                    line = data[start:end]
                else:  # only now: the line may be long, and hold many texts that look like one
                    end, following = line_end(data, start)
                found = end, following, dict[str, Span]()
                mark = _mark(role, marker, data, start, found, window.offset, rows)
                return replace(mark, line=line, is_near=True, why=why(line, marker))
        return None


def _mark(
    role: Role,
    marker: Marker,
    data: bytes,
    start: int,
    found: tuple[int, int, Captures],
    offset: int,
    rows: _Rows,
) -> Mark:
    """The mark at `start` of `data`; `data` begins at the byte `offset` of the file.

    `found` is the result of `Marker.match`.
    """
    end, following, captures = found
    spans = {key: (first + offset, last + offset) for key, (first, last) in captures.items()}
    values = {key: data[slice(*span)] for key, span in captures.items()}
    places = start + offset, end + offset, following + offset
    return Mark(role, marker, *places, rows.at(start), data[start:end], spans, values)


class _Rows:
    """Tells the row at an offset of a window, for offsets that only grow."""

    def __init__(self, window: Window) -> None:
        self._data = window.data
        self._at, self._row = 0, window.row
        self._plain = b"\r" not in window.data

    def at(self, offset: int) -> int:
        """The row (from 1, in the file) of the byte at `offset` of the window."""
        if self._plain:
            self._row += self._data.count(b"\n", self._at, offset)
        else:
            self._row += len(NEWLINE.findall(self._data, self._at, offset))
        self._at = offset
        return self._row


_LINE_END: Final = "[ \\t]*(?:[\\r\\n]|\\z)"


def _indented(marker: Marker) -> str:
    return f"[ \\t]*(?:{marker.near}){_LINE_END if marker.whole and not marker.inline else ''}"


def _bare(pattern: str) -> str:
    """The pattern of a whole line, without the names of its groups, and with regard to case."""
    unnamed = re.sub(r"(?<!\\)\(\?P<\w+>", "(?:", pattern)
    return f"(?-i:{unnamed})(?:[\\r\\n]|\\z)"


def why(line: bytes, marker: Marker) -> str:
    """How a line differs from the marker that it looks like, in words; empty if that is unclear."""
    written = line.decode("utf-8", "replace")
    for text, words in (
        (written.rstrip(), "it ends in a blank"),
        (written.lstrip(), "it is indented"),
        (written.strip(), "it is indented"),
    ):
        if text != written and _is(text, marker):
            return words
    form = marker.form
    if len(set(form)) == 1 and set(written.strip()) == set(form):
        return f"it has {len(written.strip())} `{form[0]}`, not {len(form)}"
    if "".join(written.split()) == "".join(form.split()):
        return "it has other blanks"
    if written.casefold() == form.casefold() or (
        written != written.lower() and _is_folded(written, marker)
    ):
        return "it is written in another case"
    return ""


def _is(text: str, marker: Marker) -> bool:
    found = marker.match(text.encode(), 0) if len(marker.lines) == 1 else None
    return found is not None and found[0] == len(text.encode())


def _is_folded(text: str, marker: Marker) -> bool:
    """Whether the marker would match without regard to case."""
    return len(marker.lines) == 1 and bool(
        compiled(f"(?i){marker.lines[0]}").spans(text.strip().encode())
    )
