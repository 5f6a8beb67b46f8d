"""Lists of names with their meanings: as a Markdown table, and as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

NAMES: Final = 34
"""Columns of the names in a list."""


def rows_of(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    head, *lines = (f"| {' | '.join(line)} |\n" for line in (titles, *rows))
    return "".join((head, "|---" * len(titles), "|\n", *lines))


def list_line(name: str, words: str, columns: int) -> str:
    """A line with a name and its meaning, cut to `columns`."""
    line = f"{name:{NAMES}}  {words}"
    return f"{line if len(line) <= columns else line[: columns - 1] + '…'}\n"
