"""Adds hits to the findings: those about the file as a whole, and others with their windows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..file.compression import packing_of
from ..file.reading import Pages
from ..model import Hit
from ..text.lines import Window
from .findings import Findings, Late
from .ruleset import Said

if TYPE_CHECKING:
    from .cells import Locator


def locator_of(name: bytes, pages: Pages) -> Locator | None:
    """A function that finds places in a table; None if the file of this name is none."""
    packing = packing_of(name)
    if packing is None or not packing.rows:
        return None
    from .cells import locator  # few files are tables

    return locator(pages)


def place_whole(found: Findings, hits: Iterable[Said]) -> None:
    """Add hits on the file as a whole."""
    for rule, severity, hit in hits:
        found.add(rule, severity, hit, None)


def placing(found: Findings, hits: Iterable[Late], pages: Iterable[Window]) -> Iterator[Window]:
    """Add hits whose offsets count from the start of the file, as their windows come.

    Yields the windows up to that of the last hit. The hits of a window are added before it is
    yielded.
    """
    waiting = sorted(hits, key=lambda item: item[2].start)
    at = 0
    while at < len(waiting) and waiting[at][2].start < 0:  # about the file as a whole
        rule, severity, hit, owner = waiting[at]
        found.add(rule, severity, hit, None, owner)
        at += 1
    _know_asides(found, [hit for _, _, hit, _ in waiting[at:]], pages)
    for window in pages if at < len(waiting) else ():
        end = window.offset + len(window.data)
        while at < len(waiting) and (waiting[at][2].start < end or window.last):
            rule, severity, hit, owner = waiting[at]
            moved = hit.moved(-window.offset) if window.offset else hit  # its edits stay
            found.add(rule, severity, moved, window, owner)
            at += 1
        yield window


def _know_asides(found: Findings, hits: Iterable[Hit], pages: Iterable[Window]) -> None:
    """Find the related places of hits, which may lie in windows before or after theirs."""
    waiting = sorted({one.start for hit in hits for one in hit.related}, reverse=True)
    for window in pages if waiting else ():
        while waiting and waiting[-1] < window.offset + len(window.data):
            found.know(waiting.pop(), window)
        if not waiting:
            return
