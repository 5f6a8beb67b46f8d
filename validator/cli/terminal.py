"""What a stream can show: its width, colours, links. All but the width the user may decide."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, TextIO

WIDEST: Final = 120
"""Columns that are used of a terminal: longer lines are hard to read."""

_KNOWN_BY: Final = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "WEZTERM_PANE")
"""Variables of terminals that have links."""

_PROGRAMS: Final = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "zed"})
"""Values of TERM_PROGRAM likewise."""

_TERMS: Final = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"})
"""Values of TERM likewise."""

_LEAST_VTE: Final = 5001
"""The first version of the library of GNOME's terminals whose links can be relied on: 0.50.1."""


def columns(stream: TextIO) -> int:
    """How wide the lines on a stream may be."""
    if not stream.isatty():
        return 100
    try:
        return min(WIDEST, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 80


def wants_color(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """The flag, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM, then the terminal."""
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def wants_links(stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether links (OSC 8) may be written: to a terminal that has them, never to anything else.

    FORCE_HYPERLINK decides for terminals that are not known here, and against all with `0`.
    """
    if not stream.isatty():
        return False
    forced = environ.get("FORCE_HYPERLINK")
    if forced is not None:
        return forced != "0"
    if environ.get("TERM") == "dumb":
        return False
    vte = environ.get("VTE_VERSION", "")
    return (
        any(map(environ.get, _KNOWN_BY))
        or environ.get("TERM_PROGRAM") in _PROGRAMS
        or environ.get("TERM") in _TERMS
        or (vte.isdecimal() and int(vte) >= _LEAST_VTE)
    )
