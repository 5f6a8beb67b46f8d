"""A tab is as wide as its reader thinks: columns that are aligned here are not there.

In prose it is mostly a key pressed by accident or a cell of a table that lost its table. Where
tabs separate fields they must be allowed.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...model import Hit
from ...settings.options import Settings, choice
from ...text.lazy_re import later
from ...text.lines import Window
from ...text.screen.screen import AnyByte
from ..rule import Local, Rule, where

TABS = choice("text.tabs", "tab characters", "allow forbid")

_RUN = later(rb"\t+")


def diagnose(window: Window, settings: Settings) -> Iterator[Hit]:
    for match in _RUN.finditer(window.data):
        count = match.end() - match.start()
        yield Hit(
            *match.span(),
            "a tab, which the profile forbids"
            if count == 1
            else f"{count} tabs, which the profile forbids",
            help="write spaces; if tabs separate fields here, allow them with `text.tabs`",
            data={"count": count},
        )


rule = Rule(
    __name__,
    code="TXT105",
    summary="There is a tab where the profile forbids them.",
    check=Local(where(TABS, "forbid", AnyByte(b"\t")), diagnose, as_written=True),
    options=(TABS,),
    profile={"text": {"tabs": "forbid"}},
    bad={"a.txt": b"Title\nOne\ttwo.\n"},
    ok={"a.txt": b"Title\nOne two.\n"},
)
