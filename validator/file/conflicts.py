"""Finds conflict markers of an unresolved merge (`man git-merge`, HOW CONFLICTS ARE PRESENTED).

A line of seven `=` under a heading, a quotation of depth seven and a page about merging have lines
like markers, too: so they count only in the order in which git writes them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from stringzilla import find

from ..model import BlockingFlaw
from ..text.lazy_re import later
from ..text.lines import Window

OPENING: Final = b"<<<<<<<"
CLOSING: Final = b">>>>>>>"


class Marker(Struct, frozen=True):
    """A line that begins or ends a side of a conflict: its span in the file, and its row.

    `sign` is the seven characters, `label` the text after them.
    """

    sign: bytes
    label: bytes
    start: int
    end: int
    row: int

    @property
    def rank(self) -> int:
        """Its place (from 0) in the order of the four markers: `<`, `|`, `=`, `>`."""
        return _ORDER.index(self.sign[:1])


class Conflict(BlockingFlaw, frozen=True):
    """The markers of one conflict that are still there, in order."""

    markers: tuple[Marker, ...]


_MARKER: Final = later(
    rb"(?:(?<=[\r\n])|\A)(?:(={7})|(<{7}|\|{7}|>{7})(?:[ \t]+([^\r\n]*))?)(?=[\r\n]|\Z)"
)
_ORDER: Final = (b"<", b"|", b"=", b">")
_REFERENCE: Final = later(
    rb"HEAD|[0-9a-f]{7,40}(?:[ \t:].*)?|Stashed changes|Updated upstream"
    rb"|ours|theirs|main|master|(?:origin|upstream|refs)/\S+"
)
"""Labels that git writes: needed to recognise a closing marker without an opening one."""


def conflicts(window: Window) -> Iterator[Conflict]:
    """The conflicts whose markers are in a window, in order."""
    data = window.data
    if find(data, OPENING) < 0 and find(data, CLOSING) < 0:  # `in` takes several times as long
        return
    groups = [group for group in _groups(window) if _is_conflict(group)]
    spans = [(one[0].start - window.offset, one[-1].end - window.offset) for one in groups]
    shown = _shown(data, spans)
    yield from (Conflict(group) for at, group in enumerate(groups) if at not in shown)


def _groups(window: Window) -> Iterator[tuple[Marker, ...]]:
    """Runs of markers in the order in which git writes those of one conflict."""
    group: list[Marker] = []
    for match in _MARKER.finditer(window.data, 0 if window.column == 1 else 1):
        marker = _marker(match, window)
        opens = marker.sign == OPENING
        if opens and group:
            yield tuple(group)
            group = []
        if not opens and group and marker.rank <= group[-1].rank:
            continue  # a line under a heading, in one of the sides
        group.append(marker)
        if marker.sign == CLOSING:
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


def _marker(match: re.Match[bytes], window: Window) -> Marker:
    start, end = match.start() + window.offset, match.end() + window.offset
    row = window.location(match.start()).row
    return Marker(match[1] or match[2], (match[3] or b"").strip(), start, end, row)


def _is_conflict(group: tuple[Marker, ...]) -> bool:
    """Whether these markers are those of a merge, even if some of them were removed."""
    first, last = group[0], group[-1]
    if first.sign == OPENING:
        return last.sign == CLOSING or (bool(first.label) and b" " not in first.label)
    return last.sign == CLOSING and _REFERENCE.fullmatch(last.label) is not None


_FENCE: Final = later(rb"(?m)^ {0,3}(`{3,}|~{3,})([^`\r\n]*)\r?$|^(-{4,}|\.{4,})\r?$")
_BEFORE_BLOCK: Final = later(rb"(?:\A|\n[ \t]*\r?\n|\n\[[^\r\n]*\]\r?\n|\n\.[^\r\n]*\r?\n)\Z")
"""The text before a block of AsciiDoc; directly under other text, `----` makes a heading."""

_QUOTED: Final = later(rb"(?i)<(/?)(pre|textarea|xmp)\b[^<>]*>")
_TALK: Final = later(
    "(?i)merg|conflict|rebas|conflit|conflict|konflikt|fusion|конфликт|слия|冲突|衝突|競合|合并|合併"
    "|マージ|병합|충돌|संघर्ष"
)


Span = tuple[int, int]


def _shown(data: bytes, spans: Sequence[Span]) -> set[int]:
    """Indexes of conflicts that a page only shows: in a block of code, on a page about merging."""
    blocks = [[*_fenced(data)], [*_quoted(data)]] if spans else []
    within = {at for at, span in enumerate(spans) if any(_is_in(span, one) for one in blocks)}
    if not within:
        return within
    talks = [_TALK.search(data[start:end].decode("utf-8", "replace")) for start, end in spans]
    edges = [0, *chain.from_iterable(spans), len(data)]
    between = zip(edges[::2], edges[1::2], strict=True)
    elsewhere = any(_TALK.search(data[one:end].decode("utf-8", "replace")) for one, end in between)
    many = sum(map(bool, talks))
    return {at for at in within if elsewhere or many > bool(talks[at])}


def _is_in(span: Span, blocks: Sequence[Span]) -> bool:
    """Whether a span is inside of one of these blocks, which are in order and do not overlap."""
    at = bisect_left(blocks, span[:1]) - 1
    return at >= 0 and span[1] < blocks[at][1]


def _fenced(data: bytes) -> Iterator[Span]:
    """The spans of blocks between fences."""
    opened: re.Match[bytes] | None = None
    for match in _FENCE.finditer(data):
        mark = match[1] or match[3]
        if opened is None:
            if match[1] or _BEFORE_BLOCK.search(data, match.start() - 200, match.start()):
                opened = match
            continue
        known = opened[1] or opened[3]
        if mark[:1] == known[:1] and len(mark) >= len(known) and not (match[2] or b"").strip():
            yield opened.start(), match.end()
            opened = None


def _quoted(data: bytes) -> Iterator[Span]:
    """The spans of HTML elements whose text is shown as it is written."""
    opened: re.Match[bytes] | None = None
    for match in _QUOTED.finditer(data):
        if opened is None and not match[1]:
            opened = match
        elif opened is not None and match[1] and match[2].lower() == opened[2].lower():
            yield opened.start(), match.end()
            opened = None
