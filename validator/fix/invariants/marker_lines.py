"""A line is written as a marker of the profile; every other line stays as it was."""

from __future__ import annotations

from ...text.lines import NEWLINE
from . import Case, Change, Invariant


def _holds(case: Case) -> bool:
    return all(_within_line(one, case.before) for one in case.changes)


def _within_line(change: Change, text: bytes) -> bool:
    """Whether a change stays within a line, and makes no line more or less."""
    old, new = NEWLINE.findall(change.old), NEWLINE.findall(change.new)
    return not old and not new and _is_no_body(change, text)


def _is_no_body(change: Change, text: bytes) -> bool:
    """Whether the line has no more than a marker may: what is replaced is all of it, or nothing."""
    begin = max(text.rfind(b"\n", 0, change.start), text.rfind(b"\r", 0, change.start)) + 1
    before = text[begin : change.start]
    return not before.strip() or not change.old.strip()


INVARIANT = Invariant(
    "only lines that become markers, or stop to look like them, are changed", _holds
)
