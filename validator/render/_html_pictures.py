"""Pictures of the HTML report: how files are written, and where the findings stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from ..model import Diagnostic
from ..text.visible import visible_path
from . import Look
from ._html_parts import graded_bars, number, plain_bars, safe
from ._tally import Tally

BARS: Final = 15
"""Bars of a picture at most."""

STRIPS: Final = 12
"""Files at most with a strip: the places of their findings along their bytes."""

BINS: Final = 100
"""Parts of such a strip."""

FEW: Final = 8
"""Findings from which on a file gets a strip."""

FILES: Final = 20_000
"""Files at most of which the places of findings are kept."""


class Strips:
    """Where in each file the findings stand, as byte offsets."""

    def __init__(self) -> None:
        self._places: dict[str, list[int]] = {}

    def add(self, found: Diagnostic) -> None:
        """Count the next finding; one about a whole file has no place, and is left out."""
        if found.whole_file:
            return
        places = self._places.get(found.path)
        if places is None and len(self._places) < FILES:
            places = self._places[found.path] = []
        if places is not None:
            places.append(found.byte_offset)

    def most(self) -> list[tuple[str, list[int]]]:
        """The files with the most findings, and the byte offsets of these; FEW at least."""
        files = [one for one in self._places.items() if len(one[1]) >= FEW]
        return sorted(files, key=lambda one: (-len(one[1]), one[0]))[:STRIPS]


def pictures(tally: Tally, strips: Strips, look: Look) -> Iterator[str]:
    """The section with all pictures; those about encodings and line ends only if known."""
    stock = look.stock()
    folders = tally.folders()
    if not stock and not folders:
        return
    yield '<section aria-label="Pictures"><h2>At a glance</h2>\n<div class="pictures">\n'
    if folders:
        told = ((visible_path(path), counts.severities) for path, counts in folders[:BARS])
        yield from _figure("Findings by directory", graded_bars(told), len(folders) - BARS, True)
    if stock:
        yield from _plain("Files by encoding", stock.encodings)
        yield from _plain("Files by line ends", stock.newlines)
        yield from _plain("Files by size", stock.sizes)
        yield from _plain("Files by script", stock.scripts)
    most = strips.most()
    if most:
        yield from _figure("Where in a file the findings stand", _strips(most, look), wide=True)
    yield "</div></section>\n"


def _plain(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    shown = dict(islice(counts.items(), BARS))
    yield from _figure(title, plain_bars(shown), len(counts) - BARS)


def _figure(title: str, parts: Iterator[str], more: int = 0, wide: bool = False) -> Iterator[str]:
    left = f" <small>and {more} more</small>" if more > 0 else ""
    kind = ' class="wide"' if wide else ""
    yield f"<figure{kind}><figcaption>{title}{left}</figcaption>\n"
    yield from parts
    yield "</figure>\n"


def _strips(most: list[tuple[str, list[int]]], look: Look) -> Iterator[str]:
    """A strip for each file, from its first byte to its last; darker where findings are many."""
    yield '<dl class="bars">\n'
    for path, places in most:
        end = max(look.size_of(path), places[-1] + 1, *places)
        bins = [0] * BINS
        for place in places:
            bins[min(BINS - 1, place * BINS // end)] += 1
        most_in_one = max(bins)
        parts = "".join(
            f'<i style="opacity:{0.25 + 0.75 * count / most_in_one if count else 0:.2f}"></i>'
            for count in bins
        )
        fullest = bins.index(most_in_one)
        words = (
            f"{len(places)} findings; most between bytes {fullest * end // BINS} and "
            f"{(fullest + 1) * end // BINS}"
        )
        yield (
            f"<dt>{safe(visible_path(path))}</dt>"
            f'<dd class="strip" role="img" aria-label="{words}" title="{words}">{parts}</dd>'
            f'<dd class="number">{number(len(places))}</dd>\n'
        )
    yield "</dl>\n"
