"""The title is the one field that every document has; indexes, prompts and people go by it."""

from __future__ import annotations

from collections.abc import Iterator

from ...file.name_fields import ID
from ...model import FindingKind, Hit
from ...settings.options import Settings, choice
from ...text.lines import Window
from ...text.screen.screen import Head
from ..rule import Local, Rule, where

TITLE = choice("metadata.title", "where the title is: `first-line`, or nowhere", "none first-line")


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    if not window.first:
        return
    start, end = window.line_bounds(0)
    if not window.data[start:end].strip():
        yield Hit(
            0,
            window.starts[1] if len(window.starts) > 1 else end,
            "line 1, the title, is blank",
            help="write the title on line 1; if it stands further down, remove the lines before it",
        )


rule = Rule(
    __name__,
    code="MET001",
    summary="The line that should be the title is blank.",
    own_kind=FindingKind.PROFILE,
    check=Local(where(TITLE, "first-line", *map(Head, (b"\n", b"\r", b" ", b"\t"))), diagnose),
    options=(TITLE, ID),
    covers=("blank-line", "trailing-blanks"),
    profile={"metadata": {"title": "first-line"}},
    bad={"a.txt": b"\nText.\n"},
)
