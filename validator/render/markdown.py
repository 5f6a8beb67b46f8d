"""Markdown for the summary of a step on GitHub, or for a comment: tables by rule and by file.

What comes from a document stands in code, where nothing is a link, an image or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..model import Severity
from ..text.visible import visible, visible_path
from . import Findings, Format, LateSummary, Look
from ._causes import Cause, Causes
from ._tally import Counts, Tally
from ._words import closing, counted, place
from .statistics import often

ROOM: Final = 1 << 20
"""Bytes of a summary at most: GitHub refuses a longer one."""

ROWS: Final = 100
"""Rows of a table at most."""

WORDS: Final = 400
"""Characters of a cell at most, so that there is room for all rows: a message may quote a line."""


def render(findings: Findings, summary: LateSummary, look: Look) -> Iterator[str]:
    """See the package."""
    causes, tally = Causes(), Tally()
    for found in findings:
        tally.add(found)
        causes.add(found)
    told = summary()
    yield "## seed-validator\n\n"
    lines = "".join(closing(told, look))
    if lines:
        fence = _fence(lines, 3)
        yield f"{fence}text\n{lines}{fence}\n\n"
    if not told.totals.findings:
        return
    worst, files = causes.worst(), tally.files()
    yield from _table(
        ("", "rule", "finding", "count", "files", "first"),
        (_cause(one, look) for one in worst[:ROWS]),
        len(worst),
        "cause",
    )
    if len(files) > 1:
        yield from _table(
            ("file", "errors", "warnings", "notes", "rules"),
            (_file(path, counts) for path, counts in files[:ROWS]),
            len(files),
            "file",
        )
    yield "`seed-validator rule CODE` tells more about a finding.\n"


FORMAT = Format(
    "markdown", "tables by cause and by file, for the summary of a step on GitHub", render
)


def _table(
    head: Sequence[str], rows: Iterable[Sequence[str]], total: int, what: str
) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n"
    for row in rows:
        yield f"| {' | '.join(row)} |\n"
    more = total - ROWS
    yield f"\nAnd {counted(more, what)} more.\n\n" if more > 0 else "\n"


def _cause(cause: Cause, look: Look) -> Sequence[str]:
    found = cause.first[0]
    where = visible_path(found.path) if found.whole_file else place(found)
    message = visible(cause.message if cause.count > 1 else found.message)
    page = look.page(found.name)
    return (
        found.severity.value,
        f"[{found.code}]({page}) {found.name}" if page else f"{found.code} {found.name}",
        code(message if len(message) <= WORDS else f"{message[:WORDS]}…"),
        str(cause.count),
        str(cause.files),
        _path(where),
    )


def _file(path: str, counts: Counts) -> Sequence[str]:
    numbers = (counts.of(one) for one in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    return (_path(visible_path(path)), *(str(number or "") for number in numbers), often(counts))


def _path(path: str) -> str:
    return code(path if len(path) <= WORDS else f"…{path[-WORDS:]}")


def code(text: str) -> str:
    r"""A code span for a cell of a table; empty for blank text (CommonMark 6.1).

    Programs differ on whether `\|` ends a cell, so a blank is put between the two characters.
    """
    fence = _fence(text, 1)
    inside = text.replace("\\|", "\\ |").replace("|", "\\|")
    return f"{fence} {inside} {fence}" if text.strip() else ""


def _fence(text: str, least: int) -> str:
    """A run of backticks that is longer than any in the text, and has `least` at least."""
    runs = [len(run) for run in re.findall("`+", text)]
    return "`" * max(least, 1 + max(runs, default=0))
