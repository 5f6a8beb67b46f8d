"""A line is written as a marker, or a marker as a line of its own; all else stays as it was."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Case, Change, Invariant, marker_lines


def _holds(case: Case) -> bool:
    return all(map(_is_marker, case.changes)) or marker_lines.INVARIANT.holds(case)


def _is_marker(change: Change) -> bool:
    """Whether only the marker `how` is inserted, with one line end before or behind it."""
    marker = change.how.encode()
    beside = change.new.removeprefix(marker), change.new.removesuffix(marker)
    return not change.old and marker != b"" and any(map(NEWLINE.fullmatch, beside))


INVARIANT = Invariant(
    "only lines of markers are written, and every other line is as it was", _holds
)
