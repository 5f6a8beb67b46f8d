"""Tables of the documentation, and of what is closed sets: formats, ways to divide, syntaxes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..delimiters.kinds import KINDS
from ..metadata.syntax.table import SYNTAXES
from ..render import format_named, formats

NAMES: Final = 34
"""Columns of the names in a list."""


def format_table() -> str:
    """The formats of output, one row each."""
    found = map(format_named, formats())
    return rows_of(("format", "is"), ((f"`{one.name}`", one.summary) for one in found))


def kind_table() -> str:
    """The ways to divide files, one row each."""
    rows = ((f"`{one.name}`", one.document, one.needs) for one in KINDS.values())
    return rows_of(("`kind`", "a document is", "and needs"), rows)


def syntax_table() -> str:
    """The syntaxes of metadata, one row each."""
    rows = (
        (
            f"`{one.name}`",
            "; ".join(way.how for way in (one.front_matter, one.head) if way),
            ", ".join(f"`.{suffix}`" for suffix in one.suffixes),
            "yes" if one.in_code else "",
        )
        for one in SYNTAXES.values()
    )
    return rows_of(("syntax", "in the document", "in a file beside it", "in code"), rows)


def rows_of(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    head, *lines = (f"| {' | '.join(line)} |\n" for line in (titles, *rows))
    return "".join((head, "|---" * len(titles), "|\n", *lines))


def list_line(name: str, words: str, columns: int) -> str:
    """A name and what it means, cut to so many columns."""
    line = f"{name:{NAMES}}  {words}"
    return f"{line if len(line) <= columns else line[: columns - 1] + '…'}\n"
