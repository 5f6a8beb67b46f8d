"""Causes in words, for the formats for people."""

from __future__ import annotations

from collections.abc import Iterator

from ..text.visible import visible, visible_path
from ._causes import FIRST, Cause, value_at
from ._words import counted, place, shortened


def places(cause: Cause) -> str:
    """The places of a cause: `a.txt:1:2, 3:4, b.txt:5:6 and 7 more`."""
    told, path = [], ""
    for found in cause.first:
        at = f"{found.location.row}:{found.location.column}"
        if found.whole_file:
            at = visible_path(found.path)
        elif found.path != path:
            at = place(found)
        told.append(at)
        path = found.path
    words = ", ".join(told)
    if cause.count > len(told):
        words += f" and {cause.count - len(told)} more"
    return words


def spread(cause: Cause) -> str:
    """`, in 8 files under c/`: the number of files, their common directory; empty for one file."""
    if cause.files == 1:
        return ""
    under = f" under {visible_path(cause.folder)}" if cause.folder else ""
    return f", in {counted(cause.files, 'file')}{under}"


def remarks(cause: Cause) -> Iterator[str]:
    """Further lines about a cause: the values in its messages, findings that may belong to it."""
    at = value_at(cause.parts)
    if cause.values and at >= 0 and cause.varied[at]:
        often = sorted(cause.values.items(), key=lambda pair: -pair[1])
        told = [f"{visible(shortened(value))} {count}" for value, count in often[:FIRST]]
        left = len(often) - len(told)
        yield ", ".join(told) + (f", and {counted(left, 'other')}" if left > 0 else "")
    if cause.unclear:
        yield f"{cause.unclear} more of this rule are not shown (`--limit 0` shows all)"


def advice(cause: Cause) -> str:
    """What to do, as a line `help: ...`; empty if the finding has no help."""
    words = cause.first[0].help
    if not words:
        return ""
    return (
        f"help: {visible(words)}" if cause.same_help else f"help: for the first, {visible(words)}"
    )
