"""Where a line is a sentence or a record, a blank line is an empty one.

Readers disagree on it: some stop there, some skip it, some count it as a document.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import LineEnd, LineStart
from ..rule import Local, Rule, where

BLANK_LINES = choice("text.blank-lines", "lines that are empty or all blanks", "allow forbid")

_CLUES = where(
    BLANK_LINES, "forbid", LineStart(b"\n"), LineStart(b"\r"), LineEnd(b" "), LineEnd(b"\t")
)


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for start, end, after in window.lines():
        if not window.data[start:end].strip(b" \t"):
            yield Hit(
                start,
                after,
                "a blank line, which the profile forbids",
                help="remove the line, or write what is missing",
            )


rule = Rule(
    __name__,
    code="TXT102",
    summary="There is a blank line where the profile forbids them.",
    check=Local(_CLUES, diagnose, as_written=True),
    options=(BLANK_LINES,),
    covers=("trailing-blanks",),
    profile={"text": {"blank-lines": "forbid"}},
    bad={"a.txt": b"Title\n\nText.\n"},
)
