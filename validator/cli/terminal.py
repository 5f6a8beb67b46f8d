"""What a stream can show: its width, colours, links. The user may decide about the last two."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final, TextIO

WIDEST: Final = 120
"""Columns of a terminal that are used at most: longer lines are hard to read."""

_KNOWN_BY: Final = ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM", "WEZTERM_PANE")
"""Environment variables of terminals that support links (OSC 8)."""

_PROGRAMS: Final = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "zed"})
"""Values of TERM_PROGRAM of terminals that support links."""

_TERMS: Final = frozenset({"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"})
"""Values of TERM of terminals that support links."""

_LEAST_VTE: Final = 5001
"""The first version of VTE (GNOME's terminal library) with reliable links: 0.50.1."""


def columns(stream: TextIO) -> int:
    """The width in columns that lines on a stream may have."""
    if not stream.isatty():
        return 100
    try:
        return min(WIDEST, os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        return 80


def wants_color(choice: str, stream: TextIO, environ: Mapping[str, str]) -> bool:
    """Whether to write colours. `choice` is the option `--color`.

    The first that says something decides: the option, NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE,
    CLICOLOR, TERM, whether it is a terminal.
    """
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
    """Whether links (OSC 8) may be written: only to a terminal that supports them.

    FORCE_HYPERLINK decides for any terminal: `0` means no links, any other value means links.
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
