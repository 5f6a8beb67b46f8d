"""How often each rule speaks, and where: what to look at first in an old repository."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from ..model import Diagnostic, Summary
from ..text.visible import visible_path
from . import Format, Look
from ._tally import Counts, Tally
from ._words import closing, counted

DIRECTORIES: Final = 20
"""Directories that are named; the others are counted."""

RULES: Final = 3
"""Rules that are named for a directory."""


def render(
    findings: Iterable[Diagnostic], summary: Callable[[], Summary], look: Look
) -> Iterator[str]:
    """See the package."""
    tally = Tally()
    for found in findings:
        tally.add(found)
    rules, folders = tally.rules(), tally.folders()
    if rules:
        yield from _table(
            ("count", "code", "name", "severity", "fix", "files"),
            [
                (str(one.count), one.code, one.name, one.severity.value, one.fix, str(one.files))
                for one in rules
            ],
        )
        yield from _table(
            ("count", "directory", "rules"),
            [
                (str(counts.total), visible_path(folder), often(counts))
                for folder, counts in folders[:DIRECTORIES]
            ],
        )
        if len(folders) > DIRECTORIES:
            more = len(folders) - DIRECTORIES
            yield f"And {'1 directory' if more == 1 else f'{more} directories'} more.\n\n"
    yield from closing(summary(), look)


FORMAT = Format(
    "statistics", "how often each rule speaks, and in which directories", render, for_people=True
)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows in columns, the numbers of the first to the right, and a blank line."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [f"{row[0]:>{widths[0]}}"]
        cells += [f"{cell:{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join(cells).rstrip() + "\n"
    yield "\n"


def often(counts: Counts) -> str:
    """`TXT101 1090, ENC201 12 and 2 rules more`: the rules that speak most."""
    most = sorted(counts.codes.items(), key=lambda pair: -pair[1])
    told = ", ".join(f"{code} {count}" for code, count in most[:RULES])
    left = len(most) - RULES
    return f"{told} and {counted(left, 'rule')} more" if left > 0 else told
