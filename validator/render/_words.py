"""Words that the human formats share: counts, sizes, the last lines."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..model import Diagnostic, Severity, Summary
from ..visible import visible, visible_path
from . import Look

_COLORS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "help": "1;36",
    "dim": "1;34",
    "good": "1;32",
}


def paint(text: str, color: str, look: Look) -> str:
    """`text` in a colour, where colours are wanted. Nothing is told by colour alone."""
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if look.color else text


def place(found: Diagnostic) -> str:
    """`path:row:column`, harmless to print."""
    return f"{visible_path(found.path)}:{found.location.row}:{found.location.column}"


def headline(found: Diagnostic) -> str:
    """The code, the severity unless it is an error, and the message."""
    grade = "" if found.severity is Severity.ERROR else f" ({found.severity.value})"
    return f"{found.code}{grade} {visible(found.message)}"


def closing(summary: Summary, look: Look) -> Iterator[str]:
    """What was found, and as the last line what was checked."""
    if look.quiet:
        return
    totals = summary.totals
    counts = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.infos, "note")]
    told = [counted(count, word) for count, word in counts if count]
    valid = totals.documents - totals.rejected
    documents = counted(totals.documents, "document")
    if totals.rejected:
        documents += f" ({valid} valid, {totals.rejected} rejected)"
    checked = f"{counted(totals.files, 'file')}, {documents}, {size(totals.bytes)}"
    if told:
        yield f"Found {_joined(told)}.\n"
        if totals.omitted:
            yield f"{totals.omitted} of them are counted but not shown; `--limit 0` shows all.\n"
    if summary.skipped:
        reasons = _joined(
            [f"{count} {reason}" for reason, count in sorted(summary.skipped.items())]
        )
        yield f"Passed by: {reasons}.\n"
    if totals.unread:
        yield f"Not checked to the end: {counted(totals.unread, 'file')}.\n"
    opening = "Checked" if told else paint("All checks passed!", "good", look)
    yield f"{opening} {checked}.\n"


def counted(count: int, word: str) -> str:
    """`1 file`, `2 files`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def size(count: int) -> str:
    """Bytes in words: `713 bytes`, `2.4 kB`, `1.9 GB` (powers of 1000)."""
    if count < 1000:
        return counted(count, "byte")
    units = ("kB", "MB", "GB", "TB")
    power = min(len(units), int(math.log(count + 0.5, 1000)))
    return f"{count / 1000**power:.1f} {units[power - 1]}"


def _joined(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
