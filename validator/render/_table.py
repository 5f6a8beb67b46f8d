"""Tables of text, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..text.visible import width
from ._words import fit


def table(
    head: Sequence[str], rows: Sequence[Sequence[str]], room: int | None = None
) -> Iterator[str]:
    """The lines of a table and a blank line; the first column is aligned to the right.

    A row of more than `room` columns is cut.
    """
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [cell + " " * (most - width(cell)) for cell, most in zip(row, widths, strict=True)]
        cells[0] = f"{row[0]:>{widths[0]}}"
        line = "  ".join(cells).rstrip()
        yield f"{line if room is None else fit(line, room)}\n"
    yield "\n"
