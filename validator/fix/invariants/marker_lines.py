"""A line is written as a marker of the profile; every other line stays as it was."""

from __future__ import annotations

import unicodedata

from ...text.lines import NEWLINE, line_start
from . import Case, Change, Invariant


def _holds(case: Case) -> bool:
    return all(_within_line(one, case.before) for one in case.changes)


def _within_line(change: Change, text: bytes) -> bool:
    """Whether a change stays within a line, keeps its letters, and is not in a body."""
    if NEWLINE.search(change.old) or NEWLINE.search(change.new):
        return False
    same = _letters(change.old) == _letters(change.new) or _names_a_language(change)
    return same and _is_no_body(change, text)


def _names_a_language(change: Change) -> bool:
    """Whether a change only removes a word right behind a fence, as in `---js`."""
    begins = change.old.startswith(change.new) and not change.new[-1:].isalnum()
    return begins and change.old[len(change.new) :].isalpha()


def _letters(line: bytes) -> str:
    """The letters and digits of a line, without differences of case and width."""
    text = unicodedata.normalize("NFKC", line.decode("utf-8", "surrogateescape"))
    return "".join(filter(str.isalnum, text.casefold()))


def _is_no_body(change: Change, text: bytes) -> bool:
    """Whether no text of the line stands before the change, or only blanks are replaced."""
    before = text[line_start(text, change.start) : change.start]
    return not before.strip() or not change.old.strip()


INVARIANT = Invariant(
    "only lines that become markers, or stop to look like them, are changed, and these keep their "
    "letters and digits, but for a language named behind a fence",
    _holds,
)
