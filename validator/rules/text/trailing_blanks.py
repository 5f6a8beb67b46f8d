"""Blanks at the end of a line cannot be seen, yet they make two equal lines differ.

They show up in every diff, break the search for a whole line, and double documents that a
deduplication would have found.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from ...model import Edit, Fix, Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.byte_rows import Rows
from ...text.screen.screen import LineEnd
from ..rule import Local, Rule, safely, where

TRAILING = choice("text.trailing-blanks", "spaces and tabs at the end of a line", "allow forbid")

_BLANK_ENDS: Final = Rows((b" \t", b"\r\n"))


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    data = window.data
    last = [len(data) - 1] if data.endswith((b" ", b"\t")) else []
    for at in chain(_BLANK_ENDS.starts(data), last):
        start, end = window.starts[window.line_at(at)], at + 1
        kept = len(data[start:end].rstrip(b" \t"))
        blanks = data[start + kept : end]
        what = "a blank" if len(blanks) == 1 else f"{len(blanks)} blanks"
        yield Hit(
            start + kept,
            end,
            f"{what} at the end of the line" if kept else f"a line of nothing but {what}",
            help="remove what follows the last character that can be seen",
            fix=Fix("remove the blanks", (Edit(start + kept, end, b""),)),
        )


rule = Rule(
    __name__,
    code="TXT101",
    summary="A line ends in spaces or tabs.",
    check=Local(
        where(TRAILING, "forbid", LineEnd(b" "), LineEnd(b"\t")), diagnose, as_written=True
    ),
    options=(TRAILING,),
    repairs=(safely("The blanks are removed.", "blanks-at-line-ends"),),
    profile={"text": {"trailing-blanks": "forbid"}},
    bad={"a.txt": b"Title \nText.\n"},
)
