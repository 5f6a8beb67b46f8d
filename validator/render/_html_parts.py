"""Pieces of the HTML report: escaped text, tables, bars. No foreign text becomes markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from ..model import Severity
from ..text.visible import visible

GRADES: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)

WORDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}

SIGNS: Final = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.INFO: "●"}
"""A sign for each severity beside its colour, which not everybody can see."""


NUMBERS: Final = frozenset({"findings", "files", "errors", "warnings", "notes", "rules", "byte"})
"""Titles of columns of numbers, which are aligned to the right."""


class Cell(NamedTuple):
    """A cell of a table: markup, its CSS class, and the number that it is sorted by, if any."""

    markup: str
    kind: str = ""
    number: int | None = None


def safe(text: str) -> str:
    """Text for a place where markup may stand, or a value of an attribute in double quotes."""
    return escape(visible(text))


def grade(severity: Severity) -> str:
    """The markup of a severity: `✖ error`."""
    return (
        f'<span class="grade {severity.value}"><span aria-hidden="true">{SIGNS[severity]}</span> '
        f"{WORDS[severity]}</span>"
    )


def number(count: int) -> str:
    """A number with a narrow space between thousands."""
    return f"{count:,}".replace(",", "\u202f")


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """A table; where scripts run, the page can sort and filter it. `name` is its id."""
    yield (
        f'<p class="tools" hidden><input type="search" data-filters="{name}" '
        'placeholder="Filter" aria-label="Filter the rows"></p>\n'
    )
    yield f'<div class="scroll"><table class="sorted" id="{name}"><thead><tr>'
    yield "".join(map(_heading, head))
    yield "</tr></thead><tbody>\n"
    for row in rows:
        yield f"<tr>{''.join(map(_cell, row))}</tr>\n"
    yield "</tbody></table></div>\n"


def _heading(name: str) -> str:
    kind = ' class="number"' if name in NUMBERS else ""
    return f'<th scope="col"{kind}>{name}</th>'


def _cell(cell: Cell) -> str:
    kind = f' class="{cell.kind}"' if cell.kind else ""
    sorted_by = "" if cell.number is None else f' data-n="{cell.number}"'
    return f"<td{kind}{sorted_by}>{cell.markup}</td>"


def count_cell(count: int) -> Cell:
    """A cell with a number, aligned to the right; empty for 0."""
    return Cell(number(count) if count else "", "number", count)


def plain_bars(counts: Mapping[str, int]) -> Iterator[str]:
    """A bar for each label, as long as its count."""
    most = max(counts.values(), default=1)
    yield '<dl class="bars">\n'
    for label, count in counts.items():
        bar = f'<i class="plain" style="width:{100 * count / most:.2f}%"></i>'
        yield _bar(safe(label), bar, count)
    yield "</dl>\n"


def graded_bars(counts: Iterable[tuple[str, Mapping[Severity, int]]]) -> Iterator[str]:
    """A bar for each label, in parts by severity."""
    every = list(counts)
    most = max((sum(one.values()) for _, one in every), default=1)
    yield '<dl class="bars">\n'
    for label, one in every:
        parts = "".join(
            f'<i class="{severity.value}" title="{number(one[severity])} {WORDS[severity]}" '
            f'style="width:{100 * one[severity] / most:.2f}%"></i>'
            for severity in GRADES
            if one.get(severity)
        )
        yield _bar(safe(label), parts, sum(one.values()))
    yield "</dl>\n"


def _bar(label: str, parts: str, count: int) -> str:
    return (
        f'<dt>{label}</dt><dd class="bar" aria-hidden="true">{parts}</dd>'
        f'<dd class="number">{number(count)}</dd>\n'
    )
