"""The hits of the rules of the shape `Local` in a window."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from ..document import Document, Node, Span
from ..file.windows import after, last_line_end
from ..metadata.fields import examined
from ..model import Hit
from ..settings.options import Settings
from ..text.json_escapes import unescaped
from ..text.lines import Window
from ..text.screen.screen import Screen
from .ruleset import Said
from .watchers import Watchers

PART: Final = 1 << 14
"""A large window is searched for clues in parts of about so many bytes."""


def clued(window: Window, suspicious: Screen) -> list[Span]:
    """First byte and end, in the window, of its parts with a clue; parts are cut at line ends.

    Most parts of a large window have none. A window that is small, or a view of a file in another
    encoding, is one part, which is not searched.
    """
    data = window.data
    if len(data) < 2 * PART or window.view is not None:
        return [(0, len(data))]
    found = []
    start = 0
    while start < len(data):
        size = last_line_end(data[start : start + PART])
        if not size:  # a long line, or the end
            size = (data.find(b"\n", start + PART) + 1 or len(data)) - start
        end = start + size
        part = data[start:end]
        if suspicious.any((part,), () if part.isascii() else (part,)):
            found.append((start, end))
        start = end
    return found


def parts(window: Window, spans: Sequence[Span]) -> Iterator[Window]:
    """These parts of a window, in their order."""
    data, at = window.data, 0
    row, column = window.row, window.column
    if spans == [(0, len(data))]:
        yield window
        return
    for start, end in spans:
        row, column = after(data[at:start], row, column)
        at = start
        first, last = window.first and not start, window.last and end == len(data)
        yield Window(data[start:end], window.offset + start, row, column, first, last)


def watched(watchers: Watchers, window: Window, settings: Settings) -> Iterator[Said]:
    """The hits of each rule whose clue is in the window, without those that another rule covers."""
    covered: dict[str, list[_Cover]] = {}
    for watcher in watchers.alarmed(window.data):  # those that cover others come first
        rule = watcher.rule
        covers = _Cover() if rule.covers else None
        above = covered.get(rule.name, ())
        for hit in watcher.diagnose(window, settings):
            if covers is not None:
                covers.add(hit)
            if not (above and any(cover.over(hit) for cover in above)):
                yield rule, watcher.severity, hit
        if covers is not None:
            for name in rule.covers:
                covered.setdefault(name, []).append(covers)


def escaped(watchers: Watchers, document: Document, settings: Settings) -> Iterator[Said]:
    """The hits of these rules about characters in texts that JSON writes with escapes.

    Only hits that contain an escape: the others are found in the bytes of the file.
    """
    tree, holder = examined(document, settings).tree, document.holder
    for start, end in _strings(tree) if tree else ():
        found = unescaped(holder.data[start + 1 : end - 1])
        for rule, severity, hit in watched(watchers, Window(found.text), settings):
            place = found.origin(hit.start, hit.end)
            if place:
                first, last = place[0] + start + 1, place[1] + start + 1
                moved = replace(hit, start=first, end=last, fix=None, beside=holder is not document)
                yield rule, severity, moved


def _strings(tree: Node) -> Iterator[tuple[int, int]]:
    """Spans of all texts and keys, with their quotation marks."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.key[0] >= 0:
            yield node.key
        if isinstance(node.value, str):
            yield node.span
        children = node.children
        waiting += children.values() if isinstance(children, Mapping) else children


class _Cover:
    """The spans of a rule's hits in a window, by offset: hits of others within them are left out.

    A window of noise has a million hits: they come one by one, and only their spans are kept.
    """

    def __init__(self) -> None:
        self._starts, self._ends = array("q"), array("q")

    def add(self, hit: Hit) -> None:
        self._starts.append(hit.start)
        self._ends.append(hit.end)

    def over(self, hit: Hit) -> bool:
        """Whether one hit of the rule spans all that `hit` does."""
        at = bisect_right(self._starts, hit.start) - 1
        return at >= 0 and hit.end <= self._ends[at]
