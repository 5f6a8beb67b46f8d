"""A file that mixes line ends was edited on two systems, or joined from two sources.

Tools count its lines differently (a lone CR is a line end to some and not to others), so line
numbers, sentence counts and annotations drift apart. The first lines in the minority are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from ...model import Edit, Fix, Hit
from ...settings.options import Settings
from ...text.lazy_re import later
from ...text.lines import Window, count_line_ends
from ...text.screen.screen import AnyByte, Clue
from ..rule import Rule, Whole, safely
from . import NAMES, NEWLINE_STYLE, STYLES, ending, majority

SHOWN: Final = 5
"""Lines at most that a message names."""

_OTHERS: Final = {
    b"\n": later(rb"\r\n?"),
    b"\r\n": later(rb"(?<!\r)\n|\r(?!\n)"),
    b"\r": later(rb"\r?\n"),
}
"""For each line end, a pattern of all others."""

MENDED: Final = 1000
"""Lines at most that a finding has edits for; edits of more would fill the memory."""


def clues(settings: Settings) -> list[Clue]:
    return [] if settings[NEWLINE_STYLE] == "any" else [AnyByte(b"\r")]


def diagnose(windows: Iterable[Window], settings: Settings) -> Iterator[Hit]:
    counts: Counter[bytes] = Counter()
    for window in windows:
        counts.update(count_line_ends(window.data))
    if len(counts) < 2:
        return
    right = majority(counts)
    if STYLES.get(settings[NEWLINE_STYLE], right) != right:
        return  # most lines are wrong, which wrong-newline says once
    odd = [*islice(_odd(windows, right), MENDED + 1)]
    start, found, _ = odd[0]
    count = counts.total() - counts[right]
    kinds = " or ".join(NAMES[end] for end in counts if end != right)
    lines = "this line ends" if count == 1 else f"{count} lines end"
    yield Hit(
        start,
        start + len(found),
        f"{lines} with {kinds}, the other {counts[right]} with {NAMES[right]}{_rows(odd, count)}",
        help=f"end every line with {NAMES[right]}",
        fix=_fix(odd, count, right),
        data={"count": count, **{NAMES[key]: number for key, number in counts.items()}},
    )


def _fix(odd: Sequence[tuple[int, bytes, int]], count: int, right: bytes) -> Fix:
    """The fix: an edit for each line, or for very many lines a recipe for the whole file."""
    words = f"end every line with {NAMES[right]}"
    if count > MENDED:
        return Fix(words, (), recipe=ending(right))
    return Fix(words, tuple(Edit(at, at + len(end), right) for at, end, _ in odd))


def _odd(windows: Iterable[Window], right: bytes) -> Iterator[tuple[int, bytes, int]]:
    """The other line ends: the byte offset of each in the file, its bytes, and its row."""
    for window in windows:
        for match in _OTHERS[right].finditer(window.data):
            row = window.row + window.line_at(match.start())
            yield window.offset + match.start(), match.group(), row


def _rows(odd: Sequence[tuple[int, bytes, int]], count: int) -> str:
    """The rows of these line ends in words, the first ones if there are many."""
    rows = [str(row) for _, _, row in odd[:SHOWN]]
    if count == 1:
        return ""
    if count <= SHOWN:
        return f": lines {', '.join(rows[:-1])} and {rows[-1]}"
    return f": lines {', '.join(rows)} and {count - SHOWN} more"


rule = Rule(
    __name__,
    code="ENC202",
    summary="A file ends its lines in more than one way.",
    check=Whole(clues, diagnose),
    options=(NEWLINE_STYLE,),
    covers=("unparsable-metadata", "fused-records"),
    repairs=(safely("The minority lines are ended as the profile declares.", "line-ends"),),
    bad={"a.txt": b"Title\nText.\r\nMore.\n"},
    ok={"a.txt": b"Title\nText.\nMore.\n"},
)
