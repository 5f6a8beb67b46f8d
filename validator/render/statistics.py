"""How often each rule speaks, and where: what to look at first in an old repository."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ..text.visible import visible, visible_path
from . import Findings, Format, LateSummary, Look
from ._causes import Cause, Causes
from ._table import table
from ._tally import Counts, Tally
from ._words import closing, counted, linked_rows

ROWS: Final = 20
"""Directories, and causes, at most that are listed; the others are counted."""

RULES: Final = 3
"""Rules at most that are named for a directory."""


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    tally, causes = Tally(), Causes()
    for found in findings:
        tally.add(found)
        causes.add(found)
    rules, folders, worst = tally.rules(), tally.folders(), causes.worst()
    if rules:
        lines = table(
            ("count", "code", "name", "severity", "fix", "files"),
            [
                (str(one.count), one.code, one.name, one.severity.value, one.fix, str(one.files))
                for one in rules
            ],
        )
        yield from linked_rows(lines, ((one.code, one.name) for one in rules), look)
        yield from table(
            ("count", "directory", "rules"),
            [
                (str(counts.total), visible_path(folder), often(counts))
                for folder, counts in folders[:ROWS]
            ],
        )
        yield from _more(len(folders), "directory", "directories")
        yield from table(
            ("count", "files", "code", "cause"), [_row(one) for one in worst[:ROWS]], look.width
        )
        yield from _more(len(worst), "cause", "causes")
    yield from closing(summary(), look)


FORMAT = Format(
    "statistics",
    "how often each rule speaks, in which directories, and of which causes",
    render,
    for_people=True,
)


def _more(total: int, one: str, many: str) -> Iterator[str]:
    """A line with the number of rows that are not in the table; none if all are."""
    if total > ROWS:
        yield f"And {total - ROWS} {one if total == ROWS + 1 else many} more.\n\n"


def _row(cause: Cause) -> Sequence[str]:
    return str(cause.count), str(cause.files), cause.code, visible(cause.message)


def often(counts: Counts) -> str:
    """The rules with the most findings: `TXT101 1090, ENC201 12 and 2 rules more`."""
    most = sorted(counts.codes.items(), key=lambda pair: -pair[1])
    told = ", ".join(f"{code} {count}" for code, count in most[:RULES])
    left = len(most) - RULES
    return f"{told} and {counted(left, 'rule')} more" if left > 0 else told
