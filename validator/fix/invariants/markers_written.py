"""A line is written as a marker, or a marker as a line of its own; all else stays as it was."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Case, Change, Invariant, marker_lines


def _holds(case: Case) -> bool:
    return all(map(_is_marker, case.changes)) or marker_lines.INVARIANT.holds(case)


def _is_marker(change: Change) -> bool:
    """Whether one line is inserted that has no words."""
    line = change.new.strip(b"\r\n")
    ends = NEWLINE.findall(change.new)
    return not change.old and len(ends) == 1 and line != b"" and not line[:1].isalnum()


INVARIANT = Invariant(
    "only lines of markers are written, and every other line is as it was", _holds
)
